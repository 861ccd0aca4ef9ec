//! Prices of many products at once.

use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Extension attributes of a stored tier price.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-tier-price-extension-interface")]
pub struct StoredTierPriceExtension {}

/// Tier price interface.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-tier-price-interface")]
pub struct StoredTierPrice {
    /// Tier price.
    #[data(required)]
    pub price: Option<Decimal>,
    /// Tier price type.
    #[data(required)]
    pub price_type: Option<String>,
    /// Website id.
    #[data(required)]
    pub website_id: Option<i64>,
    /// SKU.
    #[data(required)]
    pub sku: Option<String>,
    /// Customer group.
    #[data(required)]
    pub customer_group: Option<String>,
    /// Quantity.
    #[data(required)]
    pub quantity: Option<Decimal>,
    /// Extension attributes.
    pub extension_attributes: Extension<StoredTierPriceExtension>,
}

/// Extension attributes of a base price.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-base-price-extension-interface")]
pub struct BasePriceExtension {}

/// Price interface.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-base-price-interface")]
pub struct BasePrice {
    /// Price.
    #[data(required)]
    pub price: Option<Decimal>,
    /// Store id.
    #[data(required)]
    pub store_id: Option<i64>,
    /// SKU.
    #[data(required)]
    pub sku: Option<String>,
    /// Extension attributes.
    pub extension_attributes: Extension<BasePriceExtension>,
}

/// Extension attributes of a cost.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-cost-extension-interface")]
pub struct CostExtension {}

/// Cost interface.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-cost-interface")]
pub struct Cost {
    /// Cost value.
    #[data(required)]
    pub cost: Option<Decimal>,
    /// Store id.
    #[data(required)]
    pub store_id: Option<i64>,
    /// SKU.
    #[data(required)]
    pub sku: Option<String>,
    /// Extension attributes.
    pub extension_attributes: Extension<CostExtension>,
}

/// Extension attributes of a special price.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-special-price-extension-interface")]
pub struct SpecialPriceExtension {}

/// Product Special Price Interface is used to encapsulate data that can be processed by efficient price API.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-special-price-interface")]
pub struct SpecialPrice {
    /// Product special price value.
    #[data(required)]
    pub price: Option<Decimal>,
    /// ID of store, that contains special price value.
    #[data(required)]
    pub store_id: Option<i64>,
    /// SKU of product, that contains special price value.
    #[data(required)]
    pub sku: Option<String>,
    /// Start date for special price in Y-m-d H:i:s format.
    #[data(required)]
    pub price_from: Option<String>,
    /// End date for special price in Y-m-d H:i:s format.
    #[data(required)]
    pub price_to: Option<String>,
    /// Extension attributes.
    pub extension_attributes: Extension<SpecialPriceExtension>,
}

/// Extension attributes of a result.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-price-update-result-extension-interface")]
pub struct PriceUpdateResultExtension {}

/// What is wrong with a price that was not saved.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-price-update-result-interface")]
pub struct PriceUpdateResult {
    /// Error message, that contains description of error occurred during price update.
    pub message: String,
    /// Parameters, that could be displayed in error message placeholders.
    pub parameters: Vec<Option<String>>,
    /// Extension attributes.
    pub extension_attributes: Extension<PriceUpdateResultExtension>,
}
