//! The sources of a stock.

use contract::{Cx, Result, operation};

use crate::data::source::Source;
use crate::repo;

/// Get Sources assigned to Stock ordered by priority.
#[operation(
    "inventoryApiGetSourcesAssignedToStockOrderedByPriorityV1",
    "Sources of a stock."
)]
#[route(GET "/V1/inventory/get-sources-assigned-to-stock-ordered-by-priority/:stockId" => "Magento_InventoryApi::source")]
pub(crate) async fn execute(cx: &mut Cx<'_>, stock_id: i64) -> Result<Vec<Source>> {
    repo::sources::of_stock(cx.session(), stock_id).await
}
