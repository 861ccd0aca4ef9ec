//! What searches for products find.

use contract::DataObject;
use contract::search::SearchCriteria;

use crate::data::product::Product;

/// What a search for products found.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-search-results-interface")]
pub struct ProductSearchResults {
    /// Products.
    pub items: Vec<Product>,
    /// What was searched.
    pub search_criteria: SearchCriteria,
    /// How many there are on all pages.
    pub total_count: i64,
}
