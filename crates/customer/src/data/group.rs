//! Customer groups.

use contract::search::SearchCriteria;
use contract::{DataObject, Extension};

/// Extension attributes of a customer group.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-group-extension-interface")]
pub struct GroupExtension {
    /// Websites that the group's customers cannot use.
    pub exclude_website_ids: Option<Vec<i64>>,
}

/// A customer group.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-group-interface")]
pub struct CustomerGroup {
    /// Id.
    pub id: Option<i64>,
    /// Code.
    #[data(required)]
    pub code: Option<String>,
    /// Tax class id.
    #[data(required)]
    pub tax_class_id: Option<i64>,
    /// Tax class name.
    pub tax_class_name: Option<String>,
    /// Extension attributes.
    pub extension_attributes: Extension<GroupExtension>,
}

/// Found customer groups.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-group-search-results-interface")]
pub struct GroupSearchResults {
    /// Customer groups list.
    pub items: Vec<CustomerGroup>,
    /// Search criteria.
    pub search_criteria: SearchCriteria,
    /// Total count.
    pub total_count: i64,
}
