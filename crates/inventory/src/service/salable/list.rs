//! The same questions about several products.

use contract::{Cx, Error, Result, operation};

use super::Facts;
use crate::data::salable::{IsSalableResult, QtyRequest, QtyResult};

/// Get products salable status for given SKUs and given Stock.
#[operation("inventorySalesApiAreProductsSalableV1", "Whether products can be sold.")]
#[route(GET "/V1/inventory/are-products-salable" => "Magento_InventorySalesApi::stock")]
pub(crate) async fn are_products_salable(
    cx: &mut Cx<'_>,
    skus: Vec<String>,
    stock_id: i64,
) -> Result<Vec<IsSalableResult>> {
    let asked: Vec<&str> = skus.iter().map(String::as_str).collect();
    let facts = Facts::load(cx, stock_id, &asked).await?;
    let answer = |sku: String| {
        Ok(IsSalableResult {
            salable: facts.is_salable(&sku)?,
            sku,
            stock_id,
            ..IsSalableResult::default()
        })
    };
    skus.into_iter().map(answer).collect()
}

/// Get whether products are salable in requested Qty for given set of SKUs in specified stock.
#[operation(
    "inventorySalesApiAreProductsSalableForRequestedQtyV1",
    "Whether quantities can be sold."
)]
#[route(GET "/V1/inventory/are-product-salable-for-requested-qty/" => "Magento_InventorySalesApi::stock")]
pub(crate) async fn are_products_salable_for_qty(
    cx: &mut Cx<'_>,
    sku_requests: Vec<QtyRequest>,
    stock_id: i64,
) -> Result<Vec<QtyResult>> {
    let mut asked = Vec::new();
    for request in sku_requests {
        // Magento dies of a request without them.
        let sku = request.sku.ok_or_else(|| Error::required(["sku"]))?;
        asked.push((sku, request.qty.ok_or_else(|| Error::required(["qty"]))?));
    }
    let skus: Vec<&str> = asked.iter().map(|(sku, _)| sku.as_str()).collect();
    let facts = Facts::load(cx, stock_id, &skus).await?;
    let mut results = Vec::new();
    for (sku, qty) in asked {
        let errors = facts.objections(&sku, qty)?;
        results.push(QtyResult {
            sku,
            stock_id,
            salable: errors.is_empty(),
            errors,
            ..QtyResult::default()
        });
    }
    Ok(results)
}
