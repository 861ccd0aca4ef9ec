//! Bundles: options, selections, and what the save of a product does to them.

pub(crate) mod links;
pub(crate) mod option_management;
pub(crate) mod option_types;
pub(crate) mod options;
mod parts;
mod save;
mod selections;

#[cfg(test)]
mod tests;

use contract::{Cx, Error, Operation, Result, StoreScope};

use crate::repo::bundle::View;
use crate::repo::product::ProductRow;
use crate::service::product;

pub(crate) use parts::load_many;
pub(crate) use save::{replace, save_again};

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &options::GET,
    &options::GET_LIST,
    &options::DELETE_BY_ID,
    &option_management::SAVE,
    &option_types::GET_ITEMS,
    &links::GET_CHILDREN,
    &links::ADD_CHILD_BY_PRODUCT_SKU,
    &links::SAVE_CHILD,
    &links::REMOVE_CHILD,
];

/// The type of bundles.
const TYPE: &str = "bundle";

/// The bundle with this SKU.
async fn find(cx: &mut Cx<'_>, sku: &str) -> Result<ProductRow> {
    let found = product::find(cx, sku).await?;
    if found.type_id == TYPE {
        return Ok(found);
    }
    Err(Error::invalid("This is implemented for bundle products only."))
}

/// The website whose selection prices a store view reads and writes, when prices differ by website.
fn price_website(cx: &Cx<'_>, scope: &StoreScope) -> Option<i64> {
    let by_website = cx.default_config("catalog/price/scope").as_deref() == Some("1");
    (by_website && scope.store_id != 0).then_some(scope.website_id)
}

/// The id of an attribute of products.
fn attribute(cx: &Cx<'_>, code: &str) -> Result<i64> {
    let metadata = eav::metadata::metadata(cx)?;
    let found = metadata.entity_type("catalog_product")?.attribute(code);
    Ok(found.map_or(0, |attribute| attribute.id))
}

/// What a store view shows of selections.
fn view(cx: &Cx<'_>, scope: &StoreScope) -> Result<View> {
    Ok(View {
        store_id: scope.store_id,
        website_id: (scope.store_id != 0).then_some(scope.website_id),
        hidden: false,
        price_website: price_website(cx, scope),
        price: attribute(cx, "price")?,
    })
}
