//! Saves links.

use contract::{Cx, Error, Result, operation};

use super::{is_default, not_empty, stocks_of};
use crate::data::stock_source_link::StockSourceLink;
use crate::item::DEFAULT_STOCK;
use crate::repo;
use crate::service::index;
use crate::service::source::save::{DEFAULT_SOURCE, refused};
use crate::service::validation::Failures;

/// Save StockSourceLink list data.
#[operation("inventoryApiStockSourceLinksSaveV1", "Sources of stocks.")]
#[route(POST "/V1/inventory/stock-source-links" => "Magento_InventoryApi::stock_source_link")]
pub(crate) async fn execute(cx: &mut Cx<'_>, links: Vec<StockSourceLink>) -> Result<()> {
    not_empty(&links)?;
    validate(&links)?;
    let stock_ids = stocks_of(&links);
    index::prepare(cx, &stock_ids).await?;
    let saved = repo::stock_source_link::save(cx.session(), &links).await;
    saved.map_err(|error| refused(error, || Error::invalid("Could not save StockSourceLinks")))?;
    index::rebuild(cx, &stock_ids).await
}

fn validate(links: &[StockSourceLink]) -> Result<()> {
    let mut failures = Failures::default();
    for link in links {
        let code = link.source_code.as_deref().unwrap_or_default();
        failures.not_empty("source_code", code);
        failures.no_whitespace("source_code", code);
        if link.stock_id.is_none() {
            failures.not_empty("stock_id", "");
        }
        if link.priority.unwrap_or_default() <= 0 {
            failures.add_named("\"%field\" should be greater then 0.", "field", "priority");
        }
        let both = link.stock_id == Some(DEFAULT_STOCK) && code == DEFAULT_SOURCE;
        if is_default(link) && !both {
            failures.add("Can not save link related to Default Source or Default Stock");
        }
    }
    failures.check()
}
