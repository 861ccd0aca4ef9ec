//! Data objects of the stock registry.

use catalog::data::stock_item::StockItem;
use contract::{DataObject, Extension};

/// Extension attributes of a stock status.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-inventory-data-stock-status-extension-interface")]
pub(crate) struct StockStatusExtension {}

/// Whether a product can be sold on a website.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-inventory-data-stock-status-interface")]
pub(crate) struct StockStatus {
    /// Product id.
    pub(crate) product_id: i64,
    /// Stock id: the legacy one, whatever the website's.
    pub(crate) stock_id: i64,
    /// What can be sold, without its fraction.
    pub(crate) qty: i64,
    /// 1 when the product can be sold.
    pub(crate) stock_status: i64,
    /// The legacy stock item.
    pub(crate) stock_item: StockItem,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<StockStatusExtension>,
}

/// Criteria inside of others: there are never any.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("framework-criteria-interface")]
pub(crate) struct Criteria {
    /// Associated mapper.
    pub(crate) mapper_interface_name: String,
    /// Criteria inside.
    pub(crate) criteria_list: Vec<Criteria>,
    /// Filters.
    pub(crate) filters: Vec<String>,
    /// Sort orders.
    pub(crate) orders: Vec<String>,
    /// Page and its size.
    pub(crate) limit: Vec<String>,
}

/// What a list of stock items was asked for.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-inventory-stock-item-criteria-interface")]
pub(crate) struct StockItemCriteria {
    /// Associated mapper.
    pub(crate) mapper_interface_name: String,
    /// Criteria inside.
    pub(crate) criteria_list: Vec<Criteria>,
    /// Filters; empty, whatever was filtered by (golden `stockitems.low`).
    pub(crate) filters: Vec<String>,
    /// Sort orders.
    pub(crate) orders: Vec<String>,
    /// Page and its size.
    pub(crate) limit: Vec<String>,
}

/// A list of stock items.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-inventory-data-stock-item-collection-interface")]
pub(crate) struct StockItemCollection {
    /// Items.
    pub(crate) items: Vec<StockItem>,
    /// What was asked for.
    pub(crate) search_criteria: StockItemCriteria,
    /// Total count.
    pub(crate) total_count: i64,
}
