//! Attribute values of any number of entities, in a fixed number of statements.

use contract::{Result, StoreScope};
use db::Session;
use store::Scopes;

use crate::metadata::{Attribute, AttributeScope};
use crate::repo;
use crate::repo::values::ValueRow;

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
    /// By entity, attribute and store view: the default scope, which is 0, comes first.
    rows: Vec<ValueRow>,
}

/// The values of one entity.
#[derive(Debug, Clone, Copy)]
pub struct OfEntity<'a>(&'a [ValueRow]);

impl<'a> OfEntity<'a> {
    /// The value in force: the store view's own row, whose NULL counts as no value, else the default one.
    pub fn get(&self, attribute_id: i64) -> Option<&'a str> {
        self.rows(attribute_id).last()?.value.as_deref()
    }

    /// The rows of an attribute: one, or the default scope's and the store view's.
    fn rows(&self, attribute_id: i64) -> &'a [ValueRow] {
        let start = self.0.partition_point(|row| row.attribute_id < attribute_id);
        let rows = &self.0[start..];
        let count = rows
            .iter()
            .take_while(|row| row.attribute_id == attribute_id)
            .count();
        &rows[..count]
    }
}

impl Values {
    /// The value in force: the store view's own row, whose NULL counts as no value, else the default one.
    pub fn get(&self, entity_id: i64, attribute_id: i64) -> Option<&str> {
        self.of(entity_id).get(attribute_id)
    }

    /// The values of one entity, for many questions about it.
    pub fn of(&self, entity_id: i64) -> OfEntity<'_> {
        let start = self.rows.partition_point(|row| row.entity_id < entity_id);
        let rows = &self.rows[start..];
        OfEntity(&rows[..rows.partition_point(|row| row.entity_id == entity_id)])
    }

    /// The store view's own row, if there is one.
    pub fn own(&self, entity_id: i64, attribute_id: i64) -> Option<Option<&str>> {
        let last = self.of(entity_id).rows(attribute_id).last();
        last.filter(|row| row.store_id != 0)
            .map(|row| row.value.as_deref())
    }

    /// The row of the default scope, if there is one.
    pub fn default_value(&self, entity_id: i64, attribute_id: i64) -> Option<Option<&str>> {
        let first = self.of(entity_id).rows(attribute_id).first();
        first
            .filter(|row| row.store_id == 0)
            .map(|row| row.value.as_deref())
    }
}

/// The values of the entities, those of `store_id` beside the default ones. One statement.
///
/// # Errors
/// The database cannot be read.
pub async fn load(session: &mut Session, tables: &ValueTables, ids: &[i64], store_id: i64) -> Result<Values> {
    if ids.is_empty() {
        return Ok(Values::default());
    }
    let mut rows = repo::values::load(session, tables, ids, store_id).await?;
    rows.sort_by_key(|row| (row.entity_id, row.attribute_id, row.store_id));
    Ok(Values { rows })
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
