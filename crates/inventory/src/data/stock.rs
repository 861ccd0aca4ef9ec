//! Stocks: what several sources hold, sold through sales channels.

use contract::search::SearchCriteria;
use contract::{DataObject, Extension};

/// Extension attributes of a sales channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, DataObject)]
#[data("inventory-sales-api-data-sales-channel-extension-interface")]
pub(crate) struct SalesChannelExtension {}

/// Where a stock is sold.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-sales-api-data-sales-channel-interface")]
pub(crate) struct SalesChannel {
    /// Sales channel type: `website`.
    pub(crate) r#type: Option<String>,
    /// Sales channel code: that of the website.
    pub(crate) code: Option<String>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<SalesChannelExtension>,
}

/// Extension attributes of a stock.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-stock-extension-interface")]
pub(crate) struct StockExtension {
    /// Where it is sold.
    pub(crate) sales_channels: Option<Vec<SalesChannel>>,
}

/// What several sources hold. In requests every member may be absent.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-stock-interface")]
pub(crate) struct Stock {
    /// Stock id.
    pub(crate) stock_id: Option<i64>,
    /// Stock name.
    pub(crate) name: Option<String>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<StockExtension>,
}

/// What a search for stocks found.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-stock-search-results-interface")]
pub(crate) struct StockSearchResults {
    /// Stocks.
    pub(crate) items: Vec<Stock>,
    /// What was searched.
    pub(crate) search_criteria: SearchCriteria,
    /// How many there are on all pages.
    pub(crate) total_count: i64,
}
