//! Some of what one source holds to another one.

use std::collections::HashMap;

use contract::error::Detail;
use contract::{Cx, Error, Result, operation};
use rust_decimal::Decimal;

use super::products::existing;
use super::{distinct, held, is_default, stored, wrong_move};
use crate::data::bulk_source::PartialTransferItem;
use crate::repo::source_item::Held;
use crate::service::source_item::write::Writing;

/// Run bulk partial inventory transfer for specified items.
#[operation(
    "inventoryCatalogApiBulkPartialInventoryTransferV1",
    "Transfers of quantities."
)]
#[route(POST "/V1/inventory/bulk-partial-source-transfer" => "Magento_Catalog::products")]
pub(crate) async fn execute(
    cx: &mut Cx<'_>,
    origin_source_code: String,
    destination_source_code: String,
    items: Vec<PartialTransferItem>,
) -> Result<()> {
    let mut wrong = wrong_move(cx, &origin_source_code, &destination_source_code).await?;
    let items = items.into_iter().map(complete).collect::<Result<Vec<_>>>()?;
    let skus: Vec<String> = items.iter().map(|(sku, _)| sku.clone()).collect();
    let writing = Writing::begin(cx, &distinct(&skus)).await?;
    let mut sources = Sources {
        origin: &origin_source_code,
        destination: &destination_source_code,
        rows: HashMap::new(),
    };
    for (sku, qty) in &items {
        sources.check(&writing, sku, *qty, &mut wrong);
    }
    if !wrong.is_empty() {
        return Err(Error::invalid("Transfer validation failed").with_errors(wrong));
    }
    // Only the default source asks the catalog.
    if is_default(&origin_source_code) || is_default(&destination_source_code) {
        existing(cx, &skus).await?;
    }
    let rows = sources.rows.into_values().flat_map(|(from, to)| [from, to]);
    let rows = rows.map(|held| {
        Ok(Held {
            quantity: stored(held.quantity)?,
            ..held
        })
    });
    writing.save(cx, rows.collect::<Result<_>>()?).await
}

/// Both members must be sent; Magento dies of an item that lacks one.
fn complete(item: PartialTransferItem) -> Result<(String, Decimal)> {
    let sku = item.sku.ok_or_else(|| Error::required(["sku"]))?;
    let qty = item.qty.ok_or_else(|| Error::required(["qty"]))?;
    Ok((sku, stored(qty)?))
}

/// Origin and destination, and what they will hold.
struct Sources<'a> {
    origin: &'a str,
    destination: &'a str,
    /// By SKU.
    rows: HashMap<String, (Held, Held)>,
}

impl Sources<'_> {
    /// Moves a quantity if the origin has it, counting what items before it moved. Magento lets quantities below
    /// zero go the other way; here nothing has them.
    fn check(&mut self, writing: &Writing, sku: &str, qty: Decimal, wrong: &mut Vec<Detail>) {
        let missing = |code: &str| {
            let text = format!("Source item for {sku} and {code} does not exist");
            Detail::new("%message").with("message", text)
        };
        let not_available = || {
            let text = "Requested transfer amount for sku %sku is not available";
            Detail::new(text).with("sku", sku)
        };
        let Some(from) = held(writing, sku, self.origin) else {
            wrong.push(missing(self.origin));
            return;
        };
        let to = held(writing, sku, self.destination);
        let moved = self.rows.get(&from.sku);
        let left = moved.map_or(from.quantity, |(from, _)| from.quantity);
        if left < qty || qty < Decimal::ZERO {
            wrong.push(not_available());
        }
        let Some(to) = to else {
            wrong.push(missing(self.destination));
            return;
        };
        let rows = self.rows.entry(from.sku.clone());
        let (from, to) = rows.or_insert_with(|| (from.clone(), to.clone()));
        from.quantity -= qty;
        to.quantity += qty;
        to.status = 1;
    }
}
