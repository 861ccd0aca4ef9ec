//! Comparing tables of two MySQL databases.

use super::Table;
use crate::{Db, Engine, Error, Result, params};
use std::collections::BTreeMap;
use std::fmt;

/// One thing that is not the same in both databases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table, without prefix.
    pub table: &'static str,
    /// What differs: `column x`, `key X`, `foreign key X`.
    pub item: String,
    /// How it is in the database under test; `None` when it is not there.
    pub ours: Option<String>,
    /// How it is in the reference.
    pub reference: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "absent".to_owned());
        let (ours, reference) = (side(&self.ours), side(&self.reference));
        write!(
            f,
            "{} {}: {ours}, in the reference {reference}",
            self.table, self.item
        )
    }
}

/// Compares `tables` in `db` with the same ones in `reference`: columns (position, type, nullability,
/// default, extra, collation), keys with the order of their columns, and foreign keys. Comments and display
/// widths of integers do not count.
///
/// # Errors
/// [`Error::Usage`] unless both are MySQL; what the databases say.
pub async fn compare(db: &Db, reference: &Db, tables: &[&Table]) -> Result<Vec<Difference>> {
    let mut differences = Vec::new();
    for table in tables {
        let ours = describe(db, table.name).await?;
        let theirs = describe(reference, table.name).await?;
        let mut items: Vec<&String> = ours.keys().chain(theirs.keys()).collect();
        items.sort();
        items.dedup();
        for item in items
            .into_iter()
            .filter(|item| ours.get(*item) != theirs.get(*item))
        {
            let (ours, reference) = (ours.get(item).cloned(), theirs.get(item).cloned());
            differences.push(Difference {
                table: table.name,
                item: item.clone(),
                ours,
                reference,
            });
        }
    }
    Ok(differences)
}

/// What there is to a table, by name.
async fn describe(db: &Db, table: &str) -> Result<BTreeMap<String, String>> {
    if db.engine() != Engine::MySql {
        return Err(Error::Usage("only MySQL databases can be compared".into()));
    }
    let prefix = db.prefix();
    let name = format!("{prefix}{table}");
    let plain = |name: &str| name.strip_prefix(prefix).unwrap_or(name).to_owned();
    let mut session = db.session();
    let mut items = BTreeMap::new();

    type ColumnRow = (
        i64,
        String,
        String,
        String,
        Option<String>,
        String,
        Option<String>,
    );
    let columns: Vec<ColumnRow> = session.fetch_all(COLUMNS, params![&name]).await?;
    for (position, column, kind, nullable, default, extra, collation) in columns {
        let description = format!(
            "#{position} {} null={nullable} default={} extra={} collation={}",
            plain_type(&kind),
            plain_default(default),
            plain_extra(&extra),
            collation.as_deref().unwrap_or("-")
        );
        items.insert(format!("column {column}"), description);
    }
    let keys: Vec<(String, i64, String, String)> = session.fetch_all(KEYS, params![&name]).await?;
    for (key, not_unique, kind, columns) in keys {
        let unique = if not_unique == 0 { "unique " } else { "" };
        items.insert(
            format!("key {key}"),
            format!("{unique}{} ({columns})", kind.to_lowercase()),
        );
    }
    let foreign: Vec<(String, String, String, String, String, String)> =
        session.fetch_all(FOREIGN_KEYS, params![&name]).await?;
    for (key, column, target, target_column, on_delete, on_update) in foreign {
        let (on_delete, on_update) = (plain_action(&on_delete), plain_action(&on_update));
        let description = format!(
            "({column}) to {} ({target_column}) delete {on_delete} update {on_update}",
            plain(&target)
        );
        items.insert(format!("foreign key {}", plain(&key)), description);
    }
    Ok(items)
}

const COLUMNS: &str = "SELECT CAST(ORDINAL_POSITION AS SIGNED), COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, \
    COLUMN_DEFAULT, EXTRA, COLLATION_NAME FROM information_schema.COLUMNS \
    WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?";
const KEYS: &str = "SELECT INDEX_NAME, CAST(MAX(NON_UNIQUE) AS SIGNED), MAX(INDEX_TYPE), \
    GROUP_CONCAT(COLUMN_NAME, IF(SUB_PART IS NULL, '', CONCAT('(', SUB_PART, ')')) ORDER BY SEQ_IN_INDEX) \
    FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? GROUP BY INDEX_NAME";
const FOREIGN_KEYS: &str = "SELECT k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_NAME, \
    k.REFERENCED_COLUMN_NAME, r.DELETE_RULE, r.UPDATE_RULE FROM information_schema.KEY_COLUMN_USAGE k \
    JOIN information_schema.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA \
    AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME \
    WHERE k.TABLE_SCHEMA = DATABASE() AND k.TABLE_NAME = ? AND k.REFERENCED_TABLE_NAME IS NOT NULL";

/// Without the display width of integers, which newer servers leave out (`tinyint(1)` stays).
fn plain_type(kind: &str) -> String {
    match (kind.split_once('('), kind.split_once(')')) {
        (Some((name, _)), Some((_, rest))) if name.ends_with("int") && !kind.starts_with("tinyint(1)") => {
            format!("{name}{rest}")
        }
        _ => kind.to_owned(),
    }
}

/// MariaDB shows defaults as SQL text, MySQL as values.
fn plain_default(default: Option<String>) -> String {
    match default {
        None => "-".to_owned(),
        Some(text) if text == "NULL" => "-".to_owned(),
        Some(text) if text.to_lowercase().starts_with("current_timestamp") => "now".to_owned(),
        Some(text) => format!("'{}'", text.trim_matches('\'')),
    }
}

fn plain_extra(extra: &str) -> String {
    extra
        .to_lowercase()
        .replace("default_generated", "")
        .replace("()", "")
        .trim()
        .to_owned()
}

/// The two words mean the same for InnoDB.
fn plain_action(action: &str) -> &str {
    if action == "NO ACTION" { "RESTRICT" } else { action }
}
