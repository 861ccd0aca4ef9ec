//! What can be sold of each product in each stock: kept up to date with every write, as Magento's indexer does when
//! it works at once. The default stock's rows are `cataloginventory_stock_status`.

mod composite;
mod product;
mod rebuild;

use std::collections::{BTreeMap, HashMap, HashSet};

use catalog::Part;
use contract::{Cx, Result};
use db::text_key;
use rust_decimal::Decimal;

use crate::item::{DEFAULT_STOCK, Item};
use crate::repo;
use crate::repo::index::IndexRow;
use crate::repo::source_item::Held;
use crate::service::network::Network;
use crate::service::shelf::Shelf;
use crate::settings::Settings;

pub(crate) use product::{follow_delete, follow_product, follow_rename};
pub(crate) use rebuild::{rebuild, stocks_of_source};

/// SKUs of one statement.
const SKUS: usize = 5000;

/// Makes the indexes of stocks that have none yet. To be called before the first write, or after the last one: on
/// MySQL a new table commits what was written so far.
pub(crate) async fn prepare(cx: &mut Cx<'_>, stock_ids: &[i64]) -> Result<()> {
    for stock_id in stock_ids.iter().copied().filter(|id| *id != DEFAULT_STOCK) {
        if !repo::index::is_there(cx.session(), stock_id).await? {
            repo::index::create(cx.session(), stock_id).await?;
        }
    }
    Ok(())
}

/// Which SKUs of which stocks are to be written, by the SKUs' keys.
pub(crate) type Changed = BTreeMap<i64, HashSet<String>>;

/// Writes the rows of SKUs in stocks, and of the composite products that consist of them. The stocks' indexes must be
/// there, and the parents of `parts` locked.
pub(crate) async fn refresh(
    cx: &mut Cx<'_>,
    settings: &Settings,
    network: &Network,
    shelf: &Shelf,
    changed: &Changed,
    parts: &[Part],
) -> Result<()> {
    let mut reserved = Reserved::load(cx, shelf, changed).await?;
    for (&stock_id, keys) in changed {
        let (mut rows, mut gone) = (Vec::new(), Vec::new());
        for key in keys {
            let held = shelf.held_of(key);
            let stocked = Stock {
                known: shelf.products.contains_key(key),
                item: shelf.item(key),
                reserved: reserved.take(stock_id, key),
            };
            let sold = held
                .iter()
                .filter(|held| network.sells(stock_id, &held.source_code));
            match stocked.row(settings, sold) {
                Some((quantity, salable)) => rows.push(IndexRow {
                    sku: shelf.sku(key).to_owned(),
                    quantity,
                    salable,
                }),
                // The key finds the row as well as the SKU does.
                None => gone.push(key.as_str()),
            }
        }
        // In a fixed order, so that writers of the same rows wait for each other instead of meeting head-on.
        rows.sort_unstable_by(|a, b| a.sku.cmp(&b.sku));
        repo::index::save(cx.session(), stock_id, &rows).await?;
        repo::index::delete(cx.session(), stock_id, &gone).await?;
        composite::refresh(cx, settings, stock_id, parts).await?;
    }
    Ok(())
}

/// What is promised of products in stocks.
struct Reserved(HashMap<(i64, String), Decimal>);

impl Reserved {
    async fn load(cx: &mut Cx<'_>, shelf: &Shelf, changed: &Changed) -> Result<Self> {
        let stock_ids: Vec<i64> = changed.keys().copied().collect();
        let keys: HashSet<&String> = changed.values().flatten().collect();
        let skus: Vec<&str> = keys.into_iter().map(|key| shelf.sku(key)).collect();
        let mut sums: HashMap<(i64, String), Decimal> = HashMap::new();
        for skus in skus.chunks(SKUS) {
            for (stock_id, sku, quantity) in
                repo::reservation::of_stocks(cx.session(), &stock_ids, skus).await?
            {
                *sums.entry((stock_id, text_key(&sku))).or_default() += quantity;
            }
        }
        Ok(Self(sums))
    }

    fn take(&mut self, stock_id: i64, key: &str) -> Decimal {
        if self.0.is_empty() {
            return Decimal::ZERO;
        }
        self.0.remove(&(stock_id, key.to_owned())).unwrap_or_default()
    }
}

/// What decides whether a product can be sold, beside what sources hold.
struct Stock<'a> {
    /// Whether the catalog knows it: what it does not know can always be sold.
    known: bool,
    item: Option<&'a Item>,
    /// Negative until it is shipped.
    reserved: Decimal,
}

impl Stock<'_> {
    /// What the stock's enabled sources offer together, and whether it can be sold; `None` when they do not know the
    /// product.
    fn row<'a>(&self, settings: &Settings, held: impl Iterator<Item = &'a Held>) -> Option<(Decimal, bool)> {
        let (mut quantity, mut offered, mut any) = (Decimal::ZERO, false, false);
        for held in held {
            any = true;
            if held.status != 0 {
                offered = true;
                quantity += held.quantity;
            }
        }
        let sold = |item| self.can_be_sold(settings, item, quantity, offered);
        any.then(|| (quantity, !self.known || self.item.is_some_and(sold)))
    }

    fn can_be_sold(&self, settings: &Settings, item: &Item, quantity: Decimal, offered: bool) -> bool {
        let least = item.resolved_min_qty(settings);
        let endless = item.resolved_backorders(settings) != 0 && least >= Decimal::ZERO && offered;
        !item.manages(settings) || endless || quantity + self.reserved - least > Decimal::ZERO
    }
}
