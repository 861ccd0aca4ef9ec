//! The legacy stock of products follows what the default source holds.

use contract::{Cx, Result};
use rust_decimal::Decimal;

use super::write::Writing;
use crate::item::{Item, has_quantity};
use crate::repo;
use crate::repo::source_item::Held;
use crate::service::status;
use crate::settings::Settings;

/// What Magento's indexers must look at when products come into stock or go out of it; quantities alone change
/// neither prices nor searches.
const INDEXERS: &[&str] = &["catalog_product_price", "catalogsearch_fulltext"];

/// Brings stock items and their status to what the default source holds, by the SKUs' keys. Quantity and state only:
/// dates and flags of the item stay as they are.
pub(super) async fn follow(cx: &mut Cx<'_>, writing: &mut Writing, default: &[(String, Held)]) -> Result<()> {
    let mut changed: Vec<Item> = Vec::with_capacity(default.len());
    let mut state = false;
    for (key, held) in default {
        let Some(product) = writing.shelf.products.get(key) else {
            continue;
        };
        let Some(item) = writing.shelf.items.get_mut(&product.id) else {
            continue;
        };
        if !has_quantity(&product.type_id) {
            continue;
        }
        let in_stock = Some(held.status != 0 && can_be_had(&writing.settings, item, held.quantity));
        if item.qty == Some(held.quantity) && item.is_in_stock == in_stock {
            continue;
        }
        state |= item.is_in_stock != in_stock;
        item.qty = Some(held.quantity);
        item.is_in_stock = in_stock;
        changed.push(item.clone());
    }
    if changed.is_empty() {
        return Ok(());
    }
    changed.sort_unstable_by_key(|item| item.id);
    let items: Vec<&Item> = changed.iter().collect();
    repo::item::set_quantities(cx.session(), &items).await?;
    let products = writing.shelf.products.values();
    let enabled = products
        .filter(|product| product.enabled)
        .map(|product| product.id);
    let follow = status::Follow {
        settings: &writing.settings,
        enabled: enabled.collect(),
        items: writing.shelf.items.clone(),
        parts: &writing.parts,
        single_source: writing.network.is_single(),
    };
    let ids: Vec<i64> = changed.iter().map(|item| item.product_id).collect();
    status::follow_parts(cx, follow, &ids, false).await?;
    if state {
        catalog::indexers_changed(cx, INDEXERS).await?;
    }
    Ok(())
}

/// Whether this much is enough for a product whose stock is kept.
fn can_be_had(settings: &Settings, item: &Item, quantity: Decimal) -> bool {
    if !item.manages(settings) {
        return true;
    }
    let least = item.resolved_min_qty(settings);
    if item.resolved_backorders(settings) == 0 {
        quantity > least.max(Decimal::ZERO)
    } else {
        least >= Decimal::ZERO || quantity >= least
    }
}
