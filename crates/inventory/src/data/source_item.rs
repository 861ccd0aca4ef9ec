//! What a source holds of a product.

use contract::search::SearchCriteria;
use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Extension attributes of a source item.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-source-item-extension-interface")]
pub(crate) struct SourceItemExtension {}

/// What a source holds of a product. In requests every member may be absent.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-source-item-interface")]
pub(crate) struct SourceItem {
    /// Source item sku.
    pub(crate) sku: Option<String>,
    /// Source code.
    pub(crate) source_code: Option<String>,
    /// Source item quantity.
    pub(crate) quantity: Option<Decimal>,
    /// Source item status: 1 when it is offered, 0 when not.
    pub(crate) status: Option<i64>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<SourceItemExtension>,
}

/// What a search for source items found.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-source-item-search-results-interface")]
pub(crate) struct SourceItemSearchResults {
    /// Source items.
    pub(crate) items: Vec<SourceItem>,
    /// What was searched.
    pub(crate) search_criteria: SearchCriteria,
    /// How many there are on all pages.
    pub(crate) total_count: i64,
}
