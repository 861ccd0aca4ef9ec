//! Moving a category with all below it.

use std::sync::Arc;

use contract::Cx;
use store::Scopes;

use super::failure::Outcome;
use super::urls::Urls;
use super::{rewrites, save};
use crate::repo;
use crate::repo::category::CategoryRow;

/// Puts a category under another parent, right behind `after` or first.
pub(super) async fn run(
    cx: &mut Cx<'_>,
    category: &CategoryRow,
    parent: &CategoryRow,
    after: Option<i64>,
) -> Outcome<()> {
    let now = cx.now_text();
    let moved = repo::category::change_parent(cx.session(), category, parent, after, &now).await?;
    let scopes = cx.service::<Arc<Scopes>>()?.clone();
    let store_id = cx.scope().store_id;
    let single = save::is_single(&scopes);
    let mut urls = Urls::load(cx, &moved, true, single).await?;
    let stores = save::seen_in(&scopes, &moved, store_id);
    move_paths(&mut urls, &stores, single);
    urls.flush(cx).await?;
    if category.parent_id != moved.parent_id {
        let path = "catalog/seo/save_rewrites_history";
        let history = rewrites::config(&scopes, path, store_id, "1") == "1";
        let published = match store_id {
            0 => stores.clone(),
            one => vec![one],
        };
        rewrites::moved(cx, &urls, &published, &stores, history).await?;
    }
    Ok(super::reindex(cx).await?)
}

/// The paths of the category and those below it. With several store views Magento keeps the path of one only, the
/// last that it looks at; the others compute theirs (seen in the database after golden `category.move-mode-back`).
fn move_paths(urls: &mut Urls, stores: &[i64], single: bool) {
    let last = if single {
        0
    } else {
        stores.last().copied().unwrap_or_default()
    };
    for id in urls.tree.clone() {
        urls.clear_paths(id);
    }
    for id in urls.tree.clone() {
        let path = urls.compute(id, last);
        urls.set_path(id, last, path);
    }
}
