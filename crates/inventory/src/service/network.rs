//! Which sources there are, and which stocks they belong to.

use std::collections::{BTreeMap, HashMap};

use contract::Result;
use db::{Session, text_key};

use crate::item::DEFAULT_STOCK;
use crate::repo;

/// Sources and stocks.
#[derive(Debug, Default)]
pub(crate) struct Network {
    /// Code and whether enabled, by the code's key.
    sources: HashMap<String, (String, bool)>,
    /// Keys of the codes of a stock's sources.
    stocks: BTreeMap<i64, Vec<String>>,
}

impl Network {
    /// As it is now; with `lock` until the end of the transaction, which must be open. One statement.
    pub(crate) async fn load(session: &mut Session, lock: bool) -> Result<Self> {
        let mut network = Self::default();
        for (code, enabled, stock_id) in repo::stock_source_link::network(session, lock).await? {
            let key = text_key(&code);
            if let Some(stock_id) = stock_id {
                network.stocks.entry(stock_id).or_default().push(key.clone());
            }
            network.sources.insert(key, (code, enabled));
        }
        Ok(network)
    }

    /// Whether fewer than two sources are enabled: composite products then follow their parts in the legacy stock.
    pub(crate) fn is_single(&self) -> bool {
        self.sources.values().filter(|(_, enabled)| *enabled).count() < 2
    }

    /// The stocks, other than the default one, that sources belong to.
    pub(crate) fn stocks_of<'a>(&self, codes: impl IntoIterator<Item = &'a str>) -> Vec<i64> {
        let keys: Vec<String> = codes.into_iter().map(text_key).collect();
        let belongs = |sources: &[String]| sources.iter().any(|source| keys.contains(source));
        self.stocks
            .iter()
            .filter(|(id, sources)| **id != DEFAULT_STOCK && belongs(sources))
            .map(|(id, _)| *id)
            .collect()
    }

    /// The stocks other than the default one that have sources.
    pub(crate) fn stocks(&self) -> Vec<i64> {
        let ids = self.stocks.keys().copied();
        ids.filter(|id| *id != DEFAULT_STOCK).collect()
    }

    /// Whether a stock sells what a source holds.
    pub(crate) fn sells(&self, stock_id: i64, code: &str) -> bool {
        let key = text_key(code);
        let of_stock = self
            .stocks
            .get(&stock_id)
            .is_some_and(|sources| sources.contains(&key));
        of_stock && self.sources.get(&key).is_some_and(|(_, enabled)| *enabled)
    }

    /// The enabled sources of a stock.
    pub(crate) fn enabled_of(&self, stock_id: i64) -> Vec<&str> {
        let sources = self.stocks.get(&stock_id).into_iter().flatten();
        sources
            .filter_map(|key| self.sources.get(key))
            .filter(|(_, enabled)| *enabled)
            .map(|(code, _)| code.as_str())
            .collect()
    }
}
