//! Saving categories: values, URL keys and paths, and what follows from them.

use std::sync::Arc;

use contract::{Cx, Error, Result, StoreScope};
use eav::values::{self, Values};
use store::Scopes;

use super::draft::Draft;
use super::failure::{Failure, Outcome};
use super::urls::Urls;
use super::view::is_set;
use super::{Attributes, TABLES, rewrites, root_of};
use crate::data::category::Category;
use crate::repo::category::{CategoryRow, NewCategory};
use crate::repo::{self};
use crate::service::url_key;

/// Whether there is one store view only: then paths are kept in the default scope.
pub(super) fn is_single(scopes: &Scopes) -> bool {
    scopes.view_ids().len() < 2
}

/// The store views that a category is seen in: those under its roots, and the one in which it is saved.
pub(super) fn seen_in(scopes: &Scopes, category: &CategoryRow, store_id: i64) -> Vec<i64> {
    let mut stores = rewrites::stores_of(scopes, &category.path_ids());
    if store_id != 0 && !stores.contains(&store_id) {
        stores.insert(0, store_id);
    }
    stores
}

/// Adds a category. Its values go to the default scope whatever the path is; rewrites are made for the path's store
/// view (`spec/scopes.md` fact 26).
pub(super) async fn create(cx: &mut Cx<'_>, given: &Category) -> Outcome<i64> {
    let attributes = Attributes::of(cx)?;
    let entity = attributes.entity()?;
    let root = root_of(cx)?;
    let parent = given.parent_id.filter(|id| *id != 0).unwrap_or(root);
    let parent = super::find(cx, parent).await?;
    let mut draft = Draft::new(entity);
    draft.take(given, true)?;
    draft.validate(&configured_sort(cx)?)?;
    draft.fill_defaults();
    let scopes = cx.service::<Arc<Scopes>>()?.clone();
    let store_id = cx.scope().store_id;
    let mut urls = Urls::load(cx, &parent, false, is_single(&scopes)).await?;
    let key = match draft.get("url_key") {
        Some(None) => None,
        given => Some(checked_key(given.flatten(), draft.value("name"))?),
    };
    draft.set("url_key", key.clone());
    let now = cx.now_text();
    let new = NewCategory {
        attribute_set_id: entity.default_set_id,
        parent: &parent,
        position: given.position,
        now: &now,
    };
    let row = repo::category::insert(cx.session(), &new).await?;
    let id = row.id;
    values::save(cx.session(), &TABLES, &draft.new_writes(id)).await?;
    urls.add(row.clone());
    if let Some(key) = key {
        let path = urls.under(row.parent_id, row.level, &key, store_id);
        urls.set_key(id, 0, Some(key));
        urls.set_path(id, 0, path);
        urls.flush(cx).await?;
        let stores = match store_id {
            0 => seen_in(&scopes, &row, 0),
            one => vec![one],
        };
        publish(cx, &urls, &row, &stores, history_of(given)).await?;
    }
    paths_of_other_views(cx, &scopes, &mut urls, &row, history_of(given)).await?;
    Ok(id)
}

/// A new category under a root that is not the path's gets paths for the store views that have paths of their own
/// above it.
async fn paths_of_other_views(
    cx: &mut Cx<'_>,
    scopes: &Scopes,
    urls: &mut Urls,
    row: &CategoryRow,
    history: bool,
) -> Outcome<()> {
    if row.ancestors().contains(&root_of(cx)?) {
        return Ok(());
    }
    for store_id in seen_in(scopes, row, cx.scope().store_id) {
        if urls.has_own_path(row.parent_id, store_id) {
            let path = urls.compute(row.id, store_id);
            urls.save_path(row.id, store_id, path);
            urls.flush(cx).await?;
            publish(cx, urls, row, &[store_id], history).await?;
        }
    }
    Ok(())
}

/// Changes a category: what was sent, in the path's scope.
pub(super) async fn update(cx: &mut Cx<'_>, row: &CategoryRow, given: &Category) -> Outcome<()> {
    let attributes = Attributes::of(cx)?;
    let entity = attributes.entity()?;
    let scope = cx.scope().clone();
    let before = values::load(cx.session(), &TABLES, &[row.id], scope.store_id).await?;
    let mut draft = Draft::own(entity, row.id, &before, scope.store_id);
    draft.take(given, false)?;
    draft.validate(&configured_sort(cx)?)?;
    let save = Save {
        row,
        scope,
        before,
        position: given.position,
        history: history_of(given),
    };
    save.run(cx, draft).await
}

/// Saves a category as it is, which is what a change of its products does: in a store view, all values in force
/// become its own (seen in the database after golden `catprod.put.de`).
pub(super) async fn save_unchanged(cx: &mut Cx<'_>, row: &CategoryRow) -> Outcome<()> {
    let attributes = Attributes::of(cx)?;
    let entity = attributes.entity()?;
    let scope = cx.scope().clone();
    let before = values::load(cx.session(), &TABLES, &[row.id], scope.store_id).await?;
    let draft = Draft::whole(entity, row.id, &before);
    let save = Save {
        row,
        scope,
        before,
        position: None,
        history: false,
    };
    save.run(cx, draft).await
}

/// The save of a stored category.
struct Save<'a> {
    row: &'a CategoryRow,
    scope: StoreScope,
    before: Values,
    position: Option<i64>,
    history: bool,
}

impl Save<'_> {
    async fn run(self, cx: &mut Cx<'_>, mut draft: Draft<'_>) -> Outcome<()> {
        let (id, store_id) = (self.row.id, self.scope.store_id);
        let scopes = cx.service::<Arc<Scopes>>()?.clone();
        let mut urls = Urls::load(cx, self.row, true, is_single(&scopes)).await?;
        let key_before = urls.key(id, store_id).map(ToOwned::to_owned);
        let anchor_before = self.in_force(cx, "is_anchor")?;
        let active_before = self.in_force(cx, "is_active")?;
        self.urls(cx, &scopes, &mut draft, &mut urls).await?;
        let now = cx.now_text();
        repo::category::touch(cx.session(), id, self.position, &now).await?;
        let stores = |attribute: &_| values_stores(attribute, &self.scope, &scopes);
        let writes = draft.writes(id, &self.before, stores);
        values::save(cx.session(), &TABLES, &writes).await?;
        urls.flush(cx).await?;
        let changed = |code: &str, before: &Option<String>| {
            draft
                .value(code)
                .is_some_and(|value| Some(value) != before.as_deref())
        };
        let anchor = changed("is_anchor", &anchor_before);
        if anchor || changed("is_active", &active_before) {
            super::reindex(cx).await?;
        }
        if self.row.parent_id == TREE_ROOT {
            return Ok(());
        }
        let key_changed = urls.key(id, store_id) != key_before.as_deref();
        let seen = seen_in(&scopes, self.row, store_id);
        if key_changed {
            let stores: Vec<i64> = match store_id {
                0 => seen
                    .iter()
                    .copied()
                    .filter(|store| !urls.has_own_key(id, *store))
                    .collect(),
                one => vec![one],
            };
            publish(cx, &urls, self.row, &stores, self.history).await?;
        }
        if key_changed || anchor {
            rewrites::products(cx, &urls, &seen, self.history).await?;
        }
        Ok(())
    }

    fn in_force(&self, cx: &Cx<'_>, code: &str) -> Result<Option<String>> {
        let attribute = Attributes::of(cx)?.id(code)?;
        let value = self.before.get(self.row.id, attribute);
        Ok(value.map(ToOwned::to_owned))
    }

    /// Decides on key and path, and on the paths below.
    async fn urls(
        &self,
        cx: &mut Cx<'_>,
        scopes: &Scopes,
        draft: &mut Draft<'_>,
        urls: &mut Urls,
    ) -> Outcome<()> {
        let (id, store_id) = (self.row.id, self.scope.store_id);
        let name = self.in_force(cx, "name")?;
        if draft.get("url_key") != Some(None) {
            let key = draft.value("url_key").filter(|key| !key.is_empty());
            let key = checked_key(key, draft.value("name").or(name.as_deref()))?;
            let path = self.rename(scopes, draft, urls, key.clone());
            draft.set("url_key", Some(key.clone()));
            urls.set_key(id, store_id, Some(key));
            urls.set_path(id, store_id, path);
            return Ok(());
        }
        if store_id == 0 {
            let key = checked_key(None, name.as_deref())?;
            self.rename(scopes, draft, urls, key);
        }
        let is_active = Attributes::of(cx)?.id("is_active")?;
        if repo::category::has_active_below(cx.session(), is_active, store_id, self.row).await? {
            let default = urls.key(id, 0).map(ToOwned::to_owned);
            if let Some(key) = default.filter(|_| store_id != 0) {
                self.rename(scopes, draft, urls, key);
            }
        }
        urls.set_key(id, store_id, None);
        urls.set_path(id, store_id, None);
        Ok(())
    }

    /// Gives the category a key, and with it its path; those below follow. Gives the path.
    fn rename(&self, scopes: &Scopes, draft: &Draft<'_>, urls: &mut Urls, key: String) -> Option<String> {
        let (id, store_id) = (self.row.id, self.scope.store_id);
        let is_same = urls.key(id, store_id) == Some(key.as_str());
        let kept = draft.value("url_path").filter(|_| is_same).map(ToOwned::to_owned);
        let under = urls.under(self.row.parent_id, self.row.level, &key, store_id);
        let path = match under.as_deref() {
            Some("") => under,
            _ => kept.or(under),
        };
        let before = urls.path_of(id, store_id);
        urls.set_key(id, store_id, Some(key));
        urls.save_path(id, store_id, path.clone());
        if path != before {
            if store_id == 0 {
                let mut stores = seen_in(scopes, self.row, 0);
                stores.insert(0, 0);
                urls.update_below(&stores, true);
            } else {
                urls.update_below(&[store_id], false);
            }
        }
        path
    }
}

fn values_stores(attribute: &eav::metadata::Attribute, scope: &StoreScope, scopes: &Scopes) -> Vec<i64> {
    values::stores_of(attribute, scope, scopes)
}

/// Makes the rewrites of a category and those below it; a root has none.
async fn publish(
    cx: &mut Cx<'_>,
    urls: &Urls,
    row: &CategoryRow,
    stores: &[i64],
    history: bool,
) -> Outcome<()> {
    if row.parent_id == TREE_ROOT {
        return Ok(());
    }
    rewrites::categories(cx, urls, stores, history).await
}

/// The category under which all root categories are.
const TREE_ROOT: i64 = 1;

/// Words that the web server's first path segment is compared with.
const RESERVED: &[&str] = &["admin", "soap", "rest", "graphql", "standard"];

/// The key as it is stored: what was sent, else the name, in Latin letters.
fn checked_key(given: Option<&str>, name: Option<&str>) -> Outcome<String> {
    let given = given.filter(|key| !key.is_empty());
    let key = url_key::of(given.or(name).unwrap_or_default());
    let name = name.unwrap_or_default();
    let text = if RESERVED.contains(&key.as_str()) {
        format!(
            "URL key \"{key}\" matches a reserved endpoint name ({}). Use another URL key.",
            RESERVED.join(", ")
        )
    } else if !key.is_empty() {
        return Ok(key);
    } else if let Some(given) = given.filter(|_| !name.is_empty()) {
        format!(
            "Invalid URL key. The \"{given}\" URL key can not be used to generate Latin URL key. Please use Latin \
             letters and numbers to avoid generating URL key issues."
        )
    } else if !name.is_empty() {
        format!(
            "Invalid URL key. The \"{name}\" category name can not be used to generate Latin URL key. Please add \
             URL key or change category name using Latin letters and numbers to avoid generating URL key issues."
        )
    } else {
        "Invalid URL key".to_owned()
    };
    Err(Failure::Refused(text))
}

fn configured_sort(cx: &Cx<'_>) -> Result<String, Error> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    let path = "catalog/frontend/default_sort_by";
    Ok(rewrites::config(scopes, path, cx.scope().store_id, "position"))
}

/// Whether old paths are to become redirects: only when the attribute `save_rewrites_history` asks for it.
fn history_of(given: &Category) -> bool {
    let custom = &given.custom_attributes.0;
    custom
        .iter()
        .filter(|attribute| attribute.code == "save_rewrites_history")
        .any(|attribute| wire::php::to_string_cast(&attribute.value).is_some_and(|value| is_set(&value)))
}
