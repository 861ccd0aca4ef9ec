//! Takes products out of sources.

use std::collections::HashSet;

use contract::{Cx, Error, Result, operation};
use db::text_key;

use super::write::Writing;
use crate::data::source_item::SourceItem;
use crate::repo;
use crate::repo::source_item::Held;

/// Delete Multiple Source item data.
#[operation("inventoryApiSourceItemsDeleteV1", "Source items.")]
#[route(POST "/V1/inventory/source-items-delete" => "Magento_InventoryApi::stock_source_item_assign")]
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
    let key = |text: Option<&str>| text_key(text.unwrap_or_default());
    let named: HashSet<(String, String)> = source_items
        .iter()
        .map(|item| (key(item.source_code.as_deref()), key(item.sku.as_deref())))
        .collect();
    let held: Vec<Held> = writing
        .shelf
        .held
        .values()
        .flatten()
        .filter(|held| named.contains(&(text_key(&held.source_code), text_key(&held.sku))))
        .cloned()
        .collect();
    repo::source::delete_notify(cx.session(), &held).await?;
    writing.remove(cx, &held).await
}
