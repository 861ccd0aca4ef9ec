//! Removes links.

use contract::{Cx, Error, Result, operation};

use super::{is_default, not_empty, stocks_of};
use crate::data::stock_source_link::StockSourceLink;
use crate::repo;
use crate::service::index;
use crate::service::source::save::refused;

/// Remove StockSourceLink list.
#[operation("inventoryApiStockSourceLinksDeleteV1", "Sources of stocks.")]
#[route(POST "/V1/inventory/stock-source-links-delete" => "Magento_InventoryApi::stock_source_link")]
pub(crate) async fn execute(cx: &mut Cx<'_>, links: Vec<StockSourceLink>) -> Result<()> {
    if links.iter().any(is_default) {
        return Err(Error::invalid(
            "Can not delete link related to Default Source or Default Stock",
        ));
    }
    not_empty(&links)?;
    let stock_ids = stocks_of(&links);
    index::prepare(cx, &stock_ids).await?;
    let deleted = repo::stock_source_link::delete(cx.session(), &links).await;
    deleted.map_err(|error| refused(error, || Error::invalid("Could not delete StockSourceLinks")))?;
    index::rebuild(cx, &stock_ids).await
}
