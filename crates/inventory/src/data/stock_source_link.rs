//! Which sources a stock consists of.

use contract::search::SearchCriteria;
use contract::{DataObject, Extension};

/// Extension attributes of a link.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-stock-source-link-extension-interface")]
pub(crate) struct StockSourceLinkExtension {
    /// Name of the source; not told by this API.
    pub(crate) source_name: Option<String>,
}

/// A source of a stock.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-stock-source-link-interface")]
pub(crate) struct StockSourceLink {
    /// Stock id.
    pub(crate) stock_id: Option<i64>,
    /// Source code of the link.
    pub(crate) source_code: Option<String>,
    /// Priority of the link, from 1; small ones come first.
    pub(crate) priority: Option<i64>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<StockSourceLinkExtension>,
}

/// What a search for links found.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-stock-source-link-search-results-interface")]
pub(crate) struct StockSourceLinkSearchResults {
    /// Links.
    pub(crate) items: Vec<StockSourceLink>,
    /// What was searched.
    pub(crate) search_criteria: SearchCriteria,
    /// How many there are on all pages.
    pub(crate) total_count: i64,
}
