//! A whole search as SQL.

use super::condition::Conditions;
use super::{Group, Search, Sort, UnknownField, find};
use crate::search::{Column, Kind, Operand};
use crate::{Engine, Param};

/// A search as pieces of SQL, each empty or with a space before it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rendered {
    /// `WHERE` with its conditions.
    pub filter: String,
    /// `ORDER BY`.
    pub order: String,
    /// `LIMIT` and `OFFSET`, as numbers: a count of `filter` takes the same parameters.
    pub window: String,
    /// The parameters of `filter`.
    pub params: Vec<Param>,
}

pub(super) fn render(search: &Search, engine: Engine, columns: &[Column]) -> Result<Rendered, UnknownField> {
    let mut conditions = Conditions::new(engine);
    let mut all = Vec::new();
    for group in search.groups.iter().filter(|group| !group.0.is_empty()) {
        all.push(of_group(group, columns, &mut conditions)?);
    }
    Ok(Rendered {
        filter: clause(" WHERE ", &join(&all, " AND ")),
        order: clause(" ORDER BY ", &order(&search.sorts, engine, columns)?),
        window: search.window.map_or_else(String::new, |(limit, offset)| {
            format!(" LIMIT {} OFFSET {}", limit.max(0), offset.max(0))
        }),
        params: conditions.into_params(),
    })
}

fn clause(verb: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{verb}{text}")
    }
}

fn of_group(group: &Group, columns: &[Column], conditions: &mut Conditions) -> Result<String, UnknownField> {
    let mut any = Vec::with_capacity(group.0.len());
    for filter in &group.0 {
        let column = find(columns, &filter.field)?;
        any.push(conditions.of(
            column.operand(),
            filter.test,
            filter.value.as_deref().unwrap_or_default(),
        ));
    }
    Ok(join(&any, if group.is_range() { " AND " } else { " OR " }))
}

/// Joins as a balanced tree: SQLite takes expressions up to a depth of 1000 only.
fn join(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            format!("({}{word}{})", join(left, word), join(right, word))
        }
    }
}

fn order(sorts: &[Sort], engine: Engine, columns: &[Column]) -> Result<String, UnknownField> {
    let mut chosen: Vec<(&Column, bool)> = Vec::with_capacity(sorts.len());
    for sort in sorts {
        let column = find(columns, &sort.field)?;
        chosen.retain(|(other, _)| other.field != column.field);
        chosen.push((column, sort.ascending));
    }
    let texts = chosen.iter().map(|(column, ascending)| {
        let direction = if *ascending { "ASC" } else { "DESC" };
        format!("{} {direction}", collated(column.operand(), engine))
    });
    Ok(texts.collect::<Vec<_>>().join(", "))
}

/// The column where its collation matters; an expression has none on SQLite.
pub(super) fn collated(column: Operand<'_>, engine: Engine) -> String {
    match (engine, column.kind) {
        (Engine::Sqlite, Kind::Text) => format!("{} COLLATE GENERAL_CI", column.sql),
        _ => column.sql.to_owned(),
    }
}
