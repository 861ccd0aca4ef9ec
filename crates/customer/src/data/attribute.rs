//! Attributes of customers and addresses, as forms show them.

use contract::DataObject;

/// A rule that values of an attribute must meet.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-validation-rule-interface")]
pub struct ValidationRule {
    /// Validation rule name.
    pub name: String,
    /// Validation rule value.
    pub value: String,
}

/// One thing to choose, or a heading with things to choose below it.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-option-interface")]
pub struct AttributeOption {
    /// Option label.
    pub label: String,
    /// Option value; none for a heading.
    pub value: Option<String>,
    /// Nested options.
    pub options: Option<Vec<AttributeOption>>,
}

/// An attribute as forms show it.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-attribute-metadata-interface")]
pub struct AttributeMetadata {
    /// HTML for input element.
    #[data(required)]
    pub frontend_input: Option<String>,
    /// Template used for input (e.g. `date`).
    pub input_filter: String,
    /// Label of the store.
    #[data(required)]
    pub store_label: Option<String>,
    /// Validation rules.
    pub validation_rules: Vec<ValidationRule>,
    /// Number of lines of the attribute value.
    pub multiline_count: i64,
    /// Attribute is visible on frontend.
    pub visible: bool,
    /// Attribute is required.
    pub required: bool,
    /// Data model for attribute.
    pub data_model: String,
    /// Options of the attribute.
    pub options: Vec<AttributeOption>,
    /// Class which is used to display the attribute on frontend.
    pub frontend_class: String,
    /// Current attribute has been defined by a user.
    pub user_defined: bool,
    /// Attributes sort order.
    pub sort_order: i64,
    /// Label which supposed to be displayed on frontend.
    #[data(required)]
    pub frontend_label: Option<String>,
    /// The note attribute for the element.
    pub note: String,
    /// This is a system attribute.
    pub system: bool,
    /// Backend type.
    pub backend_type: String,
    /// Whether the admin's list of customers has it.
    pub is_used_in_grid: Option<bool>,
    /// Whether the list shows it.
    pub is_visible_in_grid: Option<bool>,
    /// Whether the list can be filtered by it.
    pub is_filterable_in_grid: Option<bool>,
    /// Whether the list can be searched for it.
    pub is_searchable_in_grid: Option<bool>,
    /// Code of the attribute.
    pub attribute_code: String,
}
