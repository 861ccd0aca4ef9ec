//! What is known of products in a stock, read at once for all of them.

use std::collections::{HashMap, HashSet};

use catalog::{Part, ProductRow};
use contract::{Cx, Error, Result};
use db::text_key;
use rust_decimal::Decimal;

use crate::item::{DEFAULT_STOCK, Item, has_quantity};
use crate::repo;
use crate::repo::index::IndexRow;
use crate::settings::Settings;

/// What the conditions look at.
pub(crate) struct Facts {
    pub(super) stock_id: i64,
    pub(super) settings: Settings,
    /// By SKU as stored: other spellings find nothing (Magento looks the type up by it).
    products: HashMap<String, ProductRow>,
    /// By product.
    items: HashMap<i64, Item>,
    /// By the SKU's key.
    held: HashMap<String, Held>,
    /// By the SKU's key: quantity, and whether it is sold. None when the stock has no index.
    data: Option<HashMap<String, (Decimal, bool)>>,
    /// By the SKU's key; negative until what is promised is shipped.
    reserved: HashMap<String, Decimal>,
    /// By bundle.
    parts: HashMap<i64, Vec<Part>>,
}

/// What the sources of a stock hold of a product.
#[derive(Default, Clone, Copy)]
pub(super) struct Held {
    /// The sum of what is offered by enabled sources.
    pub(super) quantity: Decimal,
    /// Whether anything is offered.
    pub(super) offered: bool,
}

impl Facts {
    /// Reads what is known of the products with these SKUs, and of what bundles consist of: a fixed number of
    /// statements.
    pub(crate) async fn load(cx: &mut Cx<'_>, stock_id: i64, skus: &[&str]) -> Result<Self> {
        let settings = Settings::read(cx);
        let wanted: Vec<String> = distinct(skus.iter().copied());
        let mut rows = catalog::products(cx.session(), &wanted).await?;
        let bundles: Vec<i64> = rows
            .iter()
            .filter(|row| row.type_id == "bundle")
            .map(|row| row.id)
            .collect();
        let parts = catalog::parts_of_all(cx.session(), &bundles).await?;
        let known: HashSet<&str> = rows.iter().map(|row| row.sku.as_str()).collect();
        let children = parts.iter().map(|part| part.child_sku.as_str());
        let children = distinct(children.filter(|sku| !known.contains(sku)));
        rows.extend(catalog::products(cx.session(), &children).await?);
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let items = repo::item::load(cx.session(), &ids).await?;
        let skus: Vec<&str> = rows.iter().map(|row| row.sku.as_str()).collect();
        let held = repo::salable::held(cx.session(), stock_id, &skus).await?;
        let reserved = repo::reservation::sums(cx.session(), stock_id, &skus).await?;
        let items: HashMap<i64, Item> = items.into_iter().map(|item| (item.product_id, item)).collect();
        let data = data(cx, stock_id, &rows, &items).await?;
        let mut by_bundle: HashMap<i64, Vec<Part>> = HashMap::new();
        for part in parts {
            by_bundle.entry(part.parent_id).or_default().push(part);
        }
        Ok(Self {
            stock_id,
            settings,
            products: rows.into_iter().map(|row| (row.sku.clone(), row)).collect(),
            items,
            held: sums(held),
            data,
            reserved,
            parts: by_bundle,
        })
    }

    /// Whether a product has quantities; false when there is no such product.
    pub(crate) fn has_quantity(&self, sku: &str) -> bool {
        self.product(sku)
            .is_some_and(|product| has_quantity(&product.type_id))
    }

    /// Whether stock is kept of a product.
    pub(crate) fn manages(&self, sku: &str) -> bool {
        self.product(sku)
            .is_some_and(|product| self.item(product).manages(&self.settings))
    }

    /// Whether a source of the stock knows a product.
    pub(crate) fn is_held(&self, sku: &str) -> bool {
        self.product(sku)
            .is_some_and(|product| self.held(product).is_some())
    }

    /// The product with exactly this SKU.
    pub(super) fn product(&self, sku: &str) -> Option<&ProductRow> {
        self.products.get(sku)
    }

    /// The stock item of a product; an empty one, which keeps no stock, when there is none.
    pub(super) fn item(&self, product: &ProductRow) -> Item {
        let item = self.items.get(&product.id).cloned();
        item.unwrap_or_else(|| Item::new(product.id))
    }

    /// What sources of the stock hold; none when none knows the product.
    pub(super) fn held(&self, product: &ProductRow) -> Option<Held> {
        self.held.get(&text_key(&product.sku)).copied()
    }

    /// Quantity and status in the stock, if it has the product.
    ///
    /// # Errors
    /// The stock has no index: there is no such stock, or it has no sources yet.
    pub(super) fn data(&self, product: &ProductRow) -> Result<Option<(Decimal, bool)>> {
        let data = self
            .data
            .as_ref()
            .ok_or_else(|| Error::invalid("Could not receive Stock Item data"))?;
        Ok(data.get(&text_key(&product.sku)).copied())
    }

    /// The sum of reservations.
    pub(super) fn reserved(&self, product: &ProductRow) -> Decimal {
        let reserved = self.reserved.get(&text_key(&product.sku)).copied();
        reserved.unwrap_or_default()
    }

    /// What a bundle consists of.
    pub(super) fn parts(&self, product: &ProductRow) -> Vec<&Part> {
        self.parts.get(&product.id).into_iter().flatten().collect()
    }
}

/// Quantity and status by the SKU's key; none when the stock has no index.
async fn data(
    cx: &mut Cx<'_>,
    stock_id: i64,
    rows: &[ProductRow],
    items: &HashMap<i64, Item>,
) -> Result<Option<HashMap<String, (Decimal, bool)>>> {
    if stock_id != DEFAULT_STOCK {
        let skus: Vec<&str> = rows.iter().map(|row| row.sku.as_str()).collect();
        if !repo::index::is_there(cx.session(), stock_id).await? {
            return Ok(None);
        }
        let found = repo::index::rows(cx.session(), stock_id, &skus).await?;
        let entry = |row: IndexRow| (text_key(&row.sku), (row.quantity, row.salable));
        return Ok(Some(found.into_iter().map(entry).collect()));
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let statuses = repo::salable::statuses(cx.session(), &ids).await?;
    let statuses: HashMap<i64, (Decimal, bool)> = statuses
        .into_iter()
        .map(|(id, qty, sold)| (id, (qty, sold)))
        .collect();
    // Disabled products have no status: with several sources their item counts instead.
    let lost = |row: &&ProductRow| has_quantity(&row.type_id) && !statuses.contains_key(&row.id);
    let several = rows.iter().any(|row| lost(&row)) && !repo::salable::is_single_source(cx.session()).await?;
    let mut data = HashMap::new();
    for row in rows {
        let own = statuses.get(&row.id).copied();
        let item = items.get(&row.id).filter(|_| several && lost(&row));
        let of_item = item.map(|item| (item.qty.unwrap_or_default(), item.is_in_stock.unwrap_or_default()));
        if let Some(found) = own.or(of_item) {
            data.insert(text_key(&row.sku), found);
        }
    }
    Ok(Some(data))
}

fn sums(rows: Vec<repo::salable::Held>) -> HashMap<String, Held> {
    let mut sums: HashMap<String, Held> = HashMap::new();
    for row in rows {
        let sum = sums.entry(text_key(&row.sku)).or_default();
        if row.offered {
            sum.quantity += row.quantity;
            sum.offered = true;
        }
    }
    sums
}

fn distinct<'a>(skus: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen = HashSet::new();
    skus.filter(|sku| seen.insert(*sku)).map(str::to_owned).collect()
}
