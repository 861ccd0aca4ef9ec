//! `POST /V1/products`.

use contract::{Cx, Result, operation};

use super::sent::Sent;
use crate::data::product::Product;

/// Create product.
#[operation("catalogProductRepositoryV1")]
#[route(POST "/V1/products" => "Magento_Catalog::products")]
pub(crate) async fn save(cx: &mut Cx<'_>, product: Sent, save_options: Option<bool>) -> Result<Product> {
    // Magento takes the wish to save custom options, and saves them anyway.
    let _ = save_options;
    super::save(cx, product, false).await
}
