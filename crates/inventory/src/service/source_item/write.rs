//! Writes what sources hold, and all that follows from it: the legacy stock of the default source, and the indexes.

use std::collections::HashSet;

use catalog::Part;
use contract::{Cx, Error, Result};
use db::text_key;

use super::legacy;
use crate::repo;
use crate::repo::source_item::Held;
use crate::service::index::{self, Changed};
use crate::service::network::Network;
use crate::service::shelf::Shelf;
use crate::service::source::save::{DEFAULT_SOURCE, refused};
use crate::settings::Settings;

/// A change of what sources hold of some products. Other writers of these products wait until it is committed.
pub(crate) struct Writing {
    pub(crate) settings: Settings,
    pub(crate) network: Network,
    pub(crate) shelf: Shelf,
    /// All parts of all composite products that any of the products is a part of.
    pub(crate) parts: Vec<Part>,
}

impl Writing {
    /// Locks and reads what is known of products. Nothing may have been written before: on MySQL it would be
    /// committed when a stock has no index yet.
    pub(crate) async fn begin(cx: &mut Cx<'_>, skus: &[&str]) -> Result<Self> {
        cx.session().begin().await?;
        let mut network = Network::load(cx.session(), true).await?;
        index::prepare(cx, &network.stocks()).await?;
        if !cx.session().in_transaction() {
            cx.session().begin().await?;
            network = Network::load(cx.session(), true).await?;
        }
        let shelf = Shelf::load(cx, skus, true).await?;
        let parts = catalog::parts_with_any(cx.session(), &shelf.parts()).await?;
        let mut parents: Vec<i64> = parts.iter().map(|part| part.parent_id).collect();
        parents.sort_unstable();
        parents.dedup();
        catalog::lock(cx.session(), &parents).await?;
        Ok(Self {
            settings: Settings::read(cx),
            network,
            shelf,
            parts,
        })
    }

    /// Writes new quantities and states; `held` names each source and SKU once.
    ///
    /// # Errors
    /// `Could not save Source Item`: there is no such source, or a value does not fit.
    pub(crate) async fn save(mut self, cx: &mut Cx<'_>, mut held: Vec<Held>) -> Result<()> {
        held.retain(|new| !self.shelf.held_of(&text_key(&new.sku)).contains(new));
        if held.is_empty() {
            return Ok(());
        }
        let saved = repo::source_item::save(cx.session(), &held).await;
        saved.map_err(|error| refused(error, could_not_save))?;
        let changed = self.changed(&held);
        let default: Vec<(String, Held)> = held
            .iter()
            .filter(|held| is_default(held))
            .map(|held| (text_key(&held.sku), held.clone()))
            .collect();
        for new in held {
            let known = self.shelf.held.entry(text_key(&new.sku)).or_default();
            known.retain(|old| old.id.is_none() || old.id != new.id);
            known.push(new);
        }
        self.follow(cx, &default, &changed).await
    }

    /// Takes products out of sources: these rows, which are stored.
    pub(crate) async fn remove(mut self, cx: &mut Cx<'_>, held: &[Held]) -> Result<()> {
        let ids: HashSet<i64> = held.iter().filter_map(|held| held.id).collect();
        let list: Vec<i64> = ids.iter().copied().collect();
        repo::source_item::delete(cx.session(), &list).await?;
        let changed = self.changed(held);
        for known in self.shelf.held.values_mut() {
            known.retain(|held| held.id.is_none_or(|id| !ids.contains(&id)));
        }
        let none = |held: &Held| Held {
            quantity: rust_decimal::Decimal::ZERO,
            status: 0,
            ..held.clone()
        };
        let default: Vec<(String, Held)> = held
            .iter()
            .filter(|held| is_default(held))
            .map(|held| (text_key(&held.sku), none(held)))
            .collect();
        self.follow(cx, &default, &changed).await
    }

    fn changed(&self, held: &[Held]) -> Changed {
        let mut changed = Changed::new();
        for held in held.iter().filter(|held| !is_default(held)) {
            for stock_id in self.network.stocks_of([held.source_code.as_str()]) {
                changed.entry(stock_id).or_default().insert(text_key(&held.sku));
            }
        }
        changed
    }

    async fn follow(mut self, cx: &mut Cx<'_>, default: &[(String, Held)], changed: &Changed) -> Result<()> {
        legacy::follow(cx, &mut self, default).await?;
        index::refresh(
            cx,
            &self.settings,
            &self.network,
            &self.shelf,
            changed,
            &self.parts,
        )
        .await
    }
}

/// Whether it is what the legacy stock item speaks of.
fn is_default(held: &Held) -> bool {
    held.source_code.eq_ignore_ascii_case(DEFAULT_SOURCE)
}

/// Answer to sources that are not there, and to values that do not fit.
pub(super) fn could_not_save() -> Error {
    Error::invalid("Could not save Source Item")
}
