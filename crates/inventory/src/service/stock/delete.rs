//! Removes stocks.

use contract::{Cx, Error, Result, operation};

use crate::item::DEFAULT_STOCK;
use crate::repo;

/// Delete the Stock data by stockId.
#[operation("inventoryApiStockRepositoryV1")]
#[route(DELETE "/V1/inventory/stocks/:stockId" => "Magento_InventoryApi::stock_delete")]
pub(crate) async fn delete_by_id(cx: &mut Cx<'_>, stock_id: i64) -> Result<()> {
    if stock_id == DEFAULT_STOCK {
        return Err(Error::invalid("Default Stock could not be deleted."));
    }
    cx.session().begin().await?;
    if !repo::stock::channels(cx.session(), stock_id).await?.is_empty() {
        return Err(Error::invalid(
            "Stock has at least one sale channel and could not be deleted.",
        ));
    }
    if repo::stock::by_id(cx.session(), stock_id).await?.is_none() {
        let message = "There is no stock with \"%fieldValue\" for \"%fieldName\". Verify and try again.";
        return Err(Error::not_found(message)
            .with("fieldName", "stock_id")
            .with("fieldValue", stock_id));
    }
    repo::stock::delete(cx.session(), stock_id).await
}
