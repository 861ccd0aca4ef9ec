//! Groups of attributes in a set.

use contract::search::SearchCriteria;
use contract::{DataObject, Extension};

/// Extension attributes of an attribute group.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("eav-data-attribute-group-extension-interface")]
pub struct AttributeGroupExtension {
    /// Group code.
    pub attribute_group_code: Option<String>,
    /// Sort order.
    pub sort_order: Option<String>,
}

/// A group of attributes in a set.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("eav-data-attribute-group-interface")]
pub struct AttributeGroup {
    /// Id.
    pub attribute_group_id: Option<String>,
    /// Name.
    pub attribute_group_name: Option<String>,
    /// Attribute set id.
    pub attribute_set_id: Option<i64>,
    /// Extension attributes.
    pub extension_attributes: Extension<AttributeGroupExtension>,
}

/// Found attribute groups.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("eav-data-attribute-group-search-results-interface")]
pub struct AttributeGroupSearchResults {
    /// Attribute groups list.
    pub items: Vec<AttributeGroup>,
    /// Search criteria.
    pub search_criteria: SearchCriteria,
    /// Total count.
    pub total_count: i64,
}
