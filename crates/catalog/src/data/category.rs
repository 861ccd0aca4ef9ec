//! Categories, the tree of them, and their products.

use contract::search::SearchCriteria;
use contract::{CustomAttributes, DataObject, Extension, Given};

/// Extension attributes of a category.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-category-extension-interface")]
pub struct CategoryExtension {}

/// A category. In requests, what is absent stays as it is; `null` for `is_active` of a new one leaves it without
/// a value (golden `types.bool.null`).
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-category-interface")]
pub struct Category {
    /// Category id.
    pub id: Option<i64>,
    /// Parent category ID.
    pub parent_id: Option<i64>,
    /// Category name.
    pub name: Given<String>,
    /// Whether category is active.
    pub is_active: Given<bool>,
    /// Category position.
    pub position: Option<i64>,
    /// Category level.
    pub level: Option<i64>,
    /// Children ids comma separated.
    #[data(read_only)]
    pub children: Option<String>,
    /// Category creation date and time.
    pub created_at: Option<String>,
    /// Category last update date and time.
    pub updated_at: Option<String>,
    /// Category full path.
    pub path: Option<String>,
    /// Available sort by for category.
    pub available_sort_by: Option<Vec<String>>,
    /// Category is included in menu.
    pub include_in_menu: Given<bool>,
    /// Extension attributes.
    pub extension_attributes: Extension<CategoryExtension>,
    /// Custom attributes values.
    pub custom_attributes: CustomAttributes,
}

/// A category with those below it.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-category-tree-interface")]
pub struct CategoryTree {
    /// Id.
    pub id: Option<i64>,
    /// Parent category ID.
    pub parent_id: i64,
    /// Category name.
    #[data(required)]
    pub name: Option<String>,
    /// Whether category is active.
    #[data(required)]
    pub is_active: Option<bool>,
    /// Category position.
    pub position: i64,
    /// Category level.
    pub level: i64,
    /// Product count.
    pub product_count: i64,
    /// Categories below.
    pub children_data: Vec<CategoryTree>,
}

/// What a search for categories found.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-category-search-results-interface")]
pub struct CategorySearchResults {
    /// Categories.
    pub items: Vec<Category>,
    /// What was searched.
    pub search_criteria: SearchCriteria,
    /// How many there are on all pages.
    pub total_count: i64,
}

/// Extension attributes of a product in a category.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-category-product-link-extension-interface")]
pub struct CategoryProductLinkExtension {}

/// A product in a category.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-category-product-link-interface")]
pub struct CategoryProductLink {
    /// SKU.
    pub sku: Option<String>,
    /// Position of the product in the category.
    pub position: Option<i64>,
    /// Category id.
    pub category_id: String,
    /// Extension attributes.
    pub extension_attributes: Extension<CategoryProductLinkExtension>,
}
