//! What Magento must re-index after a write (DESIGN §1). View ids are the indexers' ids.

use contract::{Cx, Result};

use crate::repo;

/// What depends on products.
const OF_PRODUCTS: &[&str] = &[
    "catalog_product_category",
    "catalog_product_attribute",
    "cataloginventory_stock",
    "inventory",
    "catalogrule_product",
    "catalog_product_price",
    "catalogsearch_fulltext",
];

/// Marks what depends on products. One statement, once in a call.
///
/// # Errors
/// The database refuses.
pub async fn products_changed(cx: &mut Cx<'_>) -> Result<()> {
    let now = cx.now_text();
    repo::indexer::invalidate(cx.session(), OF_PRODUCTS, &now).await
}

/// Marks indexers of stock and what shows it. One statement.
///
/// # Errors
/// The database refuses.
pub async fn indexers_changed(cx: &mut Cx<'_>, indexers: &[&str]) -> Result<()> {
    let now = cx.now_text();
    repo::indexer::invalidate(cx.session(), indexers, &now).await
}
