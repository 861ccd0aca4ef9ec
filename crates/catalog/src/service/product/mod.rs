//! Products.

pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod list;
mod parts;
pub(crate) mod render;
pub(crate) mod save;
pub(crate) mod types;

use contract::{Cx, Error, Result};

use crate::repo;
use crate::repo::product::ProductRow;

/// The product with this SKU.
///
/// # Errors
/// Magento's 404 when there is none.
pub(crate) async fn find(cx: &mut Cx<'_>, sku: &str) -> Result<ProductRow> {
    let found = repo::product::by_sku(cx.session(), sku).await?;
    found.ok_or_else(|| {
        Error::not_found("The product that was requested doesn't exist. Verify the product and try again.")
    })
}

/// To be called after a write to parts of products by another operation than their save: sets
/// `updated_at`, marks what Magento must re-index, and makes the indexed prices again. The price storages
/// (`base-prices` and the like) only mark (`spec/scopes.md` fact 18).
pub(crate) async fn changed(cx: &mut Cx<'_>, ids: &[i64]) -> Result<()> {
    let now = cx.now_text();
    repo::product::touch(cx.session(), ids, &now).await?;
    offers_changed(cx, ids).await
}

/// As [`changed`], after a write to what can be chosen of products by an operation that is no save of them:
/// `updated_at` stays.
pub(crate) async fn offers_changed(cx: &mut Cx<'_>, ids: &[i64]) -> Result<()> {
    crate::service::indexer::products_changed(cx).await?;
    crate::service::price_index::refresh(cx, ids).await
}
