//! `DELETE /V1/products/:sku`.

use std::sync::Arc;

use contract::{Cx, Operation, Result, operation};

use super::find;
use crate::port::Stock;
use crate::repo;

/// The operations of this feature.
pub(crate) static OPERATIONS: &[&Operation] = &[&DELETE_BY_ID];

/// Deletes the product everywhere, whatever the path's store view (`spec/scopes.md` fact 23).
#[operation("catalogProductRepositoryV1")]
#[route(DELETE "/V1/products/:sku" => "Magento_Catalog::products")]
pub(crate) async fn delete_by_id(cx: &mut Cx<'_>, sku: String) -> Result<bool> {
    let product = find(cx, &sku).await?;
    let parents = repo::relation::parents(cx.session(), product.id).await?;
    repo::product_save::delete(cx.session(), product.id).await?;
    let stock = cx.service::<Arc<dyn Stock>>()?.clone();
    stock.delete(cx, &product).await?;
    super::offers_changed(cx, &parents).await?;
    Ok(true)
}
