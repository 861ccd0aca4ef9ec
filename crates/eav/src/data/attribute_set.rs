//! Attribute sets.

use contract::search::SearchCriteria;
use contract::{DataObject, Extension};

/// Extension attributes of an attribute set.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("eav-data-attribute-set-extension-interface")]
pub struct AttributeSetExtension {}

/// A set of attributes that entities have.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("eav-data-attribute-set-interface")]
pub struct AttributeSet {
    /// Attribute set ID.
    pub attribute_set_id: Option<i64>,
    /// Attribute set name.
    #[data(required)]
    pub attribute_set_name: Option<String>,
    /// Attribute set sort order index.
    #[data(required)]
    pub sort_order: Option<i64>,
    /// Attribute set entity type id.
    pub entity_type_id: Option<i64>,
    /// Extension attributes.
    pub extension_attributes: Extension<AttributeSetExtension>,
}

/// Found attribute sets.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("eav-data-attribute-set-search-results-interface")]
pub struct AttributeSetSearchResults {
    /// Attribute sets list.
    pub items: Vec<AttributeSet>,
    /// Search criteria.
    pub search_criteria: SearchCriteria,
    /// Total count.
    pub total_count: i64,
}
