//! Filters and sort orders by attribute, for any entity (`spec/webapi.md §13`, `spec/scopes.md` facts 24 and 25).
//!
//! A [`Query`] is built filter by filter and then gives the text of two statements: the count and a page. What it
//! reads is the value in force: the store view's own row, else that of the default scope.
//!
//! On SQLite a page is read by one of two plans. Where many entities match, it walks the index of what sorts and
//! looks up the rest row by row until the page is full; where few match, it starts from the filters and sorts the
//! matches. The count tells which ([`Query::page`]).

mod join;
mod order;

use contract::search::Filter;
use contract::{Error, Result};
use db::search::{Column, Operand, Test};
use db::{Engine, Param};

use crate::metadata::{Attribute, AttributeScope, BackendType, EntityType};
use crate::values::ValueTables;
use join::{Join, kind};
pub use join::{Joined, Overrides, overrides};
use order::{Lead, Order};

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

/// How a page is read; MySQL plans by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// As the engine likes.
    Free,
    /// Along the index of the first sort order.
    Walk,
    /// From the filters; the matches are sorted.
    Match,
}

/// A search in the making.
#[derive(Debug)]
pub struct Query<'a> {
    engine: Engine,
    searched: Searched<'a>,
    overrides: &'a Overrides,
    store_id: i64,
    joins: Vec<Join<'a>>,
    more: Vec<Joined>,
    conditions: Vec<String>,
    params: Vec<Param>,
    orders: Vec<Order>,
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
        let others = self.joins.iter().filter(|join| join.filters).count();
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
        let at = self.join(attribute);
        self.joins[at].optional = false;
        self.joins[at].required = true;
        Ok(self.joins[at].value())
    }

    /// Adds a group of filters, of which any may match (for attributes `from` and `to` are no range).
    ///
    /// # Errors
    /// Magento's 400 for a field that is no attribute.
    pub fn filter<'f>(&mut self, group: impl IntoIterator<Item = &'f Filter>) -> Result<()> {
        let mut any = Vec::new();
        let mut alone = None;
        for filter in group {
            let field = filter.field.as_deref().unwrap_or_default();
            let condition = filter.condition_type.as_deref().unwrap_or_default();
            let value = filter.value.as_deref().unwrap_or_default();
            let test = Test::named(condition);
            if condition.is_empty() || KNOWN.contains(&condition) {
                any.push(self.condition(field, test, value)?);
            } else {
                any.push(self.condition(field, Test::Eq, field)?);
                any.push(self.condition(field, Test::Eq, value)?);
            }
            let takes_null = test == Test::Null || test == Test::StrictEq && value.is_empty();
            alone = (!takes_null).then_some(field);
        }
        if let (1, Some(field)) = (any.len(), alone) {
            self.keep_only_with(field);
        }
        if !any.is_empty() {
            self.conditions.push(balanced(&any));
        }
        Ok(())
    }

    /// A condition that no NULL meets needs no row for entities without a value, which frees the planner.
    fn keep_only_with(&mut self, code: &str) {
        let mut joins = self.joins.iter_mut();
        if let Some(join) = joins.find(|join| join.attribute.code == code && join.own.is_none()) {
            join.optional = false;
        }
    }

    /// Adds a condition of the caller's own.
    pub fn filter_sql(&mut self, sql: String, params: Vec<Param>) {
        self.conditions.push(sql);
        self.params.extend(params);
    }

    /// Adds a join of the caller's own, once under its alias.
    pub fn join_table(&mut self, joined: Joined) {
        if self.more.iter().any(|known| known.alias == joined.alias) {
            return;
        }
        self.more.push(joined);
    }

    /// Sorts by a column or an attribute; what is unknown is passed over (`spec/webapi.md §13.7`).
    pub fn sort(&mut self, field: &str, ascending: bool) {
        if let Some(column) = self.searched.column(field) {
            let operand = Operand {
                sql: column.sql,
                kind: column.kind,
            };
            let lead = Lead::of(column.sql, &[]);
            self.order(Order::new(field, self.engine, operand, ascending, lead));
        } else if let Some(attribute) = self.searched.attribute(field) {
            let at = self.join(attribute);
            let (join, value) = (&self.joins[at], self.joins[at].value());
            let operand = Operand {
                sql: &value,
                kind: kind(attribute.backend_type),
            };
            let lead = join.own.is_none().then_some(Lead::Attribute(at));
            self.order(Order::new(field, self.engine, operand, ascending, lead));
        }
    }

    /// Sorts by the labels of an attribute's options, those of the store view before those of the admin.
    pub fn sort_by_label(&mut self, attribute: &'a Attribute, ascending: bool) {
        let at = self.join(attribute);
        let (id, store, value) = (attribute.id, self.store_id, self.joins[at].value());
        for (alias, store) in [(format!("o{id}"), 0), (format!("p{id}"), store)] {
            self.more.push(Joined {
                table: "eav_attribute_option_value",
                on: format!("{alias}.option_id = {value} AND {alias}.store_id = {store}"),
                alias,
                optional: true,
            });
        }
        let label = format!("CASE WHEN p{id}.value_id IS NULL THEN o{id}.value ELSE p{id}.value END");
        let operand = Operand {
            sql: &label,
            kind: db::search::Kind::Text,
        };
        self.order(Order::new(&attribute.code, self.engine, operand, ascending, None));
    }

    /// Sorts by a column of `e` or of a joined table, or by an expression; `name` is the field it stands for.
    pub fn sort_sql(&mut self, name: &str, sql: &str, ascending: bool) {
        let operand = Operand {
            sql,
            kind: db::search::Kind::Number,
        };
        let lead = Lead::of(sql, &self.more);
        self.order(Order::new(name, self.engine, operand, ascending, lead));
    }

    /// Whether entities are sorted by anything.
    pub fn is_sorted(&self) -> bool {
        !self.orders.is_empty()
    }

    /// The statement that counts all matches.
    pub fn count(&self) -> (String, Vec<Param>) {
        let sql = format!("SELECT COUNT(*){}", self.from(true, None));
        (sql, self.params.clone())
    }

    /// The code of the attribute whose index a walk would take: it must have a row for every entity, else the walk
    /// would pass over some.
    pub fn leading_attribute(&self) -> Option<&'a Attribute> {
        match self.lead() {
            Some(Lead::Attribute(at)) => Some(self.joins[at].attribute),
            _ => None,
        }
    }

    fn lead(&self) -> Option<Lead> {
        match self.orders.first() {
            Some(first) => first.lead,
            None => Some(Lead::Entity),
        }
    }

    /// The statement that reads `columns` of the matches in order, equals by id, and backwards if sorted by one
    /// column of the entity backwards, as its index has them; at most `limit` rows after `offset`.
    pub fn page(&self, columns: &str, plan: Plan, window: Option<(i64, i64)>) -> (String, Vec<Param>) {
        let lead = self.lead().filter(|_| plan == Plan::Walk);
        let plain = plan == Plan::Free || lead.is_some();
        let mut orders: Vec<String> = self.orders.iter().map(|order| order.sql(plain)).collect();
        if self.orders.last().is_none_or(|last| last.name != "entity_id") {
            let backwards = match self.orders.as_slice() {
                [only] => only.lead == Some(Lead::Entity) && only.is_descending(),
                _ => false,
            };
            let id = if plain { "e.entity_id" } else { "+e.entity_id" };
            orders.push(format!("{id} {}", if backwards { "DESC" } else { "ASC" }));
        }
        let from = self.from(false, lead);
        let mut sql = "SELECT ".to_owned();
        sql.push_str(&format!("{columns}{from} ORDER BY {}", orders.join(", ")));
        if let Some((limit, offset)) = window {
            sql.push_str(&format!(" LIMIT {} OFFSET {}", limit.max(0), offset.max(0)));
        }
        (sql, self.params.clone())
    }

    /// The tables and conditions; `lead` comes first, and the others in the order written.
    fn from(&self, counting: bool, lead: Option<Lead>) -> String {
        let entity = self.searched.tables.entity;
        let verb = if lead.is_some() { "CROSS JOIN" } else { "JOIN" };
        let mut sql = String::new();
        let led = match lead {
            Some(Lead::Attribute(at)) => Some(self.joins[at].first(&self.searched.tables)),
            Some(Lead::Joined(at)) => Some(self.more[at].first()),
            Some(Lead::Entity) | None => None,
        };
        match led {
            Some((first, on)) => {
                sql.push_str(&format!(" FROM {first} CROSS JOIN {{"));
                sql.push_str(entity);
                sql.push_str(&format!("}} e ON {on}"));
            }
            None => {
                sql.push_str(" FROM {");
                sql.push_str(entity);
                sql.push_str("} e");
                // Else SQLite takes a condition's index and sorts what it gives, however many that are.
                if lead == Some(Lead::Entity) && self.is_by_id() && self.engine == Engine::Sqlite {
                    sql.push_str(" NOT INDEXED");
                }
            }
        }
        let joins = self.joins.iter().enumerate();
        let (required, free): (Vec<_>, Vec<_>) = joins.partition(|(_, join)| join.required);
        for (at, join) in free {
            // What only sorts does not change the count.
            if lead != Some(Lead::Attribute(at)) && !(counting && join.optional && !join.filters) {
                sql.push_str(&join.sql(&self.searched.tables, verb));
            }
        }
        for (at, more) in self.more.iter().enumerate() {
            if lead != Some(Lead::Joined(at)) && !(counting && more.optional) {
                sql.push_str(&more.sql(verb));
            }
        }
        for (at, join) in required {
            if lead != Some(Lead::Attribute(at)) {
                // Nearly all entities have the same few values: on SQLite this keeps them from leading.
                sql.push_str(&join.sql(&self.searched.tables, "CROSS JOIN"));
            }
        }
        for (at, condition) in self.conditions.iter().enumerate() {
            sql.push_str(if at == 0 { " WHERE " } else { " AND " });
            sql.push_str(condition);
        }
        sql
    }

    /// Whether the entities come in the order of their ids.
    fn is_by_id(&self) -> bool {
        self.orders.first().is_none_or(|first| first.name == "entity_id")
    }

    /// Of a field sorted twice the last order counts, at its place (`spec/webapi.md §13.8`).
    fn order(&mut self, order: Order) {
        self.orders.retain(|known| known.name != order.name);
        self.orders.push(order);
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
        let at = self.join(attribute);
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

    /// The place of the attribute's join, made at its first use: that decides for which store view.
    fn join(&mut self, attribute: &'a Attribute) -> usize {
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
            .push(Join::new(attribute, scoped.then_some(self.store_id)));
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
