//! Categories that a search names.

use contract::{Cx, Result};
use eav::metadata::Metadata;

use super::category_attribute;
use super::criteria::{Groups, Place};
use crate::repo::product_list::{self as repo, Below};

/// The categories of a search, with what is below them.
pub(crate) struct Categories {
    named: Vec<i64>,
    below: Vec<Below>,
}

impl Categories {
    /// Reads them, if the search names any. One statement.
    pub(crate) async fn read(cx: &mut Cx<'_>, metadata: &Metadata, groups: &Groups<'_>) -> Result<Self> {
        let mut named: Vec<i64> = Vec::new();
        for place in groups.places() {
            if let Place::Categories { ids, .. } = place {
                named.extend(ids.iter().filter(|id| !named.contains(id)).collect::<Vec<_>>());
            }
        }
        let below = match category_attribute(metadata, "is_anchor")? {
            Some(anchor) if !named.is_empty() => repo::below(cx.session(), &named, anchor).await?,
            _ => Vec::new(),
        };
        Ok(Self { named, below })
    }

    /// The only category that the search names: products have a position in it.
    pub(crate) fn single(&self) -> Option<i64> {
        match self.named.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The categories, and for anchors all categories below, which count as anchors too.
    pub(crate) fn with_children(&self, ids: &[i64]) -> Vec<i64> {
        let mut all = Vec::new();
        for id in ids {
            all.push(*id);
            let mut rows = self.below.iter().filter(|row| row.asked == *id);
            if !rows.next().is_some_and(|first| first.is_anchor) {
                continue;
            }
            let mut kept = vec![*id];
            for row in rows {
                if kept.contains(&row.parent_id) {
                    kept.push(row.id);
                }
            }
            all.extend(kept);
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}
