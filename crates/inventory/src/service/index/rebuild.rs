//! Works the whole index of a stock out again, when other sources belong to it.

use catalog::Part;
use contract::{Cx, Result};
use db::text_key;

use super::{Changed, composite, refresh};
use crate::item::DEFAULT_STOCK;
use crate::repo;
use crate::repo::source_item::Held;
use crate::service::network::Network;
use crate::service::shelf::Shelf;
use crate::settings::Settings;

/// Rows of a page.
const PAGE: usize = 5000;

/// The indexer that Magento would run.
const INDEXER: &str = "inventory";

/// The stocks other than the default one that a source belongs to.
pub(crate) async fn stocks_of_source(cx: &mut Cx<'_>, code: &str) -> Result<Vec<i64>> {
    let network = Network::load(cx.session(), false).await?;
    Ok(network.stocks_of([code]))
}

/// Writes the indexes of stocks anew; they must be there. Magento's indexer is marked too: prices and searches that
/// depend on the stock follow when it runs.
pub(crate) async fn rebuild(cx: &mut Cx<'_>, stock_ids: &[i64]) -> Result<()> {
    let settings = Settings::read(cx);
    let network = Network::load(cx.session(), false).await?;
    for stock_id in stock_ids.iter().copied().filter(|id| *id != DEFAULT_STOCK) {
        repo::index::clear(cx.session(), stock_id).await?;
        fill(cx, &settings, &network, stock_id).await?;
    }
    catalog::indexers_changed(cx, &[INDEXER]).await
}

async fn fill(cx: &mut Cx<'_>, settings: &Settings, network: &Network, stock_id: i64) -> Result<()> {
    let sources = network.enabled_of(stock_id);
    let count = PAGE.max(sources.len() + 1);
    let mut after: Option<String> = None;
    let mut parts: Vec<i64> = Vec::new();
    loop {
        let mut page = repo::source_item::page(cx.session(), &sources, after.as_deref(), count).await?;
        let last = page.len() < count;
        if !last {
            drop_open_end(&mut page);
        }
        let Some(end) = page.last() else { break };
        after = Some(end.sku.clone());
        let mut skus: Vec<&str> = page.iter().map(|held| held.sku.as_str()).collect();
        skus.dedup();
        let shelf = Shelf::load(cx, &skus, false).await?;
        parts.extend(shelf.parts());
        let changed = Changed::from([(stock_id, shelf.held.keys().cloned().collect())]);
        refresh(cx, settings, network, &shelf, &changed, &[]).await?;
        if last {
            break;
        }
    }
    for ids in parts.chunks(PAGE) {
        let parts: Vec<Part> = catalog::parts_with_any(cx.session(), ids).await?;
        composite::refresh(cx, settings, stock_id, &parts).await?;
    }
    Ok(())
}

/// Leaves the last SKU of a full page to the next one, which has all of its rows.
fn drop_open_end(page: &mut Vec<Held>) {
    let Some(end) = page.last().map(|held| text_key(&held.sku)) else {
        return;
    };
    let whole = page.iter().rposition(|held| text_key(&held.sku) != end);
    page.truncate(whole.map_or(page.len(), |at| at + 1));
}
