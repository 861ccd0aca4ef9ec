//! URL keys and paths of categories in all store views.

use std::collections::{BTreeSet, HashMap};

use contract::{Cx, Result};
use eav::values::{self, Write};

use super::{Attributes, TABLES};
use crate::repo::{self, category::CategoryRow};

/// The top of the tree and what stands above it: categories directly below have no URL path.
const ABOVE_ROOTS: [i64; 2] = [0, 1];

/// From this level on a path begins with the parent's.
const NESTED: i64 = 3;

/// The keys and paths of a category, of those above it and of those below it; changes of paths are collected.
pub(super) struct Urls {
    key: i64,
    path: i64,
    anchor: i64,
    rows: HashMap<i64, CategoryRow>,
    /// The category and those below it, those nearer to the top first.
    pub(super) tree: Vec<i64>,
    /// By category, attribute and store view; as stored.
    values: HashMap<(i64, i64, i64), Option<String>>,
    changed: BTreeSet<(i64, i64)>,
    /// With one store view only, paths are kept in the default scope.
    single: bool,
}

impl Urls {
    /// Two statements, without `below` also when there is nothing below.
    pub(super) async fn load(
        cx: &mut Cx<'_>,
        category: &CategoryRow,
        below: bool,
        single: bool,
    ) -> Result<Self> {
        let attributes = Attributes::of(cx)?;
        let [key, path, anchor] = [
            attributes.id("url_key")?,
            attributes.id("url_path")?,
            attributes.id("is_anchor")?,
        ];
        let mut rows = repo::category::by_ids(cx.session(), &category.ancestors()).await?;
        let mut tree = vec![category.id];
        rows.push(category.clone());
        if below {
            let found = repo::category::below(cx.session(), category).await?;
            tree.extend(found.iter().map(|row| row.id));
            rows.extend(found);
        }
        let values = repo::category_url::values(cx.session(), category, below, [key, path], anchor).await?;
        Ok(Self {
            key,
            path,
            anchor,
            rows: rows.into_iter().map(|row| (row.id, row)).collect(),
            tree,
            values: values
                .into_iter()
                .map(|(entity, attribute, store, value)| ((entity, attribute, store), value))
                .collect(),
            changed: BTreeSet::new(),
            single,
        })
    }

    /// A category that is not stored with its values yet.
    pub(super) fn add(&mut self, row: CategoryRow) {
        self.tree = vec![row.id];
        self.rows.insert(row.id, row);
    }

    pub(super) fn row(&self, id: i64) -> Option<&CategoryRow> {
        self.rows.get(&id)
    }

    fn in_force(&self, id: i64, attribute: i64, store_id: i64) -> Option<&str> {
        let own = self.values.get(&(id, attribute, store_id));
        let value = own.or_else(|| self.values.get(&(id, attribute, 0)));
        value?.as_deref()
    }

    /// The key in force.
    pub(super) fn key(&self, id: i64, store_id: i64) -> Option<&str> {
        self.in_force(id, self.key, store_id)
    }

    /// Whether the store view has a key of its own.
    pub(super) fn has_own_key(&self, id: i64, store_id: i64) -> bool {
        self.values.contains_key(&(id, self.key, store_id))
    }

    /// Whether the store view has a path of its own.
    pub(super) fn has_own_path(&self, id: i64, store_id: i64) -> bool {
        self.values.contains_key(&(id, self.path, store_id))
    }

    /// Whether a category shows the products of those below it, in any store view.
    pub(super) fn is_anchor(&self, id: i64) -> bool {
        let of = |(entity, attribute, _): &(i64, i64, i64)| *entity == id && *attribute == self.anchor;
        self.values
            .iter()
            .any(|(key, value)| of(key) && value.as_deref() == Some("1"))
    }

    /// Sets or removes the key of a store view; who saves the category writes it.
    pub(super) fn set_key(&mut self, id: i64, store_id: i64, key: Option<String>) {
        let place = (id, self.key, store_id);
        match key {
            Some(key) => self.values.insert(place, Some(key)),
            None => self.values.remove(&place),
        };
    }

    /// Sets or removes the path of a store view.
    pub(super) fn set_path(&mut self, id: i64, store_id: i64, path: Option<String>) {
        let place = (id, self.path, store_id);
        match path.filter(|path| !path.is_empty()) {
            Some(path) => self.values.insert(place, Some(path)),
            None => self.values.remove(&place),
        };
        self.changed.insert((id, store_id));
    }

    /// Removes the paths of all store views.
    pub(super) fn clear_paths(&mut self, id: i64) {
        let path = self.path;
        let places: Vec<_> = self.values.keys().copied().collect();
        for (entity, attribute, store_id) in places {
            if entity == id && attribute == path {
                self.set_path(id, store_id, None);
            }
        }
    }

    /// Sets the path as Magento saves a single attribute: with one store view only, in the default scope.
    pub(super) fn save_path(&mut self, id: i64, store_id: i64, path: Option<String>) {
        if self.single {
            self.clear_paths(id);
            self.set_path(id, 0, path);
        } else {
            self.set_path(id, store_id, path);
        }
    }

    /// The path made of the keys in force, whatever path is stored.
    pub(super) fn compute(&self, id: i64, store_id: i64) -> Option<String> {
        let row = self.rows.get(&id)?;
        self.under(row.parent_id, row.level, self.key(id, store_id)?, store_id)
    }

    /// The path of a key under a parent.
    pub(super) fn under(&self, parent: i64, level: i64, key: &str, store_id: i64) -> Option<String> {
        if ABOVE_ROOTS.contains(&parent) {
            return Some(String::new());
        }
        if level < NESTED {
            return Some(key.to_owned());
        }
        let parent = self.path_of(parent, store_id).unwrap_or_default();
        Some(if parent.is_empty() {
            key.to_owned()
        } else {
            format!("{parent}/{key}")
        })
    }

    /// The stored path, else the computed one.
    pub(super) fn path_of(&self, id: i64, store_id: i64) -> Option<String> {
        let row = self.rows.get(&id)?;
        if ABOVE_ROOTS.contains(&row.parent_id) {
            return Some(String::new());
        }
        match self.in_force(id, self.path, store_id) {
            Some(path) => Some(path.to_owned()),
            None => self.compute(id, store_id),
        }
    }

    /// Follows a change of the category's path: those below that have a path of their own in one of the store
    /// views get a new one.
    pub(super) fn update_below(&mut self, stores: &[i64], only_own: bool) {
        for id in self.tree.clone().into_iter().skip(1) {
            for store_id in stores {
                if only_own && !self.has_own_path(id, *store_id) {
                    continue;
                }
                let path = self.compute(id, *store_id);
                self.save_path(id, *store_id, path);
            }
        }
    }

    /// Writes the changed paths.
    pub(super) async fn flush(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let attributes = Attributes::of(cx)?;
        let Some(attribute) = attributes.entity()?.attribute("url_path") else {
            return Ok(());
        };
        let writes = std::mem::take(&mut self.changed)
            .into_iter()
            .map(|(id, store_id)| {
                let value = self.values.get(&(id, self.path, store_id)).cloned().flatten();
                Write {
                    entity_id: id,
                    attribute,
                    stores: vec![store_id],
                    delete: value.is_none(),
                    value,
                }
            });
        let writes: Vec<Write<'_>> = writes.collect();
        values::save(cx.session(), &TABLES, &writes).await
    }
}
