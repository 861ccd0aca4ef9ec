//! Stocks.

mod delete;
mod save;

use contract::search::SearchCriteria;
use contract::{Cx, Error, Operation, Result, operation};

use crate::data::stock::{Stock, StockSearchResults};
use crate::repo;

/// The operations of this file.
pub(crate) static OPERATIONS: &[&Operation] = &[&GET_LIST, &save::SAVE, &GET, &delete::DELETE_BY_ID];

/// Find Stocks by given SearchCriteria.
#[operation("inventoryApiStockRepositoryV1", "Stocks.")]
#[route(GET "/V1/inventory/stocks" => "Magento_InventoryApi::stock")]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: Option<SearchCriteria>,
) -> Result<StockSearchResults> {
    let search_criteria = search_criteria.unwrap_or_default();
    let (items, total_count) = repo::stock::search(cx.session(), &search_criteria.to_search()).await?;
    Ok(StockSearchResults {
        items,
        search_criteria,
        total_count,
    })
}

/// Get Stock data by given stockId.
#[operation("inventoryApiStockRepositoryV1")]
#[route(GET "/V1/inventory/stocks/:stockId" => "Magento_InventoryApi::stock")]
pub(crate) async fn get(cx: &mut Cx<'_>, stock_id: i64) -> Result<Stock> {
    find(cx, stock_id).await
}

/// The stock with an id.
///
/// # Errors
/// There is none such.
pub(crate) async fn find(cx: &mut Cx<'_>, stock_id: i64) -> Result<Stock> {
    let found = repo::stock::by_id(cx.session(), stock_id).await?;
    found.ok_or_else(|| Error::not_found("Stock with id \"%value\" does not exist.").with("value", stock_id))
}

#[cfg(test)]
mod tests;
