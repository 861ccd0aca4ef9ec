//! Options of bundles.

use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Extension attributes of a selection.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("bundle-data-link-extension-interface")]
pub struct BundleLinkExtension {}

/// A product in an option.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("bundle-data-link-interface")]
pub struct BundleLink {
    /// The identifier.
    pub id: Option<String>,
    /// Linked product sku.
    pub sku: Option<String>,
    /// Option id.
    pub option_id: Option<i64>,
    /// Qty.
    pub qty: Option<Decimal>,
    /// Position.
    pub position: Option<i64>,
    /// Is default.
    #[data(required)]
    pub is_default: Option<bool>,
    /// Price.
    #[data(required)]
    pub price: Option<Decimal>,
    /// Price type.
    #[data(required)]
    pub price_type: Option<i64>,
    /// Whether quantity could be changed.
    pub can_change_quantity: Option<i64>,
    /// Extension attributes.
    pub extension_attributes: Extension<BundleLinkExtension>,
}

/// Extension attributes of an option.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("bundle-data-option-extension-interface")]
pub struct BundleOptionExtension {}

/// An option of a bundle.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("bundle-data-option-interface")]
pub struct BundleOption {
    /// Option id.
    pub option_id: Option<i64>,
    /// Option title.
    pub title: Option<String>,
    /// Is required option.
    pub required: Option<bool>,
    /// Input type.
    pub r#type: Option<String>,
    /// Option position.
    pub position: Option<i64>,
    /// Product sku.
    pub sku: Option<String>,
    /// Product links.
    pub product_links: Option<Vec<BundleLink>>,
    /// Extension attributes.
    pub extension_attributes: Extension<BundleOptionExtension>,
}

/// Extension attributes of an input type.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("bundle-data-option-type-extension-interface")]
pub struct BundleOptionTypeExtension {}

/// An input type of options.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("bundle-data-option-type-interface")]
pub struct BundleOptionType {
    /// Type label.
    pub label: String,
    /// Type code.
    pub code: String,
    /// Extension attributes.
    pub extension_attributes: Extension<BundleOptionTypeExtension>,
}
