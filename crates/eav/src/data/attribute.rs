//! Parts of attributes, whatever entity they belong to.

use contract::DataObject;

/// The label of an option in a store view.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("eav-data-attribute-option-label-interface")]
pub struct OptionLabel {
    /// Store id.
    pub store_id: Option<i64>,
    /// Option label.
    pub label: Option<String>,
}

/// An option of an attribute.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("eav-data-attribute-option-interface")]
pub struct AttributeOption {
    /// Option label.
    #[data(required)]
    pub label: Option<String>,
    /// Option value.
    #[data(required)]
    pub value: Option<String>,
    /// Option order.
    pub sort_order: Option<i64>,
    /// Whether it is the default.
    pub is_default: Option<bool>,
    /// Option label for store scopes.
    pub store_labels: Option<Vec<OptionLabel>>,
}

/// The label of an attribute in a store view.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("eav-data-attribute-frontend-label-interface")]
pub struct FrontendLabel {
    /// Store id.
    pub store_id: Option<i64>,
    /// Label.
    pub label: Option<String>,
}

/// A rule that values of an attribute must meet.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("eav-data-attribute-validation-rule-interface")]
pub struct ValidationRule {
    /// Object key.
    pub key: String,
    /// Object value.
    pub value: String,
}
