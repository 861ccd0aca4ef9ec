//! Types of products.

use contract::{DataObject, Extension};

/// Extension attributes of a product type.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-type-extension-interface")]
pub struct ProductTypeExtension {}

/// A type of products.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-type-interface")]
pub struct ProductType {
    /// Product type code.
    pub name: String,
    /// Product type label.
    pub label: String,
    /// Extension attributes.
    pub extension_attributes: Extension<ProductTypeExtension>,
}
