//! Lists links of stocks and sources.

use contract::search::SearchCriteria;
use contract::{Cx, Result, operation};

use crate::data::stock_source_link::StockSourceLinkSearchResults;
use crate::repo;

/// Find StockSourceLink list by given SearchCriteria.
#[operation("inventoryApiGetStockSourceLinksV1", "Sources of stocks.")]
#[route(GET "/V1/inventory/stock-source-links" => "Magento_InventoryApi::stock_source_link")]
pub(crate) async fn execute(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
) -> Result<StockSourceLinkSearchResults> {
    let search = search_criteria.to_search();
    let (items, total_count) = repo::stock_source_link::search(cx.session(), &search).await?;
    Ok(StockSourceLinkSearchResults {
        items,
        search_criteria,
        total_count,
    })
}
