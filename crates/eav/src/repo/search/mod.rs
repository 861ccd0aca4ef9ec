//! Filters and sort orders by attribute, for any entity (`spec/webapi.md §13`, `spec/scopes.md` facts 24 and 25).
//!
//! A [`Query`] is built filter by filter and then gives the text of two statements: the count and a page. What it
//! reads is the value in force: the store view's own row, else that of the default scope. As in Magento a filter
//! asks for a row of the default scope, except `null`, which is true without one; a sort order never takes
//! entities away.

mod join;

use contract::search::Filter;
use contract::{Error, Result};
use db::search::{Column, Operand, Test};
use db::{Engine, Param};

use crate::metadata::{Attribute, AttributeScope, BackendType, EntityType};
use crate::values::ValueTables;
use join::{Join, kind};
pub use join::{Overrides, overrides};

/// What is searched.
#[derive(Debug, Clone, Copy)]
pub struct Searched<'a> {
    /// The tables of its values; the entity's own table has the alias `e`.
    pub tables: ValueTables,
    /// Its attributes.
    pub entity: &'a EntityType,
    /// Its own columns: field names are attribute codes, the SQL has the alias `e`.
    pub columns: &'a [Column],
}

impl<'a> Searched<'a> {
    /// The attribute with values of its own that a search names.
    pub fn attribute(&self, code: &str) -> Option<&'a Attribute> {
        let attribute = self.entity.attribute(code)?;
        (attribute.backend_type != BackendType::Static).then_some(attribute)
    }

    fn column(&self, code: &str) -> Option<&'a Column> {
        self.columns.iter().find(|column| column.field == code)
    }
}

/// Condition types that Magento's attribute searches know; another one compares for equality with both the field's
/// name and the value (golden `search.products.price.moreq`).
const KNOWN: &[&str] = &[
    "eq", "neq", "like", "nlike", "in", "nin", "is", "notnull", "null", "gt", "lt", "gteq", "lteq", "finset",
    "nfinset", "regexp", "from", "to", "seq", "sneq", "ntoa",
];

/// A search in the making.
#[derive(Debug)]
pub struct Query<'a> {
    engine: Engine,
    searched: Searched<'a>,
    overrides: &'a Overrides,
    store_id: i64,
    joins: Vec<Join<'a>>,
    more: Vec<String>,
    conditions: Vec<String>,
    params: Vec<Param>,
    orders: Vec<(String, String)>,
}

impl<'a> Query<'a> {
    /// A search that matches every entity, in a store view (0 for the default scope).
    pub fn new(engine: Engine, searched: Searched<'a>, overrides: &'a Overrides, store_id: i64) -> Self {
        Self {
            engine,
            searched,
            overrides,
            store_id,
            joins: Vec::new(),
            more: Vec::new(),
            conditions: Vec::new(),
            params: Vec::new(),
            orders: Vec::new(),
        }
    }

    /// The store view whose values the next filters and sort orders mean; attributes named before keep theirs.
    pub fn set_store(&mut self, store_id: i64) {
        self.store_id = store_id;
    }

    /// The store view of the next filters and sort orders.
    pub fn store_id(&self) -> i64 {
        self.store_id
    }

    /// The attribute with values of its own that a field names, unless it is a column.
    pub fn attribute(&self, field: &str) -> Option<&'a Attribute> {
        match self.searched.column(field) {
            Some(_) => None,
            None => self.searched.attribute(field),
        }
    }

    /// What sorts entities with rows of their own in the store view first, for an attribute in use. That is how
    /// MariaDB gives them where nothing sorts (goldens `get1291`, `search.products.*`): it looks the rows up for
    /// many entities at once and leaves those without for last. With more than one attribute to look up it
    /// walks the entities by id instead, and so it is here.
    pub fn own_rows_first(&self, code: &str) -> Option<String> {
        let required = |join: &&Join<'_>| !join.optional && !join.filters;
        let others = self.joins.iter().filter(|join| !required(join)).count();
        let join = self.joins.iter().find(|join| join.attribute.code == code)?;
        let own = join.own.as_ref().filter(|_| others < 2)?;
        Some(format!("{own}.value_id IS NULL"))
    }

    /// Keeps entities that have a row of this attribute in the default scope; its value in force as SQL.
    ///
    /// # Errors
    /// Magento's 400 for an unknown attribute.
    pub fn require(&mut self, code: &str) -> Result<String> {
        let attribute = self.searched.attribute(code).ok_or_else(|| unknown(code))?;
        let at = self.join(attribute, false);
        Ok(self.joins[at].value())
    }

    /// Adds a group of filters, of which any may match (for attributes `from` and `to` are no range).
    ///
    /// # Errors
    /// Magento's 400 for a field that is no attribute.
    pub fn filter<'f>(&mut self, group: impl IntoIterator<Item = &'f Filter>) -> Result<()> {
        let mut any = Vec::new();
        for filter in group {
            let field = filter.field.as_deref().unwrap_or_default();
            let condition = filter.condition_type.as_deref().unwrap_or_default();
            let value = filter.value.as_deref().unwrap_or_default();
            if condition.is_empty() || KNOWN.contains(&condition) {
                any.push(self.condition(field, Test::named(condition), value)?);
            } else {
                any.push(self.condition(field, Test::Eq, field)?);
                any.push(self.condition(field, Test::Eq, value)?);
            }
        }
        if !any.is_empty() {
            self.conditions.push(balanced(&any));
        }
        Ok(())
    }

    /// Adds a condition of the caller's own.
    pub fn filter_sql(&mut self, sql: String, params: Vec<Param>) {
        self.conditions.push(sql);
        self.params.extend(params);
    }

    /// Adds a join of the caller's own.
    pub fn join_sql(&mut self, sql: String) {
        self.more.push(sql);
    }

    /// Sorts by a column or an attribute; what is unknown is passed over (`spec/webapi.md §13.7`).
    pub fn sort(&mut self, field: &str, ascending: bool) {
        if let Some(column) = self.searched.column(field) {
            let operand = Operand {
                sql: column.sql,
                kind: column.kind,
            };
            self.order(field, operand.sort_key(self.engine, true), ascending);
        } else if let Some(attribute) = self.searched.attribute(field) {
            let at = self.join(attribute, true);
            let key = self.joins[at].sort_key(self.engine);
            self.order(field, key, ascending);
        }
    }

    /// Sorts by the labels of an attribute's options, those of the store view before those of the admin.
    pub fn sort_by_label(&mut self, attribute: &'a Attribute, ascending: bool) {
        let at = self.join(attribute, true);
        let (id, store, value) = (attribute.id, self.store_id, self.joins[at].value());
        for (alias, store) in [(format!("o{id}"), 0), (format!("p{id}"), store)] {
            let mut sql = "LEFT JOIN {eav_attribute_option_value} ".to_owned();
            sql.push_str(&format!(
                "{alias} ON {alias}.option_id = {value} AND {alias}.store_id = {store}"
            ));
            self.more.push(sql);
        }
        let label = format!("CASE WHEN p{id}.value_id IS NULL THEN o{id}.value ELSE p{id}.value END");
        let operand = Operand {
            sql: &label,
            kind: db::search::Kind::Text,
        };
        let key = operand.sort_key(self.engine, false);
        self.order(&attribute.code, key, ascending);
    }

    /// Sorts by an expression; `name` is the field it stands for.
    pub fn sort_sql(&mut self, name: &str, sql: &str, ascending: bool) {
        self.order(name, sql.to_owned(), ascending);
    }

    /// Whether entities are sorted by anything.
    pub fn is_sorted(&self) -> bool {
        !self.orders.is_empty()
    }

    /// Whether a `null` filter or a sort order joined an attribute that entities may lack.
    pub fn has_optional(&self) -> bool {
        self.joins.iter().any(|join| join.optional)
    }

    /// The statement that counts all matches.
    pub fn count(&self) -> (String, Vec<Param>) {
        (format!("SELECT COUNT(*){}", self.from(true)), self.params.clone())
    }

    /// The statement that reads `columns` of the matches in order, equals by `ties`; at most `limit` rows after
    /// `offset`.
    pub fn page(&self, columns: &str, ties: &str, window: Option<(i64, i64)>) -> (String, Vec<Param>) {
        let mut orders: Vec<&str> = self.orders.iter().map(|(_, sql)| sql.as_str()).collect();
        orders.push(ties);
        let mut sql = format!(
            "SELECT {columns}{} ORDER BY {}",
            self.from(false),
            orders.join(", ")
        );
        if let Some((limit, offset)) = window {
            sql.push_str(&format!(" LIMIT {} OFFSET {}", limit.max(0), offset.max(0)));
        }
        (sql, self.params.clone())
    }

    fn from(&self, counting: bool) -> String {
        let mut sql = " FROM {".to_owned();
        sql.push_str(self.searched.tables.entity);
        sql.push_str("} e");
        for join in &self.joins {
            // What only sorts does not change the count.
            if !(counting && join.optional && !join.filters) {
                sql.push_str(&join.sql(&self.searched.tables));
            }
        }
        for more in &self.more {
            if !(counting && more.starts_with("LEFT ")) {
                sql.push(' ');
                sql.push_str(more);
            }
        }
        for (at, condition) in self.conditions.iter().enumerate() {
            sql.push_str(if at == 0 { " WHERE " } else { " AND " });
            sql.push_str(condition);
        }
        sql
    }

    /// Of a field sorted twice the last order counts, at its place (`spec/webapi.md §13.8`).
    fn order(&mut self, name: &str, key: String, ascending: bool) {
        let direction = if ascending { "ASC" } else { "DESC" };
        self.orders.retain(|(known, _)| known != name);
        self.orders.push((name.to_owned(), format!("{key} {direction}")));
    }

    fn condition(&mut self, field: &str, test: Test, value: &str) -> Result<String> {
        if let Some(column) = self.searched.column(field) {
            let operand = Operand {
                sql: column.sql,
                kind: column.kind,
            };
            return Ok(operand.condition(self.engine, test, value, &mut self.params));
        }
        let attribute = self.searched.attribute(field).ok_or_else(|| unknown(field))?;
        let at = self.join(attribute, test == Test::Null);
        self.joins[at].filters = true;
        let kind = kind(attribute.backend_type);
        let join = &self.joins[at];
        let mut on = |sql: &str| Operand { sql, kind }.condition(self.engine, test, value, &mut self.params);
        Ok(match &join.own {
            None => on(&format!("{}.value", join.alias)),
            Some(own) => {
                let default = on(&format!("{}.value", join.alias));
                let scoped = on(&format!("{own}.value"));
                format!("({own}.value_id IS NULL AND {default} OR {own}.value_id IS NOT NULL AND {scoped})")
            }
        })
    }

    /// The place of the attribute's join, made at its first use: that decides for which store view, and whether
    /// entities without a value stay.
    fn join(&mut self, attribute: &'a Attribute, optional: bool) -> usize {
        if let Some(at) = self
            .joins
            .iter()
            .position(|join| join.attribute.id == attribute.id)
        {
            return at;
        }
        let scoped = self.store_id != 0
            && attribute.scope != AttributeScope::Global
            && self.overrides.has(attribute.id, self.store_id);
        self.joins
            .push(Join::new(attribute, scoped.then_some(self.store_id), optional));
        self.joins.len() - 1
    }
}

/// Magento's answer to a field that is no attribute.
fn unknown(field: &str) -> Error {
    Error::invalid("The \"%1\" attribute name is invalid. Reset the name and try again.").with_next(field)
}

/// Joins by `OR` as a balanced tree: SQLite takes expressions up to a depth of 1000 only.
fn balanced(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => format!("({one})"),
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            format!("({} OR {})", balanced(left), balanced(right))
        }
    }
}
