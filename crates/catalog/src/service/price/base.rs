//! Base prices.

use std::collections::HashMap;
use std::sync::Arc;

use contract::{Cx, Result, operation};
use eav::metadata::AttributeScope;
use eav::values::Write;
use rust_decimal::Decimal;
use store::Scopes;

use super::{Failures, Products, attribute, is_below_zero, is_store, text};
use crate::data::price::{BasePrice, PriceUpdateResult};
use crate::repo;

const TYPES: [&str; 4] = ["simple", "virtual", "bundle", "downloadable"];
/// `price_type` of bundles with a price of their own.
const FIXED: i64 = 1;

/// The products that have a base price: bundles only with a fixed one.
async fn priced<'a>(cx: &mut Cx<'_>, skus: impl Iterator<Item = &'a str>) -> Result<Products> {
    let mut products = Products::find(cx, skus).await?.of_types(&TYPES);
    let bundles = products.by_sku.values().filter(|row| row.type_id == "bundle");
    let bundles: Vec<i64> = bundles.map(|row| row.id).collect();
    if bundles.is_empty() {
        return Ok(products);
    }
    let price_type = attribute(cx, "price_type")?;
    let fixed = repo::price::with_value(cx.session(), price_type.id, FIXED, &bundles).await?;
    products.keep(|row| row.type_id != "bundle" || fixed.contains(&row.id));
    Ok(products)
}

/// Return product prices; SKUs that there are not are left out.
#[operation("catalogBasePriceStorageV1", "Base prices of many products.")]
#[route(POST "/V1/products/base-prices-information" => "Magento_Catalog::catalog")]
pub(crate) async fn get(cx: &mut Cx<'_>, skus: Vec<String>) -> Result<Vec<BasePrice>> {
    let products = priced(cx, skus.iter().map(String::as_str)).await?;
    let price = attribute(cx, "price")?;
    let rows = repo::price::prices(cx.session(), price.id, &products.ids()).await?;
    Ok(rows
        .into_iter()
        .map(|row| BasePrice {
            price: row.value,
            store_id: Some(row.store_id),
            sku: products.sku_of(row.entity_id),
            ..BasePrice::default()
        })
        .collect())
}

/// Add or update product prices. A price of a store view goes to all views of its website; indexed prices stay as
/// they are (`spec/scopes.md` fact 18).
#[operation("catalogBasePriceStorageV1")]
#[route(POST "/V1/products/base-prices" => "Magento_Catalog::catalog")]
pub(crate) async fn update(cx: &mut Cx<'_>, prices: Vec<BasePrice>) -> Result<Vec<PriceUpdateResult>> {
    let products = priced(cx, prices.iter().filter_map(|price| price.sku.as_deref())).await?;
    let mut failures = Failures::default();
    let mut valid = Vec::new();
    for price in &prices {
        let before = failures.0.len();
        let id = check(cx, &products, price, &mut failures)?;
        if let (Some(id), true) = (id, failures.0.len() == before) {
            valid.push((id, price.store_id.unwrap_or_default(), price.price));
        }
    }
    save(cx, &valid).await?;
    Ok(failures.0)
}

/// Collects what is wrong with a price; its product.
fn check(
    cx: &Cx<'_>,
    products: &Products,
    price: &BasePrice,
    failures: &mut Failures,
) -> Result<Option<i64>> {
    const INVALID: &str = "Invalid attribute %fieldName = %fieldValue.";
    let field = |name: &str, value| vec![Some(name.to_owned()), value];
    let product = products.get(price.sku.as_deref()).map(|row| row.id);
    if product.is_none() {
        failures.add(INVALID, field("SKU", price.sku.clone()));
    }
    if is_below_zero(price.price) {
        failures.add(INVALID, field("Price", text(price.price)));
    }
    if !is_store(cx, price.store_id)? {
        let store = price.store_id.map(|id| id.to_string());
        let parameters = [("SKU", price.sku.clone()), ("storeId", store)];
        let message = "Requested store is not found. Row ID: SKU = %SKU, Store ID: %storeId.";
        failures.add_filled(message, &parameters);
    }
    Ok(product)
}

/// Writes prices: product, store view, price. Of several for one view the last counts, and what comes from another
/// view of the website counts as later.
async fn save(cx: &mut Cx<'_>, prices: &[(i64, i64, Option<Decimal>)]) -> Result<()> {
    if prices.is_empty() {
        return Ok(());
    }
    let attribute = attribute(cx, "price")?;
    let scopes = cx.service::<Arc<Scopes>>()?;
    let mut wanted: HashMap<(i64, i64), Option<Decimal>> = HashMap::new();
    for (id, store, price) in prices {
        let store = match attribute.scope {
            AttributeScope::Global => 0,
            _ => *store,
        };
        wanted.insert((*id, store), *price);
    }
    if attribute.scope == AttributeScope::Website {
        for (id, store, price) in prices {
            let website = scopes
                .view(*store)
                .map(|view| view.website_id)
                .filter(|_| *store != 0);
            let views = website
                .map(|website| scopes.views_of_website(website))
                .unwrap_or_default();
            for view in views.into_iter().filter(|view| view != store) {
                wanted.insert((*id, view), *price);
            }
        }
    }
    let mut wanted: Vec<_> = wanted.into_iter().collect();
    wanted.sort_by_key(|(key, _)| *key);
    let write = |((id, store), price): ((i64, i64), Option<Decimal>)| Write {
        entity_id: id,
        attribute: &attribute,
        stores: vec![store],
        value: price.map(|price| price.to_string()),
        delete: false,
    };
    let writes: Vec<Write<'_>> = wanted.into_iter().map(write).collect();
    super::save(cx, &writes).await?;
    let mut ids: Vec<i64> = prices.iter().map(|(id, _, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    let now = cx.now_text();
    for ids in ids.chunks(super::SKUS) {
        repo::product::touch(cx.session(), ids, &now).await?;
    }
    Ok(())
}
