//! Searches over flat tables: a client's filters, sort orders and page as SQL for either engine
//! (`spec/webapi.md §13`).
//!
//! A repository names what may be searched ([`Column`]) and puts the pieces behind its own text; the count
//! uses the same filter:
//!
//! ```
//! use db::search::{Column, Filter, Group, Kind, Search};
//!
//! const COLUMNS: &[Column] = &[Column { field: "code", sql: "`code`", kind: Kind::Text }];
//!
//! let groups = vec![Group(vec![Filter::new("code", "like", Some("ab%"))])];
//! let search = Search { groups, ..Search::default() };
//! let found = search.render(db::Engine::MySql, COLUMNS)?;
//! let rows = format!("SELECT code FROM {{coupon}}{}{}{}", found.filter, found.order, found.window);
//! let count = format!("SELECT COUNT(*) FROM {{coupon}}{}", found.filter);
//! assert_eq!(rows, "SELECT code FROM {coupon} WHERE `code` LIKE ?");
//! # assert_eq!(found.params.len(), 1);
//! # Ok::<(), db::search::UnknownField>(())
//! ```
//!
//! Both engines give the same rows, whatever the values are, and no value is an error:
//!
//! - A missing value compares as the empty text.
//! - Numbers are read from text as MySQL does: `5abc` is 5, `abc` is 0.
//! - Times are read as MariaDB does (`2024-1-1`, `2024-01-01T10:00:00Z`, `20240101`). An offset (`+02:00`)
//!   is applied, which MySQL does and MariaDB does not. What is not a time matches nothing, and everything
//!   but NULL when negated.
//! - A regular expression must be one that the `regex` crate knows (no back-references, no look-around) and
//!   of moderate size; another matches nothing.

mod condition;
mod number;
mod pattern;
mod render;
mod time;

pub(crate) use pattern::register;
pub use render::Rendered;

use crate::{Engine, Param};

/// What a client may filter and sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in a search. Letter case does not matter, as for MySQL's columns.
    pub field: &'static str,
    /// The column, or an expression in parentheses unless it is a call, in SQL of both engines.
    ///
    /// On SQLite only a plain column keeps what it was declared with. A decimal of another expression
    /// compares as text: put `CAST(… AS …)` around it.
    pub sql: &'static str,
    /// How it compares.
    pub kind: Kind,
}

impl Column {
    pub(crate) fn operand(&self) -> Operand<'static> {
        Operand {
            sql: self.sql,
            kind: self.kind,
        }
    }
}

/// What a condition is about: as [`Column`], for text that is made at run time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operand<'a> {
    /// As [`Column::sql`].
    pub sql: &'a str,
    /// How it compares.
    pub kind: Kind,
}

impl Operand<'_> {
    /// The condition `test` of `value`, to be joined by `AND` and `OR` as it is; its parameters are added to
    /// `params`.
    #[must_use]
    pub fn condition(self, engine: Engine, test: Test, value: &str, params: &mut Vec<Param>) -> String {
        let mut conditions = condition::Conditions::new(engine);
        let sql = conditions.of(self, test, value);
        params.extend(conditions.into_params());
        sql
    }

    /// What `ORDER BY` needs to sort a column of this kind; `plain` when it is nothing but a column, whose
    /// index may then serve.
    #[must_use]
    pub fn sort_key(self, engine: Engine, plain: bool) -> String {
        match (engine, self.kind) {
            (Engine::Sqlite, Kind::Number) if !plain => format!("{} COLLATE DECIMAL", self.sql),
            _ => render::collated(self, engine),
        }
    }
}

/// How a column compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As text: without regard to case, accents and trailing spaces.
    Text,
    /// As a number: integers, booleans and decimals.
    Number,
    /// As a time in UTC: timestamps, datetimes and dates.
    Time,
}

/// What a filter asks (`spec/webapi.md §13.5`). Except for `Null`, a column that is NULL never matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// Equal.
    Eq,
    /// Not equal.
    Neq,
    /// `LIKE`: `%` is any text, `_` one character, `\` takes the next one as it is.
    Like,
    /// `NOT LIKE`.
    NotLike,
    /// One of the values between commas, which are not trimmed.
    In,
    /// None of the values between commas.
    NotIn,
    /// Greater.
    Gt,
    /// Greater or equal.
    Gteq,
    /// Less.
    Lt,
    /// Less or equal.
    Lteq,
    /// Is NULL.
    Null,
    /// Is not NULL.
    NotNull,
    /// The value is one of the words between commas in the column. As MySQL's function, this finds no
    /// value that has a comma, and none that has more bytes than the column.
    FindInSet,
    /// The value is none of the words between commas in the column.
    NotFindInSet,
    /// The column has a match of a regular expression, without regard to case.
    Regexp,
    /// As [`Test::Eq`]; an empty value asks for NULL.
    StrictEq,
    /// As [`Test::Neq`]; an empty value asks for what is not NULL.
    StrictNeq,
    /// The number as an IPv4 address is `LIKE` the value. Other kinds of columns never match.
    InetNtoa,
    /// `LIKE '%value%'`.
    Fulltext,
}

impl Test {
    /// The meaning of a condition type. Case matters; what is unknown acts as `eq`. So does `is`, which
    /// Magento turns into faulty SQL and answers with status 500.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "neq" => Self::Neq,
            "like" => Self::Like,
            "nlike" => Self::NotLike,
            "in" => Self::In,
            "nin" => Self::NotIn,
            "gt" => Self::Gt,
            "gteq" | "from" => Self::Gteq,
            "lt" => Self::Lt,
            "lteq" | "to" => Self::Lteq,
            "null" => Self::Null,
            "notnull" => Self::NotNull,
            "finset" => Self::FindInSet,
            "nfinset" => Self::NotFindInSet,
            "regexp" => Self::Regexp,
            "seq" => Self::StrictEq,
            "sneq" => Self::StrictNeq,
            "ntoa" => Self::InetNtoa,
            "fulltext" => Self::Fulltext,
            _ => Self::Eq,
        }
    }
}

/// One condition on one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The field, a [`Column::field`].
    pub field: String,
    /// What is asked.
    pub test: Test,
    /// What it is asked of; none compares as the empty text.
    pub value: Option<String>,
    /// Whether the test was written `from` or `to`: two such may make a range (see [`Group`]).
    pub bound: bool,
}

impl Filter {
    /// A filter as a client writes it; an empty `condition` is `eq`.
    pub fn new(field: impl Into<String>, condition: &str, value: Option<&str>) -> Self {
        Self {
            field: field.into(),
            test: Test::named(condition),
            value: value.map(str::to_owned),
            bound: matches!(condition, "from" | "to"),
        }
    }
}

/// Filters of which any may match. Exactly two, `from` and `to` on one field, are a range: both must match
/// (`spec/webapi.md §13.4`). An empty group asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group(pub Vec<Filter>);

impl Group {
    fn is_range(&self) -> bool {
        match self.0.as_slice() {
            [a, b] => a.bound && b.bound && a.field == b.field && a.test != b.test,
            _ => false,
        }
    }
}

/// One sort order. NULL comes before everything else when ascending, after it when not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// The field, a [`Column::field`].
    pub field: String,
    /// Whether small values come first.
    pub ascending: bool,
}

/// What a list call is to return.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// All of them must match.
    pub groups: Vec<Group>,
    /// The first is the primary one. Of a field named twice the last order counts, at its place
    /// (`spec/webapi.md §13.8`).
    pub sorts: Vec<Sort>,
    /// Rows to return at most and rows to skip; `None` returns all.
    pub window: Option<(i64, i64)>,
}

/// A filter or sort order names a field that cannot be searched. EAV entities answer it in their own way,
/// Magento's flat tables with a masked 500 (`spec/webapi.md §13.7`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the search names a field that is not there")]
pub struct UnknownField(
    /// The field as the client wrote it.
    pub String,
);

impl Search {
    /// The SQL of this search. All lists together may hold about 32,000 values, more than a URL can.
    ///
    /// # Errors
    /// [`UnknownField`] for the first field that is not in `columns`, filters before sort orders.
    pub fn render(&self, engine: Engine, columns: &[Column]) -> Result<Rendered, UnknownField> {
        render::render(self, engine, columns)
    }

    /// Takes out the sort orders by fields that are not in `columns`, which EAV entities ignore
    /// (`spec/webapi.md §13.7`).
    pub fn drop_unknown_sorts(&mut self, columns: &[Column]) {
        self.sorts.retain(|sort| find(columns, &sort.field).is_ok());
    }
}

fn find<'c>(columns: &'c [Column], field: &str) -> Result<&'c Column, UnknownField> {
    columns
        .iter()
        .find(|column| column.field.eq_ignore_ascii_case(field))
        .ok_or_else(|| UnknownField(field.to_owned()))
}
