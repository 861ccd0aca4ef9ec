//! The products that calls name by SKU.

use std::collections::HashMap;

use catalog::ProductRow;
use contract::{Cx, Error, Result};

/// SKUs that one statement takes.
const AT_ONCE: usize = 10_000;

/// The products with these SKUs, by SKU as stored. Those that are not there are left out.
pub(crate) async fn found(cx: &mut Cx<'_>, skus: &[String]) -> Result<HashMap<String, ProductRow>> {
    let mut products = HashMap::new();
    for skus in skus.chunks(AT_ONCE) {
        let rows = catalog::products(cx.session(), skus).await?;
        products.extend(rows.into_iter().map(|row| (row.sku.clone(), row)));
    }
    Ok(products)
}

/// The products with these SKUs, by SKU.
///
/// # Errors
/// Some are not there; they are all named.
pub(crate) async fn existing(cx: &mut Cx<'_>, skus: &[String]) -> Result<HashMap<String, ProductRow>> {
    let products = found(cx, skus).await?;
    let missing: Vec<&str> = skus
        .iter()
        .map(String::as_str)
        .filter(|sku| !products.contains_key(*sku))
        .collect();
    if missing.is_empty() {
        return Ok(products);
    }
    Err(
        Error::not_found("Following products with requested skus were not found: %1")
            .with_next(missing.join(", ")),
    )
}
