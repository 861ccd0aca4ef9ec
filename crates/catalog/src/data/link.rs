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
