//! All that is known of the stock of products, by SKU.

use std::collections::HashMap;

use catalog::Stocked;
use contract::{Cx, Result};
use db::text_key;

use crate::item::Item;
use crate::repo;
use crate::repo::source_item::Held;

/// SKUs of one statement: far below the parameters that engines take.
const SKUS: usize = 5000;

/// Products, their stock items, and what sources hold of them. SKUs without a product are there too.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    /// By the SKU's key.
    pub(crate) products: HashMap<String, Stocked>,
    /// By product id.
    pub(crate) items: HashMap<i64, Item>,
    /// By the SKU's key.
    pub(crate) held: HashMap<String, Vec<Held>>,
}

impl Shelf {
    /// What is known of these SKUs. With `lock` other writers of it wait until the end of the transaction, which must
    /// be open. Three statements for up to five thousand.
    pub(crate) async fn load(cx: &mut Cx<'_>, skus: &[&str], lock: bool) -> Result<Self> {
        let mut shelf = Self::default();
        for skus in skus.chunks(SKUS) {
            // The product first: its row is the one that all writers of a product's stock wait for.
            let products = catalog::stocked(cx, skus, lock).await?;
            let ids: Vec<i64> = products.iter().map(|product| product.id).collect();
            let products = products.into_iter().map(|p| (text_key(&p.sku), p));
            shelf.products.extend(products);
            let items = repo::item::load(cx.session(), &ids).await?;
            shelf
                .items
                .extend(items.into_iter().map(|item| (item.product_id, item)));
            for held in repo::source_item::held(cx.session(), skus, lock).await? {
                shelf.held.entry(text_key(&held.sku)).or_default().push(held);
            }
        }
        Ok(shelf)
    }

    /// The stock item of a SKU's product.
    pub(crate) fn item(&self, key: &str) -> Option<&Item> {
        let product = self.products.get(key)?;
        self.items.get(&product.id)
    }

    /// What sources hold of a SKU.
    pub(crate) fn held_of(&self, key: &str) -> &[Held] {
        self.held.get(key).map_or(&[], Vec::as_slice)
    }

    /// A SKU as the catalog spells it, or else a source.
    pub(crate) fn sku<'a>(&'a self, key: &'a str) -> &'a str {
        if let Some(product) = self.products.get(key) {
            return &product.sku;
        }
        self.held_of(key).first().map_or(key, |held| &held.sku)
    }

    /// The products that are parts of others.
    pub(crate) fn parts(&self) -> Vec<i64> {
        let parts = self.products.values().filter(|product| product.is_part);
        parts.map(|product| product.id).collect()
    }
}
