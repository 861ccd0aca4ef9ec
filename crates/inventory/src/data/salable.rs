//! Whether products can be sold.

use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Extension attributes of a reason.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-sales-api-data-product-salability-error-extension-interface")]
pub(crate) struct SalabilityErrorExtension {}

/// A reason why a product cannot be sold.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-sales-api-data-product-salability-error-interface")]
pub(crate) struct SalabilityError {
    /// Which condition is not met.
    pub(crate) code: String,
    /// That in words.
    pub(crate) message: String,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<SalabilityErrorExtension>,
}

/// Extension attributes of an answer about a quantity.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-sales-api-data-product-salable-result-extension-interface")]
pub(crate) struct SalableResultExtension {}

/// Whether a quantity of a product can be sold.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-sales-api-data-product-salable-result-interface")]
pub(crate) struct SalableResult {
    /// Whether it can.
    pub(crate) salable: bool,
    /// Why not.
    pub(crate) errors: Vec<SalabilityError>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<SalableResultExtension>,
}

/// Extension attributes of one answer of several.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-sales-api-data-is-product-salable-result-extension-interface")]
pub(crate) struct IsSalableResultExtension {}

/// Whether a product of several can be sold.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-sales-api-data-is-product-salable-result-interface")]
pub(crate) struct IsSalableResult {
    /// SKU, as asked for.
    pub(crate) sku: String,
    /// Stock id.
    pub(crate) stock_id: i64,
    /// Whether it can be sold.
    pub(crate) salable: bool,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<IsSalableResultExtension>,
}

/// Extension attributes of a question about a quantity.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-sales-api-data-is-product-salable-for-requested-qty-request-extension-interface")]
pub(crate) struct QtyRequestExtension {}

/// A quantity of a product that is asked for.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-sales-api-data-is-product-salable-for-requested-qty-request-interface")]
pub(crate) struct QtyRequest {
    /// SKU.
    #[data(required)]
    pub(crate) sku: Option<String>,
    /// Quantity.
    #[data(required)]
    pub(crate) qty: Option<Decimal>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<QtyRequestExtension>,
}

/// Extension attributes of one answer of several about quantities.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-sales-api-data-is-product-salable-for-requested-qty-result-extension-interface")]
pub(crate) struct QtyResultExtension {}

/// Whether a quantity of one product of several can be sold.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-sales-api-data-is-product-salable-for-requested-qty-result-interface")]
pub(crate) struct QtyResult {
    /// SKU, as asked for.
    pub(crate) sku: String,
    /// Stock id.
    pub(crate) stock_id: i64,
    /// Whether it can be sold.
    pub(crate) salable: bool,
    /// Why not.
    pub(crate) errors: Vec<SalabilityError>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<QtyResultExtension>,
}
