//! An attribute's value tables behind the entity.

use std::collections::HashSet;

use contract::Result;
use db::search::Kind;
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
        let mut sql = "SELECT ".to_owned();
        sql.push_str(&format!("{attribute}, {store} WHERE EXISTS (SELECT 1 FROM {{"));
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
    /// Whether every match must have it, whatever is asked.
    pub(super) required: bool,
    /// Whether a filter uses it.
    pub(super) filters: bool,
}

impl<'a> Join<'a> {
    pub(super) fn new(attribute: &'a Attribute, store_id: Option<i64>) -> Self {
        Self {
            attribute,
            alias: format!("d{}", attribute.id),
            own: store_id.map(|_| format!("s{}", attribute.id)),
            store_id: store_id.unwrap_or_default(),
            optional: true,
            required: false,
            filters: false,
        }
    }

    fn table(&self, tables: &ValueTables) -> String {
        format!("{}_{}", tables.entity, self.attribute.backend_type.name())
    }

    pub(super) fn sql(&self, tables: &ValueTables, verb: &str) -> String {
        let table = self.table(tables);
        let verb = if self.optional { "LEFT JOIN" } else { verb };
        let mut sql = behind(verb, &table, &self.alias, &self.on(tables, &self.alias, 0));
        if let Some(own) = &self.own {
            let on = self.on(tables, own, self.store_id);
            sql.push_str(&behind("LEFT JOIN", &table, own, &on));
        }
        sql
    }

    /// As the first table: its name, and what joins the entity to it.
    pub(super) fn first(&self, tables: &ValueTables) -> (String, String) {
        (
            named(&self.table(tables), &self.alias),
            self.on(tables, &self.alias, 0),
        )
    }

    fn on(&self, tables: &ValueTables, alias: &str, store_id: i64) -> String {
        let attribute_id = self.attribute.id;
        let mut on = format!("{alias}.entity_id = e.entity_id AND {alias}.attribute_id = {attribute_id}");
        if tables.scoped {
            on.push_str(&format!(" AND {alias}.store_id = {store_id}"));
        }
        on
    }

    /// The value in force.
    pub(super) fn value(&self) -> String {
        let alias = &self.alias;
        match &self.own {
            None => format!("{alias}.value"),
            Some(own) => format!("CASE WHEN {own}.value_id IS NULL THEN {alias}.value ELSE {own}.value END"),
        }
    }
}

/// A table of the caller's own behind the entity.
#[derive(Debug, Clone)]
pub struct Joined {
    /// Its name, without prefix.
    pub table: &'static str,
    /// Its alias.
    pub alias: String,
    /// What joins it.
    pub on: String,
    /// Whether entities without a row in it stay; it must not have more than one row for an entity.
    pub optional: bool,
}

impl Joined {
    pub(super) fn sql(&self, verb: &str) -> String {
        let verb = if self.optional { "LEFT JOIN" } else { verb };
        behind(verb, self.table, &self.alias, &self.on)
    }

    pub(super) fn first(&self) -> (String, String) {
        (named(self.table, &self.alias), self.on.clone())
    }
}

fn named(table: &str, alias: &str) -> String {
    let mut sql = "{".to_owned();
    sql.push_str(table);
    sql.push_str("} ");
    sql.push_str(alias);
    sql
}

fn behind(verb: &str, table: &str, alias: &str, on: &str) -> String {
    format!(" {verb} {} ON {on}", named(table, alias))
}

/// How the values of a table compare.
pub(super) fn kind(backend: BackendType) -> Kind {
    match backend {
        BackendType::Int | BackendType::Decimal => Kind::Number,
        BackendType::Datetime => Kind::Time,
        BackendType::Static | BackendType::Varchar | BackendType::Text => Kind::Text,
    }
}
