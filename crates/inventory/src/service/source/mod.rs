//! Sources.

mod of_stock;
pub(crate) mod save;

use contract::search::SearchCriteria;
use contract::{Cx, Error, Operation, Result, operation};

use crate::data::source::{Source, SourceSearchResults};
use crate::repo;

/// The operations of this file.
pub(crate) static OPERATIONS: &[&Operation] = &[&GET_LIST, &save::SAVE, &GET, &of_stock::EXECUTE];

/// Find Sources by SearchCriteria.
#[operation("inventoryApiSourceRepositoryV1", "Sources.")]
#[route(GET "/V1/inventory/sources" => "Magento_InventoryApi::source")]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: Option<SearchCriteria>,
) -> Result<SourceSearchResults> {
    let search_criteria = search_criteria.unwrap_or_default();
    let (items, total_count) = repo::sources::search(cx.session(), &search_criteria.to_search()).await?;
    Ok(SourceSearchResults {
        items,
        search_criteria,
        total_count,
    })
}

/// Get Source data by given code.
#[operation("inventoryApiSourceRepositoryV1")]
#[route(GET "/V1/inventory/sources/:sourceCode" => "Magento_InventoryApi::source")]
pub(crate) async fn get(cx: &mut Cx<'_>, source_code: String) -> Result<Source> {
    find(cx, &source_code).await
}

/// The source with a code.
///
/// # Errors
/// There is none such.
pub(crate) async fn find(cx: &mut Cx<'_>, code: &str) -> Result<Source> {
    let found = repo::sources::by_codes(cx.session(), &[code]).await?.pop();
    found.ok_or_else(|| Error::not_found("Source with code \"%value\" does not exist.").with("value", code))
}
