//! What belongs to products beside their values, read for all of them at once.

use std::collections::HashMap;
use std::sync::Arc;

use contract::{Cx, Result, StoreScope};

use super::render::With;
use crate::data::bundle::BundleOption;
use crate::data::configurable::ConfigurableOption;
use crate::data::downloadable::{DownloadableLink, DownloadableSample};
use crate::data::link::ProductLink;
use crate::data::media::MediaGalleryEntry;
use crate::data::option::CustomOption;
use crate::data::product::ProductExtension;
use crate::data::stock_item::StockItem;
use crate::data::tier_price::TierPrice;
use crate::port::Stock;
use crate::repo::category_link::{Places, places};
use crate::repo::product::ProductRow;
use crate::service::{bundle, category_link, configurable, downloadable, link, media, option, tier_price};

/// The right without which `stock_item` is left out of answers: that of the extension attribute.
const STOCK: &str = "Magento_CatalogInventory::cataloginventory";

/// The parts of products, by product.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    places: HashMap<i64, Places>,
    stock: HashMap<i64, StockItem>,
    options: HashMap<i64, Vec<CustomOption>>,
    pub(crate) links: HashMap<i64, Vec<ProductLink>>,
    pub(crate) media: HashMap<i64, Vec<MediaGalleryEntry>>,
    pub(crate) tier_prices: HashMap<i64, Vec<TierPrice>>,
    bundle: HashMap<i64, Vec<BundleOption>>,
    downloads: HashMap<i64, Vec<DownloadableLink>>,
    samples: HashMap<i64, Vec<DownloadableSample>>,
    variants: HashMap<i64, Vec<ConfigurableOption>>,
    children: HashMap<i64, Vec<i64>>,
}

impl Parts {
    /// Reads them; those of a type only when there are products of it.
    pub(crate) async fn load(
        cx: &mut Cx<'_>,
        scope: &StoreScope,
        rows: &[ProductRow],
        with: With,
    ) -> Result<Self> {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let mut parts = Self {
            places: places(cx.session(), &ids).await?,
            options: option::load_many(cx, scope, rows).await?,
            links: link::load_many(cx, scope, rows).await?,
            media: media::load_many(cx, scope, rows).await?,
            tier_prices: tier_price::load_many(cx, scope, rows).await?,
            ..Self::default()
        };
        if with == With::Stock && cx.allows(STOCK) {
            let stock = cx.service::<Arc<dyn Stock>>()?.clone();
            parts.stock = stock.load_many(cx, scope, rows).await?;
        }
        let of = |kind: &str| -> Vec<ProductRow> {
            let wanted = rows.iter().filter(|row| row.type_id == kind);
            wanted.cloned().collect()
        };
        let (bundles, downloads, variants) = (of("bundle"), of("downloadable"), of("configurable"));
        if !bundles.is_empty() {
            parts.bundle = bundle::load_many(cx, scope, &bundles).await?;
        }
        if !downloads.is_empty() {
            parts.downloads = downloadable::load_links(cx, scope, &downloads).await?;
            parts.samples = downloadable::load_samples(cx, scope, &downloads).await?;
        }
        if !variants.is_empty() {
            parts.variants = configurable::load_options(cx, scope, &variants).await?;
            parts.children = configurable::load_links(cx, scope, &variants).await?;
        }
        Ok(parts)
    }

    /// Moves the parts of a product to where they are shown.
    pub(crate) fn take(
        &mut self,
        row: &ProductRow,
        options: &mut Option<Vec<CustomOption>>,
        extension: &mut ProductExtension,
    ) {
        let id = row.id;
        *options = Some(self.options.remove(&id).unwrap_or_default());
        let places = self.places.remove(&id).unwrap_or_default();
        let categories = category_link::links(&places);
        extension.website_ids = Some(places.websites);
        extension.category_links = (!categories.is_empty()).then_some(categories);
        extension.stock_item = self.stock.remove(&id);
        match row.type_id.as_str() {
            "bundle" => {
                extension.bundle_product_options = Some(self.bundle.remove(&id).unwrap_or_default());
            }
            "downloadable" => {
                extension.downloadable_product_links = Some(self.downloads.remove(&id).unwrap_or_default());
                extension.downloadable_product_samples = Some(self.samples.remove(&id).unwrap_or_default());
            }
            "configurable" => {
                extension.configurable_product_options = Some(self.variants.remove(&id).unwrap_or_default());
                extension.configurable_product_links = Some(self.children.remove(&id).unwrap_or_default());
            }
            _ => {}
        }
    }
}
