//! From which quantity on the stock of a source counts as low.

mod write;

use contract::{Cx, Error, Operation, Result, operation};
use rust_decimal::Decimal;

use crate::data::low_quantity::LowQuantity;
use crate::repo;
use crate::settings::Settings;

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[&write::DELETE, &GET, &write::SAVE];

/// Get the source item configuration
#[operation(
    "inventoryLowQuantityNotificationApiGetSourceItemConfigurationV1",
    "Notifications of low stock."
)]
#[route(GET "/V1/inventory/low-quantity-notification/:sourceCode/:sku" => "Magento_InventoryLowQuantityNotificationApi::low_quantity_notification")]
pub(crate) async fn get(cx: &mut Cx<'_>, source_code: String, sku: String) -> Result<LowQuantity> {
    let source = repo::sources::by_codes(cx.session(), &[&source_code]).await?;
    if source.is_empty() || catalog::product(cx.session(), &sku).await?.is_none() {
        return Err(Error::invalid("Wrong input data"));
    }
    let stored = repo::low_quantity::load(cx.session(), &source_code, &sku).await?;
    let (source_code, qty, sku) = match stored {
        Some(stored) => stored,
        None => (source_code, configured(cx), sku),
    };
    Ok(LowQuantity {
        source_code: Some(source_code),
        notify_stock_qty: Some(qty),
        sku: Some(sku),
        ..LowQuantity::default()
    })
}

fn configured(cx: &Cx<'_>) -> Decimal {
    Settings::read(cx).notify_stock_qty
}

#[cfg(test)]
mod tests;
