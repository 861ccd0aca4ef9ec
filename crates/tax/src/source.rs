//! Tax classes as options of the attribute `tax_class_id`.

use contract::{BoxFuture, Cx, Result, StoreScope};
use eav::source::{Source, SourceOption};

use crate::repo;

/// The source models of this crate.
#[must_use]
pub fn sources() -> Vec<Box<dyn Source>> {
    vec![Box::new(ProductClasses)]
}

struct ProductClasses;

impl Source for ProductClasses {
    fn model(&self) -> &'static str {
        "Magento\\Tax\\Model\\TaxClass\\Source\\Product"
    }

    fn options<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        _: &'a StoreScope,
    ) -> BoxFuture<'a, Result<Vec<SourceOption>>> {
        Box::pin(async move {
            let classes = repo::classes(cx.session(), "PRODUCT").await?;
            let mut options = vec![SourceOption::new("None", "0")];
            options.extend(
                classes
                    .into_iter()
                    .map(|(id, name)| SourceOption::new(name, id.to_string())),
            );
            Ok(options)
        })
    }
}
