//! One product.

use std::sync::Arc;

use contract::{Cx, Error, Operation, Result, StoreScope, operation};
use store::Scopes;

use super::render::{self, With};
use crate::data::product::Product;

pub(crate) static OPERATIONS: &[&Operation] = &[&GET];

/// Shows a product, whatever its websites and status (`spec/scopes.md` fact 23). `storeId` wins over the path;
/// `editMode` and `forceReload` change nothing here, because nothing is kept between calls.
#[operation("catalogProductRepositoryV1", "Products.")]
#[route(GET "/V1/products/:sku" => "Magento_Catalog::products", allow_insecure)]
pub(crate) async fn get(
    cx: &mut Cx<'_>,
    sku: String,
    edit_mode: Option<bool>,
    store_id: Option<i64>,
    force_reload: Option<bool>,
) -> Result<Product> {
    let _ = (edit_mode, force_reload);
    let scope = scope(cx, store_id)?;
    let row = super::find(cx, &sku).await?;
    render::one(cx, &scope, row, With::Stock).await
}

/// The store view that the call is about.
///
/// # Errors
/// 400, not 404, for an id that is none (golden `product.get-storeid-bad`).
fn scope(cx: &Cx<'_>, store_id: Option<i64>) -> Result<StoreScope> {
    let Some(id) = store_id else {
        return Ok(cx.scope().clone());
    };
    cx.service::<Arc<Scopes>>()?.view(id).ok_or_else(|| {
        Error::invalid("The store that was requested wasn't found. Verify the store and try again.")
    })
}
