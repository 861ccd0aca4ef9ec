//! Tier prices.

use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Extension attributes of a tier price.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-tier-price-extension-interface")]
pub struct TierPriceExtension {
    /// Percentage off, instead of a price.
    pub percentage_value: Option<Decimal>,
    /// Website id.
    pub website_id: Option<i64>,
}

/// A price from a quantity on.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-tier-price-interface")]
pub struct TierPrice {
    /// Customer group id.
    #[data(required)]
    pub customer_group_id: Option<i64>,
    /// Tier qty.
    #[data(required)]
    pub qty: Option<Decimal>,
    /// Price value.
    #[data(required)]
    pub value: Option<Decimal>,
    /// Extension attributes.
    pub extension_attributes: Extension<TierPriceExtension>,
}
