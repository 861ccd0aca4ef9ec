//! Products to sources and from them.

use std::collections::HashSet;

use contract::error::Detail;
use contract::{Cx, Error, Result, operation};
use db::text_key;
use rust_decimal::Decimal;

use super::products::existing;
use super::{SCALE, distinct, held, is_default, sources};
use crate::item::has_quantity;
use crate::repo;
use crate::repo::low_quantity::Notification;
use crate::repo::source_item::Held;
use crate::service::source_item::write::Writing;

/// Run mass product to source assignment
#[operation("inventoryCatalogApiBulkSourceAssignV1", "Products to sources.")]
#[route(POST "/V1/inventory/bulk-product-source-assign" => "Magento_Catalog::products")]
pub(crate) async fn assign(cx: &mut Cx<'_>, skus: Vec<String>, source_codes: Vec<String>) -> Result<i64> {
    let codes = known(cx, &source_codes).await?;
    let products = existing(cx, &skus).await?;
    let writing = Writing::begin(cx, &distinct(&skus)).await?;
    let (mut new, mut notifications) = (Vec::new(), Vec::new());
    for sku in distinct(&skus) {
        if !products
            .get(sku)
            .is_some_and(|product| has_quantity(&product.type_id))
        {
            continue;
        }
        for code in &codes {
            notifications.push(Notification {
                source_code: code.clone(),
                sku: sku.to_owned(),
                qty: None,
            });
            if held(&writing, sku, code).is_none() {
                new.push(Held {
                    id: None,
                    source_code: code.clone(),
                    sku: sku.to_owned(),
                    quantity: Decimal::new(0, SCALE),
                    status: 0,
                });
            }
        }
    }
    let count = count(new.len());
    repo::low_quantity::add(cx.session(), &notifications).await?;
    writing.save(cx, new).await?;
    Ok(count)
}

/// Run mass product to source un-assignment
#[operation("inventoryCatalogApiBulkSourceUnassignV1", "Products from sources.")]
#[route(POST "/V1/inventory/bulk-product-source-unassign" => "Magento_Catalog::products")]
pub(crate) async fn unassign(cx: &mut Cx<'_>, skus: Vec<String>, source_codes: Vec<String>) -> Result<i64> {
    let codes = known(cx, &source_codes).await?;
    // Only the default source asks the catalog.
    if codes.iter().any(|code| is_default(code)) {
        existing(cx, &skus).await?;
    }
    let skus = distinct(&skus);
    let writing = Writing::begin(cx, &skus).await?;
    let keys: HashSet<String> = codes.iter().map(|code| text_key(code)).collect();
    let rows = writing.shelf.held.values().flatten();
    let mut gone: Vec<Held> = rows
        .filter(|held| keys.contains(&text_key(&held.source_code)))
        .cloned()
        .collect();
    gone.sort_unstable_by_key(|held| held.id);
    let notifications: Vec<(&str, &str)> = skus
        .iter()
        .flat_map(|sku| codes.iter().map(move |code| (code.as_str(), *sku)))
        .collect();
    repo::low_quantity::delete(cx.session(), &notifications).await?;
    let count = count(gone.len());
    writing.remove(cx, &gone).await?;
    Ok(count)
}

/// The sources as stored, each once.
///
/// # Errors
/// Some are not there.
async fn known(cx: &mut Cx<'_>, codes: &[String]) -> Result<Vec<String>> {
    let asked: Vec<&str> = codes.iter().map(String::as_str).collect();
    let known = sources(cx, &asked).await?;
    let wrong: Vec<Detail> = codes
        .iter()
        .filter(|code| !known.contains_key(&text_key(code)))
        .map(|code| Detail::new("Source %sourceCode does not exist").with("sourceCode", code.as_str()))
        .collect();
    if !wrong.is_empty() {
        return Err(Error::invalid("Validation Failed").with_errors(wrong));
    }
    let mut codes: Vec<String> = known.into_values().collect();
    codes.sort_unstable();
    Ok(codes)
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
