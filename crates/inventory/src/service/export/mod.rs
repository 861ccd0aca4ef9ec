//! The stock of many products.

mod dump;

use contract::search::SearchCriteria;
use contract::{Cx, Operation, Result, operation};
use rust_decimal::Decimal;

use crate::data::export::{Exported, ProductStock, SalableQtySearchResult};
use crate::service::salable::Facts;
use crate::service::stock_resolver::resolve;

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[&dump::EXECUTE, &EXPORT];

/// Products whose facts are read at once.
const AT_ONCE: usize = 10_000;

/// Export product stock data filtered by search criteria.
#[operation(
    "inventoryExportStockApiExportStockSalableQtyV1",
    "Salable quantities of products."
)]
#[route(GET "/V1/inventory/export-stock-salable-qty/:salesChannelType/:salesChannelCode" => "Magento_InventoryApi::stock")]
pub(crate) async fn export(
    cx: &mut Cx<'_>,
    sales_channel_type: String,
    sales_channel_code: String,
    search_criteria: SearchCriteria,
) -> Result<SalableQtySearchResult> {
    let stock_id = resolve(cx, &sales_channel_type, &sales_channel_code).await?;
    let products = catalog::found(cx, &search_criteria).await?;
    let mut items = Vec::new();
    for products in products.chunks(AT_ONCE) {
        let skus: Vec<&str> = products.iter().map(|product| product.sku.as_str()).collect();
        let facts = Facts::load(cx, stock_id, &skus).await?;
        for sku in skus {
            items.extend(item(&facts, sku)?.map(Exported));
        }
    }
    Ok(SalableQtySearchResult {
        total_count: i64::try_from(items.len()).unwrap_or(i64::MAX),
        items,
        search_criteria,
    })
}

/// What the stock has of a product; nothing when none of its sources knows it.
fn item(facts: &Facts, sku: &str) -> Result<Option<ProductStock>> {
    let item = |qty, is_salable| ProductStock {
        sku: sku.to_owned(),
        qty,
        is_salable,
    };
    if !facts.has_quantity(sku) {
        return Ok(Some(item(Decimal::ZERO, facts.is_salable(sku)?)));
    }
    if !facts.manages(sku) {
        return Ok(Some(item(Decimal::ZERO, true)));
    }
    if !facts.is_held(sku) {
        return Ok(None);
    }
    Ok(Some(item(facts.quantity(sku)?, facts.is_salable(sku)?)))
}

#[cfg(test)]
mod tests;
