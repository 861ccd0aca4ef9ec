//! The stock of products, for the catalog.

use std::collections::HashMap;

use catalog::ProductRow;
use catalog::data::stock_item::StockItem;
use catalog::port::Stock;
use contract::{BoxFuture, Cx, Error, Result, StoreScope};
use rust_decimal::Decimal;

use crate::item::{DEFAULT_STOCK, Item, has_quantity, is_composite};
use crate::repo;
use crate::service::network::Network;
use crate::service::{index, status};
use crate::settings::Settings;

/// Digits before the point of the quantity columns.
const MOST: i64 = 100_000_000;

/// Keeps the stock of products: a service of the process, as `Arc<dyn Stock>`.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProductStock;

impl Stock for ProductStock {
    fn load_many<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        _scope: &'a StoreScope,
        products: &'a [ProductRow],
    ) -> BoxFuture<'a, Result<HashMap<i64, StockItem>>> {
        Box::pin(async move {
            let settings = Settings::read(cx);
            let ids: Vec<i64> = products.iter().map(|product| product.id).collect();
            let items = repo::item::load(cx.session(), &ids).await?;
            let shown = items
                .into_iter()
                .map(|item| (item.product_id, item.show(&settings)));
            Ok(shown.collect())
        })
    }

    fn save<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        _scope: &'a StoreScope,
        product: &'a ProductRow,
        is_new: bool,
        given: Option<StockItem>,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(save(cx, product, is_new, given))
    }

    fn rename<'a>(&'a self, cx: &'a mut Cx<'_>, from: &'a str, to: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            repo::source::rename(cx.session(), from, to).await?;
            if follows_catalog(cx) {
                repo::reservation::rename(cx.session(), from, to).await?;
            }
            index::follow_rename(cx, from, to).await
        })
    }

    fn delete<'a>(&'a self, cx: &'a mut Cx<'_>, product: &'a ProductRow) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            repo::status::delete(cx.session(), &[product.id]).await?;
            repo::source::delete(cx.session(), &product.sku).await?;
            if follows_catalog(cx) {
                repo::reservation::delete(cx.session(), &product.sku).await?;
            }
            index::follow_delete(cx, &product.sku).await
        })
    }
}

/// Whether what is promised of a product changes its SKU, and goes, with the product.
fn follows_catalog(cx: &Cx<'_>) -> bool {
    let value = cx.default_config("cataloginventory/options/synchronize_with_catalog");
    value.is_some_and(|value| !matches!(&*value, "" | "0"))
}

/// Saves the stock of a product with what was sent.
pub(crate) async fn save(
    cx: &mut Cx<'_>,
    product: &ProductRow,
    is_new: bool,
    given: Option<StockItem>,
) -> Result<()> {
    let settings = Settings::read(cx);
    // From here on other writers of the product's stock wait: what is written depends on what is read.
    cx.session().begin().await?;
    let stored = if is_new {
        None
    } else {
        catalog::lock(cx.session(), &[product.id]).await?;
        repo::item::load(cx.session(), &[product.id]).await?.pop()
    };
    let mut item = stored.clone().unwrap_or_else(|| Item::new(product.id));
    if let Some(given) = &given {
        check(given, stored.as_ref())?;
        item.take(given);
    }
    let now = cx.now_text();
    item.settle(&product.type_id, &settings, &now);
    match &stored {
        None => repo::item::insert(cx.session(), &item).await?,
        Some(stored) if *stored != item => repo::item::update(cx.session(), &item).await?,
        Some(_) => {}
    }
    if has_quantity(&product.type_id) {
        save_source(cx, &product.sku, &item, &settings, given.is_some()).await?;
    }
    if is_new && !is_composite(&product.type_id) {
        // It is in the default source only, and a part of nothing.
        return status::follow(cx, &settings, product, &item, None).await;
    }
    let network = Network::load(cx.session(), false).await?;
    status::follow(cx, &settings, product, &item, Some(&network)).await?;
    index::follow_product(cx, &settings, &network, product).await
}

/// What the default source holds is what the item says; a source that knows nothing of the product learns of it
/// when there is something to sell.
async fn save_source(cx: &mut Cx<'_>, sku: &str, item: &Item, settings: &Settings, sent: bool) -> Result<()> {
    let (qty, in_stock) = (item.qty.unwrap_or_default(), item.in_stock(settings));
    // An insert that finds the row there would use up one of MySQL's ids for each save.
    let known = repo::source::update(cx.session(), sku, qty, in_stock).await?;
    if !known && (in_stock || !qty.is_zero()) {
        repo::source::save(cx.session(), sku, qty, in_stock).await?;
    }
    // Dumps: only products whose stock item was sent have such a row.
    if sent {
        let own = !item.use_config_notify_stock_qty.unwrap_or(true);
        let notify = item.notify_stock_qty.filter(|_| own);
        repo::source::set_notify_qty(cx.session(), sku, notify).await?;
    }
    Ok(())
}

/// Refuses stock items of other products and stocks, and what the columns cannot hold.
fn check(given: &StockItem, stored: Option<&Item>) -> Result<()> {
    if let Some(stock_id) = given.stock_id.filter(|id| *id != DEFAULT_STOCK) {
        return Err(
            Error::invalid("Invalid stock id: %1. Only default stock with id %2 allowed")
                .with_next(stock_id)
                .with_next(DEFAULT_STOCK),
        );
    }
    if let Some(item_id) = given.item_id {
        if item_id <= 0 {
            return Err(Error::invalid(
                "Invalid stock item id: %1. Should be null or numeric value greater than 0",
            )
            .with_next(item_id));
        }
        if let Some(assigned) = stored.and_then(|item| item.id).filter(|id| *id != item_id) {
            return Err(
                Error::invalid("Invalid stock item id: %1. Assigned stock item id is %2")
                    .with_next(item_id)
                    .with_next(assigned),
            );
        }
    }
    let quantities = [
        ("qty", given.qty),
        ("min_qty", given.min_qty),
        ("min_sale_qty", given.min_sale_qty),
        ("max_sale_qty", given.max_sale_qty),
        ("notify_stock_qty", given.notify_stock_qty),
        ("qty_increments", given.qty_increments),
    ];
    let most = Decimal::from(MOST);
    let too_much = quantities
        .into_iter()
        .find(|(_, qty)| qty.is_some_and(|qty| qty.abs() >= most));
    let numbers = [
        ("backorders", given.backorders),
        ("use_config_min_sale_qty", given.use_config_min_sale_qty),
        ("stock_status_changed_auto", given.stock_status_changed_auto),
    ];
    let wrong = numbers
        .into_iter()
        .find(|(_, number)| number.is_some_and(|number| u16::try_from(number).is_err()));
    match too_much.map(|(name, _)| name).or(wrong.map(|(name, _)| name)) {
        Some(name) => {
            Err(Error::invalid("The \"%fieldName\" value is out of range.").with("fieldName", name))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
