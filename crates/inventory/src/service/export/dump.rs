//! A stock's index.

use std::collections::HashMap;
use std::sync::Arc;

use catalog::ProductRow;
use contract::{Cx, Error, Result, operation};
use db::text_key;
use rust_decimal::Decimal;
use store::Scopes;

use crate::data::export::ProductStock;
use crate::item::{DEFAULT_STOCK, is_composite};
use crate::repo;
use crate::service::stock_resolver::resolve;
use crate::settings::Settings;

/// Tells what the stock of a sales channel has of all products of its website: those first of which no stock is kept.
/// The default stock comes by product, others by SKU.
#[operation("inventoryExportStockApiExportStockIndexDataV1", "Stock of all products.")]
#[route(GET "/V1/inventory/dump-stock-index-data/:salesChannelType/:salesChannelCode" => "Magento_InventoryApi::stock")]
pub(crate) async fn execute(
    cx: &mut Cx<'_>,
    sales_channel_type: String,
    sales_channel_code: String,
) -> Result<Vec<ProductStock>> {
    let stock_id = resolve(cx, &sales_channel_type, &sales_channel_code).await?;
    let website_id = cx.service::<Arc<Scopes>>()?.website_by_code(&sales_channel_code);
    let website_id = website_id.ok_or_else(|| Error::not_found("No linked stock found"))?;
    let products = catalog::products_of_website(cx.session(), website_id).await?;
    let managed = managed(cx).await?;
    let endless = products
        .iter()
        .filter(|product| managed.get(&product.id) == Some(&false));
    let mut dump: Vec<ProductStock> = endless
        .map(|product| shown(product, Decimal::ZERO, true))
        .collect();
    let kept = products
        .iter()
        .filter(|product| managed.get(&product.id) == Some(&true));
    if stock_id == DEFAULT_STOCK {
        let data = repo::salable::all_statuses(cx.session()).await?;
        let data: HashMap<i64, (Decimal, bool)> = data
            .into_iter()
            .map(|(id, qty, sold)| (id, (qty, sold)))
            .collect();
        dump.extend(kept.filter_map(|product| {
            let (qty, sold) = *data.get(&product.id)?;
            Some(shown(product, qty, sold))
        }));
    } else {
        let kept: HashMap<String, &ProductRow> =
            kept.map(|product| (text_key(&product.sku), product)).collect();
        let data = repo::salable::all_indexed(cx.session(), stock_id).await?;
        let data = data.ok_or_else(|| Error::invalid("Could not receive Stock Item data"))?;
        dump.extend(data.into_iter().filter_map(|row| {
            let product = kept.get(&text_key(&row.sku))?;
            Some(shown(product, row.quantity, row.salable))
        }));
    }
    Ok(dump)
}

/// Whether stock is kept, by product.
async fn managed(cx: &mut Cx<'_>) -> Result<HashMap<i64, bool>> {
    let configured = Settings::read(cx).manage_stock;
    let items = repo::salable::managed(cx.session()).await?;
    Ok(items
        .into_iter()
        .map(|(id, use_config, own)| (id, if use_config { configured } else { own }))
        .collect())
}

/// Products that consist of others have no quantity, whatever the index says.
fn shown(product: &ProductRow, qty: Decimal, is_salable: bool) -> ProductStock {
    ProductStock {
        sku: product.sku.clone(),
        qty: if is_composite(&product.type_id) {
            Decimal::ZERO
        } else {
            qty
        },
        is_salable,
    }
}
