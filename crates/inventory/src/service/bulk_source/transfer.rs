//! All that one source holds to another one.

use std::collections::HashMap;

use contract::{Cx, Error, Result, operation};
use db::text_key;
use rust_decimal::Decimal;

use super::products::existing;
use super::{SCALE, distinct, held, sources, stored, wrong_move};
use crate::item::has_quantity;
use crate::repo;
use crate::repo::low_quantity::Notification;
use crate::repo::source_item::Held;
use crate::service::source_item::write::Writing;

/// Run bulk inventory transfer
#[operation("inventoryCatalogApiBulkInventoryTransferV1", "Transfers of products.")]
#[route(POST "/V1/inventory/bulk-product-source-transfer" => "Magento_Catalog::products")]
pub(crate) async fn execute(
    cx: &mut Cx<'_>,
    skus: Vec<String>,
    origin_source: String,
    destination_source: String,
    unassign_from_origin: bool,
) -> Result<bool> {
    let wrong = wrong_move(cx, &origin_source, &destination_source).await?;
    if !wrong.is_empty() {
        let text = "Validation Error: Select different sources for origin and destination.";
        return Err(Error::invalid(text).with_errors(wrong));
    }
    let mut codes = sources(cx, &[&origin_source, &destination_source]).await?;
    let mut code = |code: &str| codes.remove(&text_key(code)).unwrap_or_default();
    let (origin, destination) = (code(&origin_source), code(&destination_source));
    let products = existing(cx, &skus).await?;
    let mut skus = distinct(&skus);
    skus.retain(|sku| {
        products
            .get(*sku)
            .is_some_and(|product| has_quantity(&product.type_id))
    });
    let writing = Writing::begin(cx, &skus).await?;
    let mut rows = Vec::new();
    for sku in &skus {
        rows.extend(moved(&writing, sku, &origin, &destination)?);
    }
    copy_notifications(cx, &skus, &origin, &destination).await?;
    writing.save(cx, rows).await?;
    if unassign_from_origin {
        let gone: Vec<(&str, &str)> = skus.iter().map(|sku| (origin.as_str(), *sku)).collect();
        repo::low_quantity::delete(cx.session(), &gone).await?;
        let writing = Writing::begin(cx, &skus).await?;
        let gone = skus
            .iter()
            .filter_map(|sku| held(&writing, sku, &origin).cloned());
        let gone: Vec<Held> = gone.collect();
        writing.remove(cx, &gone).await?;
    }
    Ok(true)
}

/// What origin and destination hold afterwards. A destination that does not know the product learns of it, even if
/// the origin does not know it either.
fn moved(writing: &Writing, sku: &str, origin: &str, destination: &str) -> Result<Vec<Held>> {
    let (from, to) = (held(writing, sku, origin), held(writing, sku, destination));
    let quantity = |held: Option<&Held>| held.map_or(Decimal::ZERO, |held| held.quantity);
    let quantity = stored(quantity(from) + quantity(to))?;
    let mut rows = Vec::new();
    if from.is_some() || to.is_none() {
        let new = || Held {
            id: None,
            source_code: destination.to_owned(),
            sku: sku.to_owned(),
            quantity,
            status: 0,
        };
        let status = from.map_or(0, |held| held.status);
        let to = to.cloned().unwrap_or_else(new);
        rows.push(Held {
            quantity,
            status,
            ..to
        });
    }
    rows.extend(from.map(|held| Held {
        quantity: Decimal::new(0, SCALE),
        status: 0,
        ..held.clone()
    }));
    Ok(rows)
}

/// Where the destination has no quantity below which stock is low, it takes over the origin's.
async fn copy_notifications(cx: &mut Cx<'_>, skus: &[&str], origin: &str, destination: &str) -> Result<()> {
    let stored = repo::low_quantity::of_source(cx.session(), origin, skus).await?;
    let stored: HashMap<String, Option<Decimal>> = stored
        .into_iter()
        .map(|(sku, qty)| (text_key(&sku), qty))
        .collect();
    let rows: Vec<Notification> = skus
        .iter()
        .map(|sku| Notification {
            source_code: destination.to_owned(),
            sku: (*sku).to_owned(),
            qty: stored.get(&text_key(sku)).copied().flatten(),
        })
        .collect();
    repo::low_quantity::add(cx.session(), &rows).await
}
