//! Stock items and their status, by SKU. They are those of the default stock, whatever the path says; only the
//! status looks at the website's stock (`spec/scopes.md` fact 37).

use std::sync::Arc;

use catalog::ProductRow;
use catalog::data::stock_item::StockItem;
use contract::{Cx, Error, Operation, Result, operation};
use rust_decimal::Decimal;
use store::Scopes;

use crate::data::stock_registry::{StockItemCollection, StockItemCriteria, StockStatus};
use crate::item::{DEFAULT_STOCK, Item};
use crate::repo;
use crate::service::{product_stock, salable, stock_resolver};
use crate::settings::Settings;

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &GET_STOCK_ITEM_BY_SKU,
    &UPDATE_STOCK_ITEM_BY_SKU,
    &GET_LOW_STOCK_ITEMS,
    &GET_STOCK_STATUS_BY_SKU,
];

/// The website of the default scope.
const ADMIN_WEBSITE: i64 = 0;

/// Tells the stock item of a product.
#[operation("catalogInventoryStockRegistryV1", "Stock items.")]
#[route(GET "/V1/stockItems/:productSku" => "Magento_Catalog::catalog_inventory")]
pub(crate) async fn get_stock_item_by_sku(
    cx: &mut Cx<'_>,
    product_sku: String,
    scope_id: Option<i64>,
) -> Result<StockItem> {
    // Every scope has the same.
    let _ = scope_id;
    let product = find(cx, &product_sku).await?;
    let item = item_of(cx, &product).await?;
    Ok(item.show(&Settings::read(cx)))
}

/// Changes the stock item of a product; the id in the path does not matter (golden `stockitems.update-wrong-id`).
#[operation("catalogInventoryStockRegistryV1")]
#[route(PUT "/V1/products/:productSku/stockItems/:itemId" => "Magento_Catalog::catalog_inventory")]
pub(crate) async fn update_stock_item_by_sku(
    cx: &mut Cx<'_>,
    product_sku: String,
    stock_item: StockItem,
) -> Result<i64> {
    let product = find(cx, &product_sku).await?;
    let given = StockItem {
        item_id: None,
        ..stock_item
    };
    product_stock::save(cx, &product, false, Some(given)).await?;
    catalog::products_changed(cx).await?;
    let item = item_of(cx, &product).await?;
    item.id
        .ok_or_else(|| Error::internal("a saved stock item has no id"))
}

/// Retrieves a list of SKU's with low inventory qty.
#[operation("catalogInventoryStockRegistryV1")]
#[route(GET "/V1/stockItems/lowStock/" => "Magento_Catalog::catalog_inventory")]
pub(crate) async fn get_low_stock_items(
    cx: &mut Cx<'_>,
    scope_id: i64,
    qty: Decimal,
    current_page: Option<i64>,
    page_size: Option<i64>,
) -> Result<StockItemCollection> {
    let (number, size) = (current_page.unwrap_or(1), page_size.unwrap_or(0));
    let page = (size > 0).then(|| (number.max(1), size));
    let (items, total_count) = repo::item::low(cx.session(), scope_id, qty, page).await?;
    let settings = Settings::read(cx);
    Ok(StockItemCollection {
        items: items.into_iter().map(|item| item.show(&settings)).collect(),
        search_criteria: StockItemCriteria {
            mapper_interface_name:
                "Magento\\CatalogInventory\\Model\\ResourceModel\\Stock\\Item\\StockItemCriteriaMapper"
                    .to_owned(),
            limit: vec![number.to_string(), size.to_string()],
            ..StockItemCriteria::default()
        },
        total_count,
    })
}

/// Tells whether a product can be sold on a website.
#[operation("catalogInventoryStockRegistryV1")]
#[route(GET "/V1/stockStatuses/:productSku" => "Magento_Catalog::catalog_inventory", allow_insecure)]
pub(crate) async fn get_stock_status_by_sku(
    cx: &mut Cx<'_>,
    product_sku: String,
    scope_id: Option<i64>,
) -> Result<StockStatus> {
    let product = find(cx, &product_sku).await?;
    let website_id = scope_id.unwrap_or(cx.scope().website_id);
    let stock_id = stock_of(cx, website_id).await?;
    let (item, settings) = (item_of(cx, &product).await?, Settings::read(cx));
    let salable = salable::of(cx, &product, stock_id).await?;
    Ok(StockStatus {
        product_id: product.id,
        stock_id: DEFAULT_STOCK,
        qty: i64::try_from(salable.qty.trunc()).unwrap_or(i64::MAX),
        stock_status: salable.salable.into(),
        stock_item: item.show(&settings),
        ..StockStatus::default()
    })
}

/// The stock that sells through a website; the default one for the default scope.
async fn stock_of(cx: &mut Cx<'_>, website_id: i64) -> Result<i64> {
    if website_id == ADMIN_WEBSITE {
        return Ok(DEFAULT_STOCK);
    }
    let code = cx.service::<Arc<Scopes>>()?.website_code(website_id);
    let code = code.ok_or_else(|| {
        Error::not_found(
            "The website with id %1 that was requested wasn't found. Verify the website and try again.",
        )
        .with_next(website_id)
    })?;
    stock_resolver::resolve_stock(cx, &code).await
}

async fn find(cx: &mut Cx<'_>, sku: &str) -> Result<ProductRow> {
    let product = catalog::product(cx.session(), sku).await?;
    product.ok_or_else(|| Error::not_found("The Product with the \"%1\" SKU doesn't exist.").with_next(sku))
}

async fn item_of(cx: &mut Cx<'_>, product: &ProductRow) -> Result<Item> {
    let item = repo::item::load(cx.session(), &[product.id]).await?.pop();
    Ok(item.unwrap_or_else(|| Item::new(product.id)))
}

#[cfg(test)]
mod tests;
