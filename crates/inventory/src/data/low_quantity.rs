//! From which quantity on the stock of a source counts as low.

use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Extension attributes of a notification's configuration.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-low-quantity-notification-api-data-source-item-configuration-extension-interface")]
pub(crate) struct LowQuantityExtension {}

/// The quantity of a product in a source below which its stock is low.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-low-quantity-notification-api-data-source-item-configuration-interface")]
pub(crate) struct LowQuantity {
    /// Source code.
    pub(crate) source_code: Option<String>,
    /// Notify stock qty; none is the configured one.
    pub(crate) notify_stock_qty: Option<Decimal>,
    /// SKU.
    pub(crate) sku: Option<String>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<LowQuantityExtension>,
}
