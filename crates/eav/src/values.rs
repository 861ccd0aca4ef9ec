//! Attribute values of any number of entities, in a fixed number of statements.

use std::collections::HashMap;

use contract::{Result, StoreScope};
use db::Session;
use store::Scopes;

use crate::metadata::{Attribute, AttributeScope};
use crate::repo;

/// The value tables of an entity: `{entity}_varchar`, `_int`, `_decimal`, `_text`, `_datetime`.
#[derive(Debug, Clone, Copy)]
pub struct ValueTables {
    /// The entity's own table, for example `catalog_product_entity`.
    pub entity: &'static str,
    /// Whether store views can have values of their own; if not, the tables have no `store_id`, and all values
    /// count as those of the default scope.
    pub scoped: bool,
}

impl ValueTables {
    /// The tables of an entity whose values differ by store view.
    pub const fn new(entity: &'static str) -> Self {
        Self { entity, scoped: true }
    }

    /// The tables of an entity whose values are the same everywhere, as those of customers.
    pub const fn unscoped(entity: &'static str) -> Self {
        Self {
            entity,
            scoped: false,
        }
    }
}

/// Values by entity and attribute: of the default scope, and of one store view.
#[derive(Debug, Default)]
pub struct Values {
    default: HashMap<(i64, i64), Option<String>>,
    store: HashMap<(i64, i64), Option<String>>,
}

impl Values {
    /// The value in force: the store view's own row, whose NULL counts as no value, else the default one.
    pub fn get(&self, entity_id: i64, attribute_id: i64) -> Option<&str> {
        let key = (entity_id, attribute_id);
        self.store
            .get(&key)
            .or_else(|| self.default.get(&key))?
            .as_deref()
    }

    /// The store view's own row, if there is one.
    pub fn own(&self, entity_id: i64, attribute_id: i64) -> Option<Option<&str>> {
        self.store.get(&(entity_id, attribute_id)).map(Option::as_deref)
    }

    /// The row of the default scope, if there is one.
    pub fn default_value(&self, entity_id: i64, attribute_id: i64) -> Option<Option<&str>> {
        self.default.get(&(entity_id, attribute_id)).map(Option::as_deref)
    }

    pub(crate) fn put(&mut self, entity_id: i64, attribute_id: i64, store_id: i64, value: Option<String>) {
        let rows = if store_id == 0 {
            &mut self.default
        } else {
            &mut self.store
        };
        rows.insert((entity_id, attribute_id), value);
    }
}

/// The values of the entities, those of `store_id` beside the default ones. One statement.
///
/// # Errors
/// The database cannot be read.
pub async fn load(session: &mut Session, tables: &ValueTables, ids: &[i64], store_id: i64) -> Result<Values> {
    let mut values = Values::default();
    if ids.is_empty() {
        return Ok(values);
    }
    for row in repo::values::load(session, tables, ids, store_id).await? {
        values.put(row.entity_id, row.attribute_id, row.store_id, row.value);
    }
    Ok(values)
}

/// A value to be stored, or to be taken away.
#[derive(Debug, Clone)]
pub struct Write<'a> {
    /// The entity.
    pub entity_id: i64,
    /// The attribute; of a static one nothing is written.
    pub attribute: &'a Attribute,
    /// The store views that get it, 0 for the default scope: see [`stores_of`].
    pub stores: Vec<i64>,
    /// The value as it is stored.
    pub value: Option<String>,
    /// Whether the rows are removed instead, so that the default is in force again.
    pub delete: bool,
}

/// Writes values; at most two statements for each value table.
///
/// # Errors
/// A value does not fit its column; the database refuses.
pub async fn save(session: &mut Session, tables: &ValueTables, writes: &[Write<'_>]) -> Result<()> {
    repo::values::save(session, tables, writes).await
}

/// Where a value goes that is written in a scope (`spec/scopes.md` facts 13–17): to the default scope, to the
/// store view, or to all views of its website.
pub fn stores_of(attribute: &Attribute, scope: &StoreScope, scopes: &Scopes) -> Vec<i64> {
    match attribute.scope {
        _ if scope.store_id == 0 => vec![0],
        AttributeScope::Global => vec![0],
        AttributeScope::Store => vec![scope.store_id],
        AttributeScope::Website => scopes.views_of_website(scope.website_id),
    }
}
