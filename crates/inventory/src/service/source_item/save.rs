//! Saves source items, thousands in a call.

use std::collections::HashMap;

use contract::{Cx, Error, Result, operation};
use db::text_key;
use rust_decimal::{Decimal, RoundingStrategy};

use super::validate;
use super::write::{Writing, could_not_save};
use crate::data::source_item::SourceItem;
use crate::repo::source_item::Held;

/// Save Multiple Source item data.
#[operation("inventoryApiSourceItemsSaveV1", "Source items.")]
#[route(POST "/V1/inventory/source-items" => "Magento_InventoryApi::stock_source_item_assign")]
pub(crate) async fn execute(cx: &mut Cx<'_>, source_items: Vec<SourceItem>) -> Result<()> {
    if source_items.is_empty() {
        return Err(Error::invalid("Input data is empty"));
    }
    let mut skus: Vec<&str> = source_items
        .iter()
        .filter_map(|item| item.sku.as_deref())
        .collect();
    skus.sort_unstable();
    skus.dedup();
    let writing = Writing::begin(cx, &skus).await?;
    validate::check(cx, &writing, &source_items).await?;
    let held = rows(&writing, source_items)?;
    writing.save(cx, held).await
}

/// The rows to write, each once: of two for the same source and SKU the later one counts.
fn rows(writing: &Writing, source_items: Vec<SourceItem>) -> Result<Vec<Held>> {
    let mut rows: Vec<Held> = Vec::with_capacity(source_items.len());
    let mut places: HashMap<(String, String), usize> = HashMap::with_capacity(source_items.len());
    for item in source_items {
        let sku = item.sku.unwrap_or_default();
        let source_code = item.source_code.unwrap_or_default();
        let quantity = stored(item.quantity.unwrap_or_default()).ok_or_else(could_not_save)?;
        let status = item.status.unwrap_or_default();
        let key = (text_key(&sku), text_key(&source_code));
        if let Some(row) = places.get(&key).and_then(|place| rows.get_mut(*place)) {
            (row.quantity, row.status) = (quantity, status);
            continue;
        }
        let known = writing.shelf.held_of(&key.0);
        let known = known.iter().find(|held| text_key(&held.source_code) == key.1);
        places.insert(key, rows.len());
        rows.push(match known {
            Some(held) => Held {
                quantity,
                status,
                ..held.clone()
            },
            None => Held {
                id: None,
                source_code,
                sku,
                quantity,
                status,
            },
        });
    }
    Ok(rows)
}

/// As the column keeps it: four digits behind the point, eight before; `None` when it does not fit.
fn stored(quantity: Decimal) -> Option<Decimal> {
    const MOST: i64 = 100_000_000;
    let mut quantity = quantity.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero);
    quantity.rescale(4);
    (quantity.abs() < Decimal::from(MOST)).then_some(quantity)
}
