//! Saves and deletes.

use std::collections::BTreeMap;

use contract::{Cx, Error, Result, operation};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::data::low_quantity::LowQuantity;
use crate::data::source_item::SourceItem;
use crate::repo;
use crate::repo::low_quantity::Notification;
use crate::service::bulk_source::products::existing;
use crate::service::source::save::DEFAULT_SOURCE;

/// What the quantity's column holds: eight digits before the point.
const MOST: i64 = 100_000_000;

/// The widths of the columns.
const SOURCE_CODE_LENGTH: usize = 255;
const SKU_LENGTH: usize = 64;

/// Saves for which quantities of products in sources the stock is low. Sources and products that are not there are
/// taken, except products of the default source.
#[operation(
    "inventoryLowQuantityNotificationApiSourceItemConfigurationsSaveV1",
    "Notifications of low stock."
)]
#[route(POST "/V1/inventory/low-quantity-notification" => "Magento_InventoryLowQuantityNotificationApi::stock_create_low_quantity_notification")]
pub(crate) async fn save(cx: &mut Cx<'_>, source_item_configurations: Vec<LowQuantity>) -> Result<()> {
    if source_item_configurations.is_empty() {
        return Err(Error::invalid("Input data is empty"));
    }
    let rows: Option<Vec<Notification>> = source_item_configurations.into_iter().map(row).collect();
    let rows = rows.ok_or_else(|| Error::invalid("Could not save Source Item Configuration"))?;
    repo::low_quantity::save(cx.session(), &rows).await?;
    if repo::salable::is_single_source(cx.session()).await? {
        return Ok(());
    }
    follow(cx, &rows).await
}

/// Delete multiple source items configuration for low quantity
#[operation(
    "inventoryLowQuantityNotificationApiDeleteSourceItemsConfigurationV1",
    "Notifications of low stock."
)]
#[route(POST "/V1/inventory/low-quantity-notifications-delete" => "Magento_InventoryLowQuantityNotificationApi::stock_delete_low_quantity_notification")]
pub(crate) async fn delete(cx: &mut Cx<'_>, source_items: Vec<SourceItem>) -> Result<()> {
    let named = source_items
        .iter()
        .filter_map(|item| Some((item.source_code.as_deref()?, item.sku.as_deref()?)));
    let rows: Vec<(&str, &str)> = named.collect();
    repo::low_quantity::delete(cx.session(), &rows).await
}

/// The row of a configuration that fits into its columns.
fn row(sent: LowQuantity) -> Option<Notification> {
    let (source_code, sku) = (sent.source_code?, sent.sku?);
    let most = Decimal::from(MOST);
    let qty = sent
        .notify_stock_qty
        .map(|qty| qty.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero));
    let fits = source_code.chars().count() <= SOURCE_CODE_LENGTH
        && sku.chars().count() <= SKU_LENGTH
        && sent
            .notify_stock_qty
            .is_none_or(|qty| qty.round_dp(4).abs() < most);
    fits.then_some(Notification {
        source_code,
        sku,
        qty,
    })
}

/// Has stock items say what the default source's rows do; of several rows of a product the last one counts.
async fn follow(cx: &mut Cx<'_>, rows: &[Notification]) -> Result<()> {
    let of_default = rows.iter().filter(|row| row.source_code == DEFAULT_SOURCE);
    let skus: Vec<String> = of_default.clone().map(|row| row.sku.clone()).collect();
    let products = existing(cx, &skus).await?;
    let mut items = BTreeMap::new();
    for row in of_default {
        if let Some(product) = products.get(&row.sku) {
            let use_config = row.qty.is_none_or(|qty| qty.is_zero());
            items.insert(product.id, (row.qty.unwrap_or(Decimal::ONE), use_config));
        }
    }
    let items: Vec<(i64, Decimal, bool)> = items
        .into_iter()
        .map(|(id, (qty, use_config))| (id, qty, use_config))
        .collect();
    repo::low_quantity::save_in_items(cx.session(), &items).await
}
