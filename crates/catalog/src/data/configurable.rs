//! Options of configurable products.

use contract::{DataObject, Extension};

/// Extension attributes of a value.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("configurable-product-data-option-value-extension-interface")]
pub struct ConfigurableOptionValueExtension {}

/// A value of an option.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("configurable-product-data-option-value-interface")]
pub struct ConfigurableOptionValue {
    /// Option id of the attribute.
    #[data(required)]
    pub value_index: Option<i64>,
    /// Extension attributes.
    pub extension_attributes: Extension<ConfigurableOptionValueExtension>,
}

/// Extension attributes of an option.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("configurable-product-data-option-extension-interface")]
pub struct ConfigurableOptionExtension {}

/// An attribute by which the variations of a product differ.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("configurable-product-data-option-interface")]
pub struct ConfigurableOption {
    /// Id.
    pub id: Option<i64>,
    /// Attribute id.
    pub attribute_id: Option<String>,
    /// Label.
    pub label: Option<String>,
    /// Position.
    pub position: Option<i64>,
    /// Whether the label is the attribute's.
    pub is_use_default: Option<bool>,
    /// Values.
    pub values: Option<Vec<ConfigurableOptionValue>>,
    /// Extension attributes.
    pub extension_attributes: Extension<ConfigurableOptionExtension>,
    /// Product id.
    pub product_id: Option<i64>,
}
