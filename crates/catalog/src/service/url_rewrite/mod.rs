//! URL rewrites of products, as Magento writes them (`url_rewrite`).

mod paths;

use std::collections::BTreeSet;
use std::sync::Arc;

use contract::{Cx, Error, Result, StoreScope};
use store::Scopes;

use crate::repo::product::ProductRow;
use crate::repo::url_rewrite::{self as repo, Rewrite};
use paths::{Categories, Keys};

/// What a save did that matters to URLs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// URL key and visibility of a new product.
    pub(crate) new: Option<(Option<String>, Option<String>)>,
    /// The URL key in force in the scope of the save is another one.
    pub(crate) url_key: bool,
    /// The visibility in force in the scope of the save is another one.
    pub(crate) visibility: bool,
    /// Websites before the save.
    pub(crate) before: Vec<i64>,
    /// Websites after it.
    pub(crate) after: Vec<i64>,
    /// Whether old paths become redirects (`save_rewrites_history`).
    pub(crate) keep_history: bool,
}

impl Change {
    /// Whether rewrites are made again. A change of categories alone is none (dump `populated`, product 1, which
    /// got a second category by `product.update-categories`).
    fn matters(&self) -> bool {
        self.new.is_some() || self.url_key || self.visibility || self.before != self.after
    }
}

const PRODUCT: &str = "product";

/// Follows the save of a product.
///
/// # Errors
/// `URL key for specified store already exists.` when another entity has one of the paths.
pub(crate) async fn product_saved(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    change: &Change,
) -> Result<()> {
    if !change.matters() {
        return Ok(());
    }
    let scopes = cx.service::<Arc<Scopes>>()?.clone();
    let keys = match change.new.clone() {
        Some((url_key, visibility)) => Keys::of_new(product.id, url_key, visibility),
        None => Keys::load(cx, product.id).await?,
    };
    let views = |websites: &mut dyn Iterator<Item = &i64>| -> BTreeSet<i64> {
        websites
            .flat_map(|website| scopes.views_of_website(*website))
            .collect()
    };
    let stores = views(&mut change.after.iter());
    let added = views(&mut change.after.iter().filter(|id| !change.before.contains(id)));
    let removed = views(&mut change.before.iter().filter(|id| !change.after.contains(id)));
    let mut made = stores_to_make(scope.store_id, &stores, &added, &keys);
    let categories = Categories::load(cx, product.id).await?;
    let present = if change.new.is_some() {
        Vec::new()
    } else {
        repo::of_entity(cx.session(), PRODUCT, product.id).await?
    };
    let mut rows = Vec::new();
    let mut unchanged = BTreeSet::new();
    for store_id in &made {
        let Some(view) = scopes.view(*store_id) else {
            continue;
        };
        let here: Vec<&Rewrite> = present.iter().filter(|row| row.store_id == *store_id).collect();
        let wanted = paths::of_store(
            &scopes,
            &view,
            product.id,
            &keys,
            &categories,
            &here,
            change.keep_history,
        );
        if same(&here, &wanted) {
            unchanged.insert(*store_id);
        } else {
            rows.extend(wanted);
        }
    }
    made.retain(|store| !unchanged.contains(store));
    let gone = present.iter().map(|row| row.store_id);
    let gone: BTreeSet<i64> = gone
        .filter(|store| made.contains(store) || removed.contains(store))
        .collect();
    replace(cx, product.id, &rows, &made, &gone, &categories).await
}

/// Which store views' rows are made again: those of the scope that was written, and those that are new.
fn stores_to_make(scope: i64, stores: &BTreeSet<i64>, added: &BTreeSet<i64>, keys: &Keys) -> BTreeSet<i64> {
    let follows_default = |store: &&i64| !keys.is_overridden(**store);
    let mut made: BTreeSet<i64> = added.clone();
    if scope == 0 || added.iter().any(|store| follows_default(&store)) {
        made.extend(stores.iter().filter(follows_default));
    }
    if stores.contains(&scope) {
        made.insert(scope);
    }
    made
}

fn same(here: &[&Rewrite], wanted: &[Rewrite]) -> bool {
    here.len() == wanted.len() && wanted.iter().all(|row| here.contains(&row))
}

async fn replace(
    cx: &mut Cx<'_>,
    product_id: i64,
    rows: &[Rewrite],
    made: &BTreeSet<i64>,
    gone: &BTreeSet<i64>,
    categories: &Categories,
) -> Result<()> {
    let session = cx.session();
    let taken: Vec<(&str, i64)> = rows
        .iter()
        .map(|row| (row.request_path.as_str(), row.store_id))
        .collect();
    if repo::is_taken(session, PRODUCT, product_id, &taken).await? {
        return Err(Error::invalid("URL key for specified store already exists."));
    }
    let gone: Vec<i64> = gone.iter().copied().collect();
    repo::delete(session, PRODUCT, product_id, &gone).await?;
    repo::insert(session, PRODUCT, product_id, rows).await?;
    let made: Vec<i64> = made.iter().copied().collect();
    if rows.iter().any(|row| row.metadata.is_some()) {
        repo::link_categories(session, product_id, &categories.ids(), &made).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_scope_makes_only_its_own_rows() {
        let stores = BTreeSet::from([1, 2, 5]);
        let keys = Keys::default();
        assert_eq!(
            stores_to_make(2, &stores, &BTreeSet::new(), &keys),
            BTreeSet::from([2])
        );
        assert_eq!(stores_to_make(0, &stores, &BTreeSet::new(), &keys), stores);
        assert_eq!(
            stores_to_make(3, &stores, &BTreeSet::new(), &keys),
            BTreeSet::new()
        );
    }

    #[test]
    fn new_websites_make_the_rows_of_all_views_that_follow_the_default() {
        let stores = BTreeSet::from([1, 2, 5]);
        assert_eq!(
            stores_to_make(3, &stores, &BTreeSet::from([5]), &Keys::default()),
            stores
        );
    }
}
