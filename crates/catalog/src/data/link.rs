//! Links between products.

use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Extension attributes of a product link.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-link-extension-interface")]
pub struct ProductLinkExtension {
    /// Quantity, of a product in a group.
    pub qty: Option<Decimal>,
}

/// A link from a product to another.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-link-interface")]
pub struct ProductLink {
    /// SKU.
    #[data(required)]
    pub sku: Option<String>,
    /// Link type.
    #[data(required)]
    pub link_type: Option<String>,
    /// Linked product sku.
    #[data(required)]
    pub linked_product_sku: Option<String>,
    /// Linked product type (simple, virtual, etc).
    #[data(required)]
    pub linked_product_type: Option<String>,
    /// Linked item position.
    #[data(required)]
    pub position: Option<i64>,
    /// Extension attributes.
    pub extension_attributes: Extension<ProductLinkExtension>,
}

/// Extension attributes of a link type.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-link-type-extension-interface")]
pub struct ProductLinkTypeExtension {}

/// A type of links.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-link-type-interface")]
pub struct ProductLinkType {
    /// Link type code.
    pub code: i64,
    /// Link type name.
    pub name: String,
    /// Extension attributes.
    pub extension_attributes: Extension<ProductLinkTypeExtension>,
}

/// Extension attributes of a link attribute.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-link-attribute-extension-interface")]
pub struct ProductLinkAttributeExtension {}

/// An attribute that links of a type have.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-link-attribute-interface")]
pub struct ProductLinkAttribute {
    /// Attribute code.
    pub code: String,
    /// Attribute type.
    pub r#type: String,
    /// Extension attributes.
    pub extension_attributes: Extension<ProductLinkAttributeExtension>,
}
