//! How many of a product can be sold.

use contract::{Cx, Result, operation};
use rust_decimal::Decimal;

use super::Facts;

/// Get Product Quantity for given SKU and Stock
#[operation("inventorySalesApiGetProductSalableQtyV1", "Salable quantities.")]
#[route(GET "/V1/inventory/get-product-salable-quantity/:sku/:stockId" => "Magento_InventorySalesApi::stock")]
pub(crate) async fn get_salable_qty(cx: &mut Cx<'_>, sku: String, stock_id: i64) -> Result<Decimal> {
    Facts::load(cx, stock_id, &[&sku]).await?.quantity(&sku)
}
