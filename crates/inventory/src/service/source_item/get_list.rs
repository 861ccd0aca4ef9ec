//! Lists source items.

use contract::search::SearchCriteria;
use contract::{Cx, Result, operation};

use crate::data::source_item::SourceItemSearchResults;
use crate::repo;

/// Find SourceItems by SearchCriteria.
#[operation("inventoryApiSourceItemRepositoryV1", "Source items.")]
#[route(GET "/V1/inventory/source-items" => "Magento_InventoryApi::source")]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
) -> Result<SourceItemSearchResults> {
    let search = search_criteria.to_search();
    let (items, total_count) = repo::source_item::search(cx.session(), &search).await?;
    Ok(SourceItemSearchResults {
        items,
        search_criteria,
        total_count,
    })
}
