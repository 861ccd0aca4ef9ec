//! The paths of a product in a store view.

use std::collections::{BTreeSet, HashMap};

use contract::port::Stores as _;
use contract::{Cx, Result, StoreScope};
use store::Scopes;

use crate::repo::url_rewrite::{self as repo, CategoryRow, Rewrite, StoreValue};

/// Values by entity and store view; 0 is the default scope.
#[derive(Debug, Default)]
struct Table(HashMap<(i64, i64), Option<String>>);

impl Table {
    fn of(values: &[StoreValue], attribute: i64) -> Self {
        let values = values.iter().filter(|value| value.attribute_id == attribute);
        Self(
            values
                .map(|value| ((value.entity_id, value.store_id), value.value.clone()))
                .collect(),
        )
    }

    fn get(&self, entity: i64, store: i64) -> Option<&str> {
        let own = self.0.get(&(entity, store));
        own.or_else(|| self.0.get(&(entity, 0)))?.as_deref()
    }
}

/// A product's URL keys and visibilities in all store views.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    product_id: i64,
    url_key: Table,
    visibility: Table,
}

impl Keys {
    /// One statement.
    pub(crate) async fn load(cx: &mut Cx<'_>, product_id: i64) -> Result<Self> {
        let (url_key, visibility) = attributes(cx, "catalog_product", "url_key", "visibility")?;
        let values = repo::values(
            cx.session(),
            "catalog_product_entity",
            &[product_id],
            url_key,
            visibility,
        )
        .await?;
        Ok(Self {
            product_id,
            url_key: Table::of(&values, url_key),
            visibility: Table::of(&values, visibility),
        })
    }

    /// Those of a product that has values in the default scope only.
    pub(crate) fn of_new(product_id: i64, url_key: Option<String>, visibility: Option<String>) -> Self {
        let table = |value| Table(HashMap::from([((product_id, 0), value)]));
        Self {
            product_id,
            url_key: table(url_key),
            visibility: table(visibility),
        }
    }

    /// Whether the store view has a URL key of its own.
    pub(crate) fn is_overridden(&self, store: i64) -> bool {
        self.url_key.0.contains_key(&(self.product_id, store))
    }

    fn url_key(&self, store: i64) -> Option<&str> {
        let key = self.url_key.get(self.product_id, store);
        key.filter(|key| !key.is_empty())
    }

    fn is_visible(&self, store: i64) -> bool {
        self.visibility.get(self.product_id, store) != Some("1")
    }
}

/// The ids of two attributes of an entity type; 0 for one that is not there.
fn attributes(cx: &Cx<'_>, entity: &str, first: &str, second: &str) -> Result<(i64, i64)> {
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type(entity)?;
    let id = |code: &str| entity.attribute(code).map_or(0, |attribute| attribute.id);
    Ok((id(first), id(second)))
}

/// The categories of a product, and those above them.
#[derive(Debug, Default)]
pub(crate) struct Categories {
    rows: Vec<CategoryRow>,
    url_path: Table,
    is_anchor: Table,
}

impl Categories {
    /// One or two statements.
    pub(crate) async fn load(cx: &mut Cx<'_>, product_id: i64) -> Result<Self> {
        let rows = repo::categories_of(cx.session(), product_id).await?;
        let (url_path, is_anchor) = attributes(cx, "catalog_category", "url_path", "is_anchor")?;
        let mut categories = Self {
            rows,
            ..Self::default()
        };
        let ids = categories.ids();
        let values = repo::values(cx.session(), "catalog_category_entity", &ids, url_path, is_anchor).await?;
        categories.url_path = Table::of(&values, url_path);
        categories.is_anchor = Table::of(&values, is_anchor);
        Ok(categories)
    }

    /// The ids of all of them, without the roots.
    pub(crate) fn ids(&self) -> Vec<i64> {
        let below_roots = |row: &CategoryRow| ids(&row.path).into_iter().skip(2).collect::<Vec<_>>();
        let ids: BTreeSet<i64> = self.rows.iter().flat_map(below_roots).collect();
        ids.into_iter().collect()
    }

    /// Those that give a product a path in a store view with this root category: its own, then anchors above.
    fn of_root(&self, root: i64, store: i64) -> Vec<i64> {
        let mut found: Vec<i64> = Vec::new();
        let mut anchors = Vec::new();
        for row in &self.rows {
            let path = ids(&row.path);
            if path.len() < 3 || path[1] != root {
                continue;
            }
            found.push(row.id);
            let above = path[2..].iter().copied().filter(|id| *id != row.id);
            anchors.extend(above.filter(|id| self.is_anchor.get(*id, store) == Some("1")));
        }
        for anchor in anchors {
            if !found.contains(&anchor) {
                found.push(anchor);
            }
        }
        found
    }
}

fn ids(path: &str) -> Vec<i64> {
    path.split('/').filter_map(|id| id.parse().ok()).collect()
}

/// The rows that a product must have in a store view: none when it is not visible there; else its own path, one
/// under each category, and what stays of the rows `here`.
pub(crate) fn of_store(
    scopes: &Scopes,
    view: &StoreScope,
    product_id: i64,
    keys: &Keys,
    categories: &Categories,
    here: &[&Rewrite],
    keep_history: bool,
) -> Vec<Rewrite> {
    let Some(key) = keys
        .url_key(view.store_id)
        .filter(|_| keys.is_visible(view.store_id))
    else {
        return Vec::new();
    };
    let suffix = scopes.config("catalog/seo/product_url_suffix", view);
    let suffix = suffix.as_deref().unwrap_or(".html");
    let with_categories = scopes
        .config("catalog/seo/generate_category_product_rewrites", view)
        .is_none_or(|value| &*value != "0");
    let root = scopes.root_category(view.group_id).unwrap_or_default();
    let row = |path: String, target: String, metadata| Rewrite {
        request_path: path,
        target_path: target,
        store_id: view.store_id,
        is_autogenerated: true,
        metadata,
        ..Rewrite::default()
    };
    let target = format!("catalog/product/view/id/{product_id}");
    let mut rows = vec![row(format!("{key}{suffix}"), target.clone(), None)];
    if with_categories {
        for id in categories.of_root(root, view.store_id) {
            let Some(above) = categories
                .url_path
                .get(id, view.store_id)
                .filter(|path| !path.is_empty())
            else {
                continue;
            };
            let path = format!("{above}/{key}{suffix}");
            if rows.iter().all(|row| row.request_path != path) {
                rows.push(row(
                    path,
                    format!("{target}/category/{id}"),
                    Some(repo::metadata(id)),
                ));
            }
        }
    }
    let kept = kept(here, &rows, keep_history);
    rows.extend(kept);
    rows
}

/// Redirects and custom rows stay, redirects with the new path as their target; with `keep_history` the paths that
/// are no longer generated become redirects.
fn kept(here: &[&Rewrite], generated: &[Rewrite], keep_history: bool) -> Vec<Rewrite> {
    let successor = |row: &Rewrite| {
        let same = generated.iter().find(|new| new.metadata == row.metadata);
        same.map(|new| new.request_path.clone())
    };
    let mut kept: Vec<Rewrite> = Vec::new();
    for row in here {
        let is_free = generated
            .iter()
            .chain(&kept)
            .all(|other| other.request_path != row.request_path);
        if !is_free {
            continue;
        }
        if row.is_autogenerated && row.redirect_type == 0 {
            if keep_history && let Some(target_path) = successor(row) {
                kept.push(Rewrite {
                    target_path,
                    redirect_type: 301,
                    is_autogenerated: false,
                    ..(*row).clone()
                });
            }
        } else {
            let target_path = match row.redirect_type {
                0 => row.target_path.clone(),
                _ => successor(row).unwrap_or_else(|| row.target_path.clone()),
            };
            kept.push(Rewrite {
                target_path,
                ..(*row).clone()
            });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(path: &str, target: &str) -> Rewrite {
        Rewrite {
            request_path: path.to_owned(),
            target_path: target.to_owned(),
            store_id: 1,
            is_autogenerated: true,
            ..Rewrite::default()
        }
    }

    #[test]
    fn old_paths_become_redirects_only_when_history_is_kept() {
        let old = row("old.html", "catalog/product/view/id/1");
        let new = vec![row("new.html", "catalog/product/view/id/1")];
        assert!(kept(&[&old], &new, false).is_empty());
        let redirects = kept(&[&old], &new, true);
        assert_eq!(redirects.len(), 1);
        assert_eq!(redirects[0].target_path, "new.html");
        assert_eq!(redirects[0].redirect_type, 301);
        let later = vec![row("newer.html", "catalog/product/view/id/1")];
        let again = kept(&[&redirects[0]], &later, false);
        assert_eq!(again[0].target_path, "newer.html");
    }

    #[test]
    fn a_product_stands_under_its_categories_and_the_anchors_above() {
        let categories = Categories {
            rows: vec![CategoryRow {
                id: 5,
                path: "1/2/4/5".to_owned(),
            }],
            is_anchor: Table(HashMap::from([((4, 0), Some("1".to_owned()))])),
            url_path: Table::default(),
        };
        assert_eq!(categories.of_root(2, 1), [5, 4]);
        assert!(categories.of_root(3, 1).is_empty());
        assert_eq!(categories.ids(), [4, 5]);
    }
}
