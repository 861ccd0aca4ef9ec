//! The indexes follow products.

use catalog::ProductRow;
use contract::{Cx, Result};
use db::text_key;

use super::{Changed, composite, refresh};
use crate::item::is_composite;
use crate::repo;
use crate::service::network::Network;
use crate::service::shelf::Shelf;
use crate::settings::Settings;

/// The stocks that have an index. A stock that lacks one gets it with the next change of what its sources hold: here
/// something is written already, which MySQL would commit.
async fn indexed(cx: &mut Cx<'_>, network: &Network) -> Result<Vec<i64>> {
    let mut indexed = Vec::new();
    for stock_id in network.stocks() {
        if repo::index::is_there(cx.session(), stock_id).await? {
            indexed.push(stock_id);
        }
    }
    Ok(indexed)
}

/// Follows a change of a product's stock item, or of the parts of a composite one.
pub(crate) async fn follow_product(
    cx: &mut Cx<'_>,
    settings: &Settings,
    network: &Network,
    product: &ProductRow,
) -> Result<()> {
    let stock_ids = indexed(cx, network).await?;
    if stock_ids.is_empty() {
        return Ok(());
    }
    if is_composite(&product.type_id) {
        let parts = catalog::parts_of(cx.session(), product.id).await?;
        for stock_id in stock_ids {
            composite::refresh(cx, settings, stock_id, &parts).await?;
        }
        return Ok(());
    }
    follow_sku(cx, settings, network, &stock_ids, &product.sku).await
}

/// Follows a change of SKU: the old one is in no stock any more.
pub(crate) async fn follow_rename(cx: &mut Cx<'_>, from: &str, to: &str) -> Result<()> {
    let network = Network::load(cx.session(), false).await?;
    let stock_ids = indexed(cx, &network).await?;
    for stock_id in &stock_ids {
        repo::index::delete(cx.session(), *stock_id, &[from]).await?;
    }
    let settings = Settings::read(cx);
    follow_sku(cx, &settings, &network, &stock_ids, to).await
}

/// Follows the removal of a product.
pub(crate) async fn follow_delete(cx: &mut Cx<'_>, sku: &str) -> Result<()> {
    let network = Network::load(cx.session(), false).await?;
    for stock_id in indexed(cx, &network).await? {
        repo::index::delete(cx.session(), stock_id, &[sku]).await?;
    }
    Ok(())
}

async fn follow_sku(
    cx: &mut Cx<'_>,
    settings: &Settings,
    network: &Network,
    stock_ids: &[i64],
    sku: &str,
) -> Result<()> {
    let shelf = Shelf::load(cx, &[sku], false).await?;
    let key = text_key(sku);
    let codes = shelf.held_of(&key).iter().map(|held| held.source_code.as_str());
    let mut changed = Changed::new();
    for stock_id in network.stocks_of(codes) {
        if stock_ids.contains(&stock_id) {
            changed.entry(stock_id).or_default().insert(key.clone());
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    let parts = catalog::parts_with_any(cx.session(), &shelf.parts()).await?;
    refresh(cx, settings, network, &shelf, &changed, &parts).await
}
