//! Products.

use contract::{CustomAttributes, DataObject, Extension, Given};
use rust_decimal::Decimal;

use crate::data::bundle::BundleOption;
use crate::data::category_link::CategoryLink;
use crate::data::configurable::ConfigurableOption;
use crate::data::discount::RuleDiscount;
use crate::data::downloadable::{DownloadableLink, DownloadableSample};
use crate::data::link::ProductLink;
use crate::data::media::MediaGalleryEntry;
use crate::data::option::CustomOption;
use crate::data::stock_item::StockItem;
use crate::data::tier_price::TierPrice;

/// Extension attributes of a product.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-extension-interface")]
pub struct ProductExtension {
    /// Ids of the websites that sell the product.
    pub website_ids: Option<Vec<i64>>,
    /// Categories with the product's positions in them.
    pub category_links: Option<Vec<CategoryLink>>,
    /// The legacy stock item.
    pub stock_item: Option<StockItem>,
    /// Links of a downloadable product.
    pub downloadable_product_links: Option<Vec<DownloadableLink>>,
    /// Samples of a downloadable product.
    pub downloadable_product_samples: Option<Vec<DownloadableSample>>,
    /// Options of a bundle.
    pub bundle_product_options: Option<Vec<BundleOption>>,
    /// Options of a configurable product.
    pub configurable_product_options: Option<Vec<ConfigurableOption>>,
    /// Ids of the variations of a configurable product.
    pub configurable_product_links: Option<Vec<i64>>,
    /// Discounts; only on products of a cart.
    pub discounts: Option<Vec<RuleDiscount>>,
}

/// A product. In requests, what is absent stays as it is; `null` brings the default value back
/// (`spec/scopes.md` facts 14 and 19).
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-interface")]
pub struct Product {
    /// Id.
    pub id: Option<i64>,
    /// SKU.
    #[data(required)]
    pub sku: Option<String>,
    /// Name.
    pub name: Given<String>,
    /// Attribute set id.
    pub attribute_set_id: Option<i64>,
    /// Price, in the website's base currency.
    pub price: Given<Decimal>,
    /// Status: 1 enabled, 2 disabled.
    pub status: Given<i64>,
    /// Visibility: 1 not visible, 2 catalog, 3 search, 4 both.
    pub visibility: Given<i64>,
    /// Type id: `simple`, `virtual`, `configurable`, `bundle`, `grouped`, `downloadable`.
    pub type_id: Option<String>,
    /// Created date, UTC.
    pub created_at: Option<String>,
    /// Updated date, UTC.
    pub updated_at: Option<String>,
    /// Weight.
    pub weight: Given<Decimal>,
    /// Extension attributes.
    pub extension_attributes: Extension<ProductExtension>,
    /// Links to other products.
    pub product_links: Option<Vec<ProductLink>>,
    /// Custom options.
    pub options: Option<Vec<CustomOption>>,
    /// Media gallery entries.
    pub media_gallery_entries: Option<Vec<MediaGalleryEntry>>,
    /// Tier prices.
    pub tier_prices: Option<Vec<TierPrice>>,
    /// Values of all other attributes.
    pub custom_attributes: CustomAttributes,
}
