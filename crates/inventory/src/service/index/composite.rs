//! Rows of composite products, worked out from those of their parts.

use std::collections::{BTreeMap, HashMap};

use catalog::Part;
use contract::{Cx, Result};
use db::text_key;
use rust_decimal::Decimal;

use crate::item::Item;
use crate::repo;
use crate::repo::index::IndexRow;
use crate::settings::Settings;

use super::SKUS;

/// What the rows are worked out from.
struct Facts<'a> {
    settings: &'a Settings,
    /// Rows of parts, by the SKU's key.
    rows: HashMap<String, IndexRow>,
    items: HashMap<i64, Item>,
}

/// Writes the rows of the parents of `parts`, which are all the parts that these have.
pub(super) async fn refresh(
    cx: &mut Cx<'_>,
    settings: &Settings,
    stock_id: i64,
    parts: &[Part],
) -> Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    let mut skus: Vec<&str> = parts.iter().map(|part| part.child_sku.as_str()).collect();
    skus.sort_unstable();
    skus.dedup();
    let mut rows = Vec::with_capacity(skus.len());
    for skus in skus.chunks(SKUS) {
        rows.extend(repo::index::rows(cx.session(), stock_id, skus).await?);
    }
    let mut ids: Vec<i64> = parts
        .iter()
        .flat_map(|part| [part.parent_id, part.child_id])
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut items = Vec::with_capacity(ids.len());
    for ids in ids.chunks(SKUS) {
        items.extend(repo::item::load(cx.session(), ids).await?);
    }
    let facts = Facts {
        settings,
        rows: rows.into_iter().map(|row| (text_key(&row.sku), row)).collect(),
        items: items.into_iter().map(|item| (item.product_id, item)).collect(),
    };
    let mut parents: BTreeMap<i64, Vec<&Part>> = BTreeMap::new();
    for part in parts {
        parents.entry(part.parent_id).or_default().push(part);
    }
    let (mut rows, mut gone) = (Vec::new(), Vec::new());
    for (id, parts) in parents {
        let Some(sku) = parts.first().map(|part| part.parent_sku.as_str()) else {
            continue;
        };
        match facts.row(id, sku, &parts) {
            Some(row) => rows.push(row),
            None => gone.push(sku),
        }
    }
    repo::index::save(cx.session(), stock_id, &rows).await?;
    repo::index::delete(cx.session(), stock_id, &gone).await
}

impl Facts<'_> {
    /// The row of a composite product; `None` when the stock has none of its parts.
    fn row(&self, id: i64, sku: &str, parts: &[&Part]) -> Option<IndexRow> {
        let bundle = parts.iter().any(|part| part.parent_type == "bundle");
        let known: Vec<(&Part, &IndexRow)> = parts
            .iter()
            .filter(|part| !bundle || part.option_id.is_some())
            .filter_map(|part| Some((*part, self.rows.get(&text_key(&part.child_sku))?)))
            .collect();
        if known.is_empty() {
            return None;
        }
        let offered = self
            .items
            .get(&id)
            .is_none_or(|item| item.is_in_stock.unwrap_or_default());
        let mut quantity: Decimal = known.iter().map(|(_, row)| row.quantity).sum();
        // Magento counts what a grouped product holds once for each of its parts (dump `multistore`: `ms-g`).
        if parts.iter().any(|part| part.parent_type == "grouped") {
            quantity *= Decimal::from(parts.len());
        }
        let salable = if bundle {
            self.has_options(&known)
        } else {
            known.iter().any(|(_, row)| row.salable)
        };
        Some(IndexRow {
            sku: sku.to_owned(),
            quantity,
            salable: offered && salable,
        })
    }

    /// Whether a bundle can be put together: something of each required option that the stock knows, and anything
    /// at all.
    fn has_options(&self, known: &[(&Part, &IndexRow)]) -> bool {
        let mut options: HashMap<Option<i64>, (bool, bool)> = HashMap::new();
        for (part, row) in known {
            let option = options.entry(part.option_id).or_insert((part.required, false));
            option.1 |= self.can_be_chosen(part, row);
        }
        let missing = options.values().any(|(required, has)| *required && !has);
        !missing && options.values().any(|(_, has)| *has)
    }

    fn can_be_chosen(&self, part: &Part, row: &IndexRow) -> bool {
        let enough = part
            .selection
            .is_none_or(|(quantity, free)| free || quantity <= row.quantity);
        let Some(item) = self.items.get(&part.child_id) else {
            return enough && row.salable;
        };
        let endless = item.resolved_backorders(self.settings) != 0;
        !item.manages(self.settings) || (row.salable && (endless || enough))
    }
}
