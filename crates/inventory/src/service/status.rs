//! Who can be had: stock status of products, and of the composite products that they are a part of.

use std::collections::{HashMap, HashSet};

use catalog::{Part, ProductRow};
use contract::{Cx, Result};
use rust_decimal::Decimal;

use crate::item::{Item, has_quantity, is_composite};
use crate::repo;
use crate::repo::status::Status;
use crate::service::network::Network;
use crate::settings::Settings;

/// Follows the save of a product's item: whether composite products that hold it are in stock, and the status of
/// them all. Disabled products have no status. `network` is `None` for a new product that has no parts.
pub(crate) async fn follow(
    cx: &mut Cx<'_>,
    settings: &Settings,
    product: &ProductRow,
    item: &Item,
    network: Option<&Network>,
) -> Result<()> {
    if !has_quantity(&product.type_id) && !is_composite(&product.type_id) {
        // Nobody indexes products of types that nobody knows (dump: `x10`).
        return Ok(());
    }
    let parts = if is_composite(&product.type_id) {
        catalog::parts_of(cx.session(), product.id).await?
    } else if network.is_none() {
        Vec::new()
    } else {
        catalog::parts_with(cx.session(), product.id).await?
    };
    let follow = Follow {
        settings,
        enabled: HashSet::new(),
        items: HashMap::from([(product.id, item.clone())]),
        parts: &parts,
        single_source: network.is_none_or(Network::is_single),
    };
    follow_parts(cx, follow, &[product.id], network.is_none()).await
}

/// What the status of products depends on.
pub(crate) struct Follow<'a> {
    pub(crate) settings: &'a Settings,
    /// Those that are enabled, of the products whose items are known.
    pub(crate) enabled: HashSet<i64>,
    /// Items that are known already, changed ones among them, by product.
    pub(crate) items: HashMap<i64, Item>,
    /// All parts of the composite products that have changed ones, or are changed themselves.
    pub(crate) parts: &'a [Part],
    /// Whether composite products go out of stock with their parts, and come back with them. When there are several
    /// sources only their status does (Magento's single-source mode).
    pub(crate) single_source: bool,
}

/// Follows changed items of products. `is_new` when they have no status yet.
pub(crate) async fn follow_parts(
    cx: &mut Cx<'_>,
    follow: Follow<'_>,
    changed: &[i64],
    is_new: bool,
) -> Result<()> {
    let Follow {
        settings,
        mut enabled,
        mut items,
        parts,
        single_source,
    } = follow;
    let mut others: Vec<i64> = parts
        .iter()
        .flat_map(|part| [part.parent_id, part.child_id])
        .collect();
    others.sort_unstable();
    others.dedup();
    others.retain(|id| !items.contains_key(id));
    let more = repo::item::load(cx.session(), &others).await?;
    items.extend(more.into_iter().map(|item| (item.product_id, item)));
    if enabled.is_empty() {
        others.extend(changed);
    }
    enabled.extend(catalog::enabled(cx, &others).await?);
    let mut stocks = Stocks {
        settings,
        parts: by_parent(parts),
        items,
        enabled,
    };
    // Items of composite products follow those of their parts, not their own.
    let parts_changed = !changed.iter().all(|id| stocks.parts.contains_key(id));
    if parts_changed && single_source {
        change_parents(cx, &mut stocks).await?;
    }
    let mut changed: Vec<i64> = stocks.parts.keys().chain(changed).copied().collect();
    changed.sort_unstable();
    changed.dedup();
    let (shown, hidden): (Vec<i64>, Vec<i64>) =
        changed.into_iter().partition(|id| stocks.enabled.contains(id));
    let rows: Vec<Status> = shown.into_iter().filter_map(|id| stocks.status(id)).collect();
    repo::status::save(cx.session(), &rows).await?;
    if !is_new {
        repo::status::delete(cx.session(), &hidden).await?;
    }
    Ok(())
}

/// A composite product is out of stock when nothing of it is left, and comes back when it went by itself.
async fn change_parents(cx: &mut Cx<'_>, stocks: &mut Stocks<'_>) -> Result<()> {
    let (mut opened, mut closed) = (Vec::new(), Vec::new());
    for (parent, parts) in &stocks.parts {
        let Some(item) = stocks.items.get(parent) else {
            continue;
        };
        let has = has_parts(parts, |part| stocks.is_in_stock(part.child_id));
        if item.in_stock(stocks.settings) != has
            && (!has || item.stock_status_changed_auto.unwrap_or_default() != 0)
        {
            if has { &mut opened } else { &mut closed }.push(*parent);
        }
    }
    for (ids, in_stock) in [(opened, true), (closed, false)] {
        repo::item::set_in_stock(cx.session(), &ids, in_stock).await?;
        for id in ids {
            if let Some(item) = stocks.items.get_mut(&id) {
                item.is_in_stock = Some(in_stock);
            }
        }
    }
    Ok(())
}

fn by_parent(parts: &[Part]) -> HashMap<i64, Vec<&Part>> {
    let mut parents: HashMap<i64, Vec<&Part>> = HashMap::new();
    for part in parts {
        parents.entry(part.parent_id).or_default().push(part);
    }
    parents
}

/// Whether enough of the parts satisfy `has`: one of each required option of a bundle, else any.
pub(crate) fn has_parts(parts: &[&Part], has: impl Fn(&Part) -> bool) -> bool {
    let bundle = parts.iter().any(|part| part.parent_type == "bundle");
    let options: HashSet<i64> = parts
        .iter()
        .filter(|p| p.required)
        .filter_map(|p| p.option_id)
        .collect();
    if bundle && !options.is_empty() {
        let offers = |option| move |part: &&&Part| part.option_id == Some(option);
        return options
            .into_iter()
            .all(|option| parts.iter().filter(offers(option)).any(|part| has(part)));
    }
    // A product that was taken out of a bundle may still be related to it.
    let mut parts = parts.iter().filter(|part| !bundle || part.option_id.is_some());
    parts.any(|part| has(part))
}

/// Products with what they consist of.
struct Stocks<'a> {
    settings: &'a Settings,
    parts: HashMap<i64, Vec<&'a Part>>,
    items: HashMap<i64, Item>,
    enabled: HashSet<i64>,
}

impl Stocks<'_> {
    fn is_in_stock(&self, id: i64) -> bool {
        self.items.get(&id).is_some_and(|item| self.stored_in_stock(item))
    }

    /// A new item is in stock as its row will say: what was not sent gets the columns' defaults.
    fn stored_in_stock(&self, item: &Item) -> bool {
        let stored = Item {
            use_config_manage_stock: Some(item.use_config_manage_stock.unwrap_or(true)),
            ..item.clone()
        };
        stored.in_stock(self.settings)
    }

    fn status(&self, id: i64) -> Option<Status> {
        let item = self.items.get(&id)?;
        let own = self.stored_in_stock(item);
        let composite = self.parts.get(&id);
        let sold = |part: &Part| self.enabled.contains(&part.child_id) && self.is_in_stock(part.child_id);
        Some(Status {
            product_id: id,
            qty: item.qty.unwrap_or_default().max(Decimal::ZERO),
            in_stock: own && composite.is_none_or(|parts| has_parts(parts, sold)),
        })
    }
}
