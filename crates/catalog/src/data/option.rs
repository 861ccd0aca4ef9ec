//! Custom options.

use contract::{DataObject, Extension, Given};
use rust_decimal::Decimal;

/// A choice of a custom option.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-custom-option-values-interface")]
pub struct CustomOptionValue {
    /// Title.
    #[data(required)]
    pub title: Option<String>,
    /// Sort order.
    #[data(required)]
    pub sort_order: Option<i64>,
    /// Price.
    #[data(required)]
    pub price: Option<Decimal>,
    /// Price type.
    #[data(required)]
    pub price_type: Option<String>,
    /// SKU. `null` removes it.
    pub sku: Given<String>,
    /// Option type id.
    pub option_type_id: Option<i64>,
}

/// Extension attributes of a custom option.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-custom-option-extension-interface")]
pub struct CustomOptionExtension {}

/// Extension attributes of an option type.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-custom-option-type-extension-interface")]
pub struct CustomOptionTypeExtension {}

/// A type that a custom option can have.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-custom-option-type-interface")]
pub struct CustomOptionType {
    /// Option type label.
    pub label: String,
    /// Option type code.
    pub code: String,
    /// Option type group.
    pub group: String,
    /// Extension attributes.
    pub extension_attributes: Extension<CustomOptionTypeExtension>,
}

/// A custom option.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-custom-option-interface")]
pub struct CustomOption {
    /// Product SKU.
    #[data(required)]
    pub product_sku: Option<String>,
    /// Option id.
    pub option_id: Option<i64>,
    /// Option title.
    #[data(required)]
    pub title: Option<String>,
    /// Option type.
    #[data(required)]
    pub r#type: Option<String>,
    /// Sort order.
    #[data(required)]
    pub sort_order: Option<i64>,
    /// Is require.
    #[data(required)]
    pub is_require: Option<bool>,
    /// Price.
    pub price: Option<Decimal>,
    /// Price type.
    pub price_type: Option<String>,
    /// Sku. In this and the next four, `null` removes what is stored.
    pub sku: Given<String>,
    /// Accepted file extensions.
    pub file_extension: Given<String>,
    /// Most characters.
    pub max_characters: Given<i64>,
    /// Width of images, pixels.
    pub image_size_x: Given<i64>,
    /// Height of images, pixels.
    pub image_size_y: Given<i64>,
    /// Choices.
    pub values: Option<Vec<CustomOptionValue>>,
    /// Extension attributes.
    pub extension_attributes: Extension<CustomOptionExtension>,
}
