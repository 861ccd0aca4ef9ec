//! Saves stocks, and through which channels they are sold.

use std::sync::Arc;

use contract::{Cx, Error, Result, operation};
use store::Scopes;

use crate::data::stock::Stock;
use crate::item::DEFAULT_STOCK;
use crate::repo;
use crate::service::index;
use crate::service::source::save::refused;
use crate::service::stock_resolver::WEBSITE;
use crate::service::validation::Failures;

/// Save Stock data.
#[operation("inventoryApiStockRepositoryV1")]
#[route(POST "/V1/inventory/stocks" => "Magento_InventoryApi::stock_edit")]
#[route(PUT "/V1/inventory/stocks/:stockId" => "Magento_InventoryApi::stock_edit")]
pub(crate) async fn save(cx: &mut Cx<'_>, stock: Stock) -> Result<i64> {
    validate(cx, &stock)?;
    cx.session().begin().await?;
    let name = stock.name.clone().unwrap_or_default();
    let given_id = stock.stock_id.filter(|id| *id != 0);
    if repo::stock::is_name_taken(cx.session(), &name, given_id).await? {
        return Err(could_not_save());
    }
    let saved = repo::stock::save(cx.session(), given_id, &name).await;
    let stock_id = saved.map_err(|error| refused(error, could_not_save))?;
    replace_channels(cx, stock_id, &channels_of(&stock)).await?;
    // Last: on MySQL a new table commits what was written.
    index::prepare(cx, &[stock_id]).await?;
    Ok(stock_id)
}

fn could_not_save() -> Error {
    Error::invalid("Could not save Stock")
}

fn channels_of(stock: &Stock) -> Vec<(String, String)> {
    let channels = stock.extension_attributes.0.sales_channels.iter().flatten();
    channels
        .map(|channel| {
            (
                channel.r#type.clone().unwrap_or_default(),
                channel.code.clone().unwrap_or_default(),
            )
        })
        .collect()
}

fn validate(cx: &Cx<'_>, stock: &Stock) -> Result<()> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    let mut failures = Failures::default();
    failures.not_empty("name", stock.name.as_deref().unwrap_or_default());
    for (kind, code) in channels_of(stock) {
        failures.not_empty("type", &kind);
        failures.not_empty("code", &code);
        if kind == WEBSITE && scopes.website_by_code(&code).is_none() {
            failures.add_named("The website with code \"%code\" does not exist.", "code", code);
        }
    }
    failures.check()
}

/// The given channels become those of the stock, whichever stock had them; websites that it loses go to the default
/// stock (`spec/scopes.md` fact 36).
async fn replace_channels(cx: &mut Cx<'_>, stock_id: i64, channels: &[(String, String)]) -> Result<()> {
    let told = || Error::invalid("Could not replace Sales Channels for Stock");
    let mut lost = repo::stock::channels(cx.session(), stock_id).await?;
    lost.retain(|(kind, code)| kind == WEBSITE && !channels.iter().any(|(k, c)| k == WEBSITE && c == code));
    let session = cx.session();
    let replaced = repo::stock::replace_channels(session, stock_id, channels).await;
    replaced.map_err(|error| refused(error, told))?;
    let given = repo::stock::give_channels(session, DEFAULT_STOCK, &lost).await;
    given.map_err(|error| refused(error, told))
}
