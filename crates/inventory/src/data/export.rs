//! The stock of many products.

use contract::DataObject;
use contract::search::SearchCriteria;
use rust_decimal::Decimal;

/// What a stock has of a product.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-export-stock-api-data-product-stock-index-data-interface")]
pub(crate) struct ProductStock {
    /// Product SKU.
    pub(crate) sku: String,
    /// Product QTY.
    pub(crate) qty: Decimal,
    /// Product is salable flag.
    pub(crate) is_salable: bool,
}

/// What of the products that a search found can be sold. Its items have the members of [`ProductStock`].
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-export-stock-api-data-export-stock-salable-qty-search-result-interface")]
pub(crate) struct SalableQtySearchResult {
    /// Items.
    pub(crate) items: Vec<ProductStock>,
    /// What was searched.
    pub(crate) search_criteria: SearchCriteria,
    /// How many items there are on this page.
    pub(crate) total_count: i64,
}
