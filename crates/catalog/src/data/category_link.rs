//! Categories of a product.

use contract::{DataObject, Extension};

/// Extension attributes of a category link.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-category-link-extension-interface")]
pub struct CategoryLinkExtension {}

/// A category that a product is in.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-category-link-interface")]
pub struct CategoryLink {
    /// Position of the product in the category.
    pub position: Option<i64>,
    /// Category id.
    pub category_id: String,
    /// Extension attributes.
    pub extension_attributes: Extension<CategoryLinkExtension>,
}
