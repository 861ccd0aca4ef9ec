//! An attribute's value tables behind the entity.

use std::collections::HashSet;

use contract::Result;
use db::search::{Kind, Operand};
use db::{Engine, Session};

use crate::metadata::{Attribute, BackendType};
use crate::values::ValueTables;

/// Which attributes have rows in which store views. Where there are none, a search need not look for them.
#[derive(Debug, Default)]
pub struct Overrides {
    /// Those asked for and found to have none.
    none: HashSet<(i64, i64)>,
}

impl Overrides {
    pub(super) fn has(&self, attribute_id: i64, store_id: i64) -> bool {
        !self.none.contains(&(attribute_id, store_id))
    }
}

/// Asks which of the attributes have rows in any of the store views. One statement.
///
/// MySQL is not asked where Magento's tables have no index that answers at once.
///
/// # Errors
/// The database cannot be read.
pub async fn overrides(
    session: &mut Session,
    tables: &ValueTables,
    attributes: &[&Attribute],
    stores: &[i64],
) -> Result<Overrides> {
    let indexed = |backend| match backend {
        BackendType::Static => false,
        BackendType::Int => true,
        _ => session.engine() == Engine::Sqlite,
    };
    let mut asked: Vec<(i64, BackendType, i64)> = Vec::new();
    for attribute in attributes.iter().filter(|a| indexed(a.backend_type)) {
        for store in stores.iter().filter(|store| **store != 0) {
            let pair = (attribute.id, attribute.backend_type, *store);
            if !asked.contains(&pair) {
                asked.push(pair);
            }
        }
    }
    let found = with_rows(session, tables, &asked).await?;
    let none = asked.iter().map(|(attribute, _, store)| (*attribute, *store));
    Ok(Overrides {
        none: none.filter(|pair| !found.contains(pair)).collect(),
    })
}

/// Those of the attributes and store views that have rows. One statement, none for nothing asked.
async fn with_rows(
    session: &mut Session,
    tables: &ValueTables,
    asked: &[(i64, BackendType, i64)],
) -> Result<HashSet<(i64, i64)>> {
    if asked.is_empty() {
        return Ok(HashSet::new());
    }
    let one = |(attribute, backend, store): &(i64, BackendType, i64)| {
        let mut sql = format!("SELECT {attribute}, {store} WHERE EXISTS (SELECT 1 FROM {{");
        sql.push_str(&format!("{}_{}", tables.entity, backend.name()));
        sql.push_str(&format!(
            "}} v WHERE v.attribute_id = {attribute} AND v.store_id = {store})"
        ));
        sql
    };
    let sql = asked.iter().map(one).collect::<Vec<_>>().join(" UNION ALL ");
    let rows: Vec<(i64, i64)> = session.fetch_all(&sql, &[]).await?;
    Ok(rows.into_iter().collect())
}

/// A joined attribute.
#[derive(Debug)]
pub(super) struct Join<'a> {
    pub(super) attribute: &'a Attribute,
    /// The alias of the row of the default scope.
    pub(super) alias: String,
    /// The alias of the store view's own row, if there may be any.
    pub(super) own: Option<String>,
    store_id: i64,
    /// Whether entities without a value stay.
    pub(super) optional: bool,
    /// Whether a filter uses it.
    pub(super) filters: bool,
}

impl<'a> Join<'a> {
    pub(super) fn new(attribute: &'a Attribute, store_id: Option<i64>, optional: bool) -> Self {
        Self {
            attribute,
            alias: format!("d{}", attribute.id),
            own: store_id.map(|_| format!("s{}", attribute.id)),
            store_id: store_id.unwrap_or_default(),
            optional,
            filters: false,
        }
    }

    pub(super) fn sql(&self, tables: &ValueTables) -> String {
        let table = format!("{}_{}", tables.entity, self.attribute.backend_type.name());
        let verb = if self.optional { "LEFT JOIN" } else { "JOIN" };
        let mut sql = one(verb, &table, &self.alias, self.attribute.id, 0);
        if let Some(own) = &self.own {
            sql.push_str(&one("LEFT JOIN", &table, own, self.attribute.id, self.store_id));
        }
        sql
    }

    /// The value in force.
    pub(super) fn value(&self) -> String {
        let alias = &self.alias;
        match &self.own {
            None => format!("{alias}.value"),
            Some(own) => format!("CASE WHEN {own}.value_id IS NULL THEN {alias}.value ELSE {own}.value END"),
        }
    }

    pub(super) fn sort_key(&self, engine: Engine) -> String {
        let operand = Operand {
            sql: &self.value(),
            kind: kind(self.attribute.backend_type),
        };
        operand.sort_key(engine, self.own.is_none())
    }
}

fn one(verb: &str, table: &str, alias: &str, attribute_id: i64, store_id: i64) -> String {
    let mut sql = format!(" {verb} {{");
    sql.push_str(table);
    sql.push_str(&format!(
        "}} {alias} ON {alias}.entity_id = e.entity_id AND {alias}.attribute_id = {attribute_id} \
         AND {alias}.store_id = {store_id}"
    ));
    sql
}

/// How the values of a table compare.
pub(super) fn kind(backend: BackendType) -> Kind {
    match backend {
        BackendType::Int | BackendType::Decimal => Kind::Number,
        BackendType::Datetime => Kind::Time,
        BackendType::Static | BackendType::Varchar | BackendType::Text => Kind::Text,
    }
}
