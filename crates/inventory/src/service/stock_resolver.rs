//! Which stock sells through a sales channel.

use contract::{Cx, Error, Operation, Result, operation};

use crate::data::stock::Stock;
use crate::item::DEFAULT_STOCK;
use crate::repo;

/// The operations of this file.
pub(crate) static OPERATIONS: &[&Operation] = &[&EXECUTE];

/// The only type of sales channels.
pub(crate) const WEBSITE: &str = "website";

/// The website of the default scope: it sells the default stock.
const ADMIN: &str = "admin";

/// Resolve Stock by Sales Channel type and code.
#[operation("inventorySalesApiStockResolverV1", "Stocks of sales channels.")]
#[route(GET "/V1/inventory/stock-resolver/:type/:code" => "Magento_InventorySalesApi::stock")]
pub(crate) async fn execute(cx: &mut Cx<'_>, r#type: String, code: String) -> Result<Stock> {
    let stock_id = resolve(cx, &r#type, &code).await?;
    repo::stock::by_id(cx.session(), stock_id)
        .await?
        .ok_or_else(not_linked)
}

/// The stock that sells through a website, by the website's code.
///
/// # Errors
/// `No linked stock found`.
pub(crate) async fn resolve_stock(cx: &mut Cx<'_>, website_code: &str) -> Result<i64> {
    resolve(cx, WEBSITE, website_code).await
}

/// The stock that sells through a channel.
///
/// # Errors
/// `No linked stock found`.
pub(crate) async fn resolve(cx: &mut Cx<'_>, kind: &str, code: &str) -> Result<i64> {
    if kind == WEBSITE && code == ADMIN {
        return Ok(DEFAULT_STOCK);
    }
    let found = repo::stock::of_channel(cx.session(), kind, code).await?;
    found.ok_or_else(not_linked)
}

fn not_linked() -> Error {
    Error::not_found("No linked stock found")
}
