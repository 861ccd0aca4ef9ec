//! Assignment of a product to a website.

use contract::DataObject;

/// A product on a website.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-website-link-interface")]
pub struct ProductWebsiteLink {
    /// SKU.
    #[data(required)]
    pub sku: Option<String>,
    /// Website id.
    #[data(required)]
    pub website_id: Option<i64>,
}
