//! What products cost the shop.

use std::sync::Arc;

use contract::{Cx, Result, operation};
use eav::values::Write;
use store::Scopes;

use super::{Failures, Products, attribute, is_below_zero, is_store, text};
use crate::data::price::{Cost, PriceUpdateResult};
use crate::repo;

const TYPES: [&str; 3] = ["simple", "virtual", "downloadable"];

/// Return product prices; SKUs that there are not are left out.
#[operation("catalogCostStorageV1", "Costs of many products.")]
#[route(POST "/V1/products/cost-information" => "Magento_Catalog::catalog")]
pub(crate) async fn get(cx: &mut Cx<'_>, skus: Vec<String>) -> Result<Vec<Cost>> {
    let products = Products::find(cx, skus.iter().map(String::as_str))
        .await?
        .of_types(&TYPES);
    let cost = attribute(cx, "cost")?;
    let rows = repo::price::prices(cx.session(), cost.id, &products.ids()).await?;
    Ok(rows
        .into_iter()
        .map(|row| Cost {
            cost: row.value,
            store_id: Some(row.store_id),
            sku: products.sku_of(row.entity_id),
            ..Cost::default()
        })
        .collect())
}

/// Add or update product cost, each in its store view only.
#[operation("catalogCostStorageV1")]
#[route(POST "/V1/products/cost" => "Magento_Catalog::catalog")]
pub(crate) async fn update(cx: &mut Cx<'_>, prices: Vec<Cost>) -> Result<Vec<PriceUpdateResult>> {
    let skus = prices.iter().filter_map(|price| price.sku.as_deref());
    let products = Products::find(cx, skus).await?.of_types(&TYPES);
    let cost = attribute(cx, "cost")?;
    let mut failures = Failures::default();
    let mut writes = Vec::new();
    for price in &prices {
        let before = failures.0.len();
        let product = products.get(price.sku.as_deref());
        check(cx, price, product.is_some(), &mut failures)?;
        if let (Some(product), true) = (product, failures.0.len() == before) {
            writes.push(Write {
                entity_id: product.id,
                attribute: &cost,
                stores: vec![price.store_id.unwrap_or_default()],
                value: price.cost.map(|cost| cost.to_string()),
                delete: false,
            });
        }
    }
    super::save(cx, &super::last_of_each(writes)).await?;
    Ok(failures.0)
}

fn check(cx: &Cx<'_>, price: &Cost, is_known: bool, failures: &mut Failures) -> Result<()> {
    if !is_known {
        let parameters = vec![Some("SKU".to_owned()), price.sku.clone()];
        failures.add("Invalid attribute %fieldName = %fieldValue.", parameters);
    }
    let store = price.store_id.map(|id| id.to_string());
    let row = [("SKU", price.sku.clone()), ("storeId", store)];
    if is_below_zero(price.cost) {
        let parameters = [&[("cost", text(price.cost))], row.as_slice()].concat();
        let message = "Invalid attribute Cost = %cost. Row ID: SKU = %SKU, Store ID: %storeId.";
        failures.add_filled(message, &parameters);
    }
    if !is_store(cx, price.store_id)? {
        let message = "Requested store is not found. Row ID: SKU = %SKU, Store ID: %storeId.";
        failures.add_filled(message, &row);
    }
    Ok(())
}

/// Delete product cost, in all store views; SKUs that there are not are passed over.
#[operation("catalogCostStorageV1")]
#[route(POST "/V1/products/cost-delete" => "Magento_Catalog::catalog")]
pub(crate) async fn delete(cx: &mut Cx<'_>, skus: Vec<String>) -> Result<bool> {
    let products = Products::find(cx, skus.iter().map(String::as_str))
        .await?
        .of_types(&TYPES);
    let cost = attribute(cx, "cost")?;
    let mut stores = cx.service::<Arc<Scopes>>()?.view_ids();
    stores.push(0);
    let write = |entity_id| Write {
        entity_id,
        attribute: &cost,
        stores: stores.clone(),
        value: None,
        delete: true,
    };
    let writes: Vec<Write<'_>> = products.ids().into_iter().map(write).collect();
    super::save(cx, &writes).await?;
    Ok(true)
}
