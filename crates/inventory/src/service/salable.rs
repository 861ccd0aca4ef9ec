//! What of a product can be sold in a stock (`spec/scopes.md` fact 37).

use std::collections::HashMap;

use catalog::{Part, ProductRow};
use contract::{Cx, Result};
use rust_decimal::Decimal;

use crate::item::{DEFAULT_STOCK, Item, has_quantity};
use crate::repo;
use crate::service::status::has_parts;
use crate::settings::Settings;

/// What can be sold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Salable {
    /// How many; 0 for products that only consist of others.
    pub(crate) qty: Decimal,
    /// Whether any.
    pub(crate) salable: bool,
}

/// What of a product can be sold in a stock: what is there, less what is promised and what must be left.
pub(crate) async fn of(
    cx: &mut Cx<'_>,
    settings: &Settings,
    product: &ProductRow,
    item: &Item,
    stock_id: i64,
) -> Result<Salable> {
    let there = if stock_id == DEFAULT_STOCK {
        repo::status::load(cx.session(), product.id).await?
    } else {
        in_sources(cx, settings, product, item, stock_id).await?
    };
    let Some((qty, offered)) = there else {
        return Ok(Salable::default());
    };
    if !has_quantity(&product.type_id) {
        return Ok(Salable {
            qty: Decimal::ZERO,
            salable: offered,
        });
    }
    let reserved = repo::source::reserved(cx.session(), stock_id, &product.sku).await?;
    let left = qty + reserved - item.resolved_min_qty(settings);
    Ok(Salable {
        qty: left.max(Decimal::ZERO),
        salable: offered && is_enough(item, settings, left),
    })
}

/// Whether it can be sold when this much is left above the least quantity.
fn is_enough(item: &Item, settings: &Settings, left: Decimal) -> bool {
    let endless = item.resolved_backorders(settings) != 0 && item.resolved_min_qty(settings) >= Decimal::ZERO;
    !item.manages(settings) || endless || left > Decimal::ZERO
}

/// What the sources of a stock hold, and whether it is offered; `None` when they do not know the product.
async fn in_sources(
    cx: &mut Cx<'_>,
    settings: &Settings,
    product: &ProductRow,
    item: &Item,
    stock_id: i64,
) -> Result<Option<(Decimal, bool)>> {
    if has_quantity(&product.type_id) {
        let rows = repo::source::of_stock(cx.session(), stock_id, &[&product.sku]).await?;
        let found = sums(rows).remove(&key(&product.sku));
        return Ok(found.map(|(qty, offered)| {
            let left = qty - item.resolved_min_qty(settings);
            (qty, offered && is_enough(item, settings, left))
        }));
    }
    let parts = catalog::parts_of(cx.session(), product.id).await?;
    let skus: Vec<&str> = parts.iter().map(|part| part.child_sku.as_str()).collect();
    let sums = sums(repo::source::of_stock(cx.session(), stock_id, &skus).await?);
    let ids: Vec<i64> = parts.iter().map(|part| part.child_id).collect();
    let items = repo::item::load(cx.session(), &ids).await?;
    let items: HashMap<i64, Item> = items.into_iter().map(|item| (item.product_id, item)).collect();
    let has = |part: &Part| {
        let Some((qty, offered)) = sums.get(&key(&part.child_sku)) else {
            return false;
        };
        let left = |item: &Item| *qty - item.resolved_min_qty(settings);
        *offered
            && items
                .get(&part.child_id)
                .is_some_and(|item| is_enough(item, settings, left(item)))
    };
    let parts: Vec<&Part> = parts.iter().collect();
    Ok(Some((
        Decimal::ZERO,
        item.in_stock(settings) && has_parts(&parts, has),
    )))
}

/// Quantity by SKU, of what is offered, and whether anything is.
fn sums(rows: Vec<(String, Decimal, bool)>) -> HashMap<String, (Decimal, bool)> {
    let mut sums: HashMap<String, (Decimal, bool)> = HashMap::new();
    for (sku, qty, offered) in rows {
        let sum = sums.entry(key(&sku)).or_default();
        if offered {
            sum.0 += qty;
            sum.1 = true;
        }
    }
    sums
}

/// SKUs compare without regard to letter case.
fn key(sku: &str) -> String {
    sku.trim_end().to_lowercase()
}
