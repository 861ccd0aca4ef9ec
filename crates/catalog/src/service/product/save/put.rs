//! `PUT /V1/products/:sku`.

use contract::{Cx, Result, operation};

use super::sent::Sent;
use crate::data::product::Product;

/// Create product.
#[operation("catalogProductRepositoryV1")]
#[route(PUT "/V1/products/:sku" => "Magento_Catalog::products")]
pub(crate) async fn save(cx: &mut Cx<'_>, product: Sent, save_options: Option<bool>) -> Result<Product> {
    // As with POST.
    let _ = save_options;
    super::save(cx, product, true).await
}
