//! The few places where one SQL text cannot serve both engines.
//!
//! Table names are given without braces, columns without quotes; neither may come from a client.

use crate::Engine;
use std::fmt::Write as _;

/// `INSERT` of one row that updates `update_columns` to the new values when a row with the same
/// `key_columns` (a primary or unique key) is there. With no `update_columns` such a row stays as it is, and so does,
/// on both engines, one that has the new values already: give decimals at their column's scale
/// ([`crate::at_scale`]), so that they are seen to be the same.
///
/// The row's id is not reported reliably by [`crate::Executed::last_id`] when it was there already.
#[must_use]
pub fn upsert(
    engine: Engine,
    table: &str,
    insert_columns: &[&str],
    key_columns: &[&str],
    update_columns: &[&str],
) -> String {
    upsert_rows(engine, table, insert_columns, key_columns, update_columns, 1)
}

/// As [`upsert`], of `count` rows in one statement.
#[must_use]
pub fn upsert_rows(
    engine: Engine,
    table: &str,
    insert_columns: &[&str],
    key_columns: &[&str],
    update_columns: &[&str],
    count: usize,
) -> String {
    let mut sql = insert_rows(table, insert_columns, count);
    match engine {
        Engine::Sqlite => {
            let _ = write!(sql, " ON CONFLICT ({})", columns(key_columns));
            sql.push_str(if update_columns.is_empty() {
                " DO NOTHING"
            } else {
                " DO UPDATE SET "
            });
            push_list(&mut sql, update_columns, |c| format!("`{c}` = excluded.`{c}`"));
            for (i, c) in update_columns.iter().enumerate() {
                let start = if i == 0 { " WHERE" } else { " OR" };
                let _ = write!(sql, "{start} `{c}` COLLATE BINARY IS NOT excluded.`{c}`");
            }
        }
        Engine::MySql => {
            sql.push_str(" ON DUPLICATE KEY UPDATE ");
            if update_columns.is_empty() {
                push_list(&mut sql, &key_columns[..key_columns.len().min(1)], |c| {
                    format!("`{c}` = `{c}`")
                });
            }
            push_list(&mut sql, update_columns, |c| format!("`{c}` = VALUES(`{c}`)"));
        }
    }
    sql
}

/// `INSERT` of one row that does nothing (0 rows) when a unique key holds such a row already.
///
/// MySQL also swallows other faults of the row (a missing parent, a value that is too long): check those
/// before.
#[must_use]
pub fn insert_ignore(engine: Engine, table: &str, insert_columns: &[&str]) -> String {
    match engine {
        Engine::Sqlite => insert("INSERT INTO", table, insert_columns) + " ON CONFLICT DO NOTHING",
        Engine::MySql => insert("INSERT IGNORE INTO", table, insert_columns),
    }
}

/// To end a `SELECT` whose rows are changed later in the same transaction. Empty on SQLite, where a
/// transaction is alone. Needs [`crate::Session::begin`] before.
#[must_use]
pub fn for_update(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        Engine::MySql => " FOR UPDATE",
    }
}

/// To end a `SELECT` whose rows must not change before the end of the transaction. As [`for_update`] otherwise.
#[must_use]
pub fn for_share(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        Engine::MySql => " LOCK IN SHARE MODE",
    }
}

/// `?, ?, ?` for `count` values of an `IN` list. Both engines take at least 32,000.
#[must_use]
pub fn placeholders(count: usize) -> String {
    let mut text = "?, ".repeat(count);
    text.truncate(text.len().saturating_sub(2));
    text
}

/// A text expression to sort by, without regard to case and accents as columns are: an expression has no
/// collation on SQLite.
#[must_use]
pub fn text_order(engine: Engine, expression: &str) -> String {
    match engine {
        Engine::Sqlite => format!("{expression} COLLATE GENERAL_CI"),
        Engine::MySql => expression.to_owned(),
    }
}

/// `INSERT` of `count` rows in one statement.
#[must_use]
pub fn insert_rows(table: &str, insert_columns: &[&str], count: usize) -> String {
    let mut sql = insert("INSERT INTO", table, insert_columns);
    let row = format!(", ({})", placeholders(insert_columns.len()));
    sql.push_str(&row.repeat(count.saturating_sub(1)));
    sql
}

/// The rows whose `columns` are one of `count` tuples: `(a, b) IN ((?, ?), …)`.
#[must_use]
pub fn row_in(engine: Engine, names: &[&str], count: usize) -> String {
    let row = format!("({})", placeholders(names.len()));
    let rows = vec![row; count].join(", ");
    match engine {
        Engine::Sqlite => format!("({}) IN (VALUES {rows})", columns(names)),
        Engine::MySql => format!("({}) IN ({rows})", columns(names)),
    }
}

fn insert(verb: &str, table: &str, names: &[&str]) -> String {
    format!(
        "{verb} {{{table}}} ({}) VALUES ({})",
        columns(names),
        placeholders(names.len())
    )
}

fn columns(names: &[&str]) -> String {
    let mut text = String::new();
    push_list(&mut text, names, |c| format!("`{c}`"));
    text
}

fn push_list(out: &mut String, names: &[&str], one: impl Fn(&str) -> String) {
    for (i, name) in names.iter().enumerate() {
        out.push_str(if i == 0 { "" } else { ", " });
        out.push_str(&one(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upsert_differs_only_in_its_tail() {
        assert_eq!(
            upsert(Engine::Sqlite, "flag", &["code", "v"], &["code"], &["v"]),
            "INSERT INTO {flag} (`code`, `v`) VALUES (?, ?) ON CONFLICT (`code`) DO UPDATE SET `v` = excluded.`v` \
             WHERE `v` COLLATE BINARY IS NOT excluded.`v`"
        );
        assert_eq!(
            upsert(Engine::MySql, "flag", &["code", "v"], &["code"], &[]),
            "INSERT INTO {flag} (`code`, `v`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `code` = `code`"
        );
        assert_eq!(placeholders(0), "");
        assert_eq!(placeholders(3), "?, ?, ?");
    }
}
