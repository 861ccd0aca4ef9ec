//! Moves between sources.

use contract::DataObject;
use rust_decimal::Decimal;

/// How much of a product moves from one source to another.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-catalog-api-data-partial-inventory-transfer-item-interface")]
pub(crate) struct PartialTransferItem {
    /// SKU.
    #[data(required)]
    pub(crate) sku: Option<String>,
    /// Quantity.
    #[data(required)]
    pub(crate) qty: Option<Decimal>,
}
