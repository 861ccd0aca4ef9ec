//! DDL text of either engine.

use super::{Column, Default, ForeignKey, Key, Kind, OnDelete, Table};
use crate::Engine;
use std::fmt::Write as _;

/// The statements that create `table` with the foreign keys that `keep` lets pass, names prefixed.
///
/// MySQL: one `CREATE TABLE` as a dump of Magento shows it. SQLite: the table, its indexes (named
/// `table.KEY`, because index names are global there) and its triggers.
#[must_use]
pub fn create_table(
    engine: Engine,
    table: &Table,
    prefix: &str,
    keep: impl Fn(&ForeignKey) -> bool,
) -> Vec<String> {
    let foreign_keys: Vec<&ForeignKey> = table.foreign_keys.iter().filter(|f| keep(f)).collect();
    match engine {
        Engine::MySql => vec![mysql(table, prefix, &foreign_keys)],
        Engine::Sqlite => sqlite(table, prefix, &foreign_keys),
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn list(columns: &[&str]) -> String {
    columns
        .iter()
        .map(|c| format!("`{c}`"))
        .collect::<Vec<_>>()
        .join(",")
}

fn mysql(table: &Table, prefix: &str, foreign_keys: &[&ForeignKey]) -> String {
    let mut parts: Vec<String> = table.columns.iter().map(mysql_column).collect();
    if !table.primary_key.is_empty() {
        parts.push(format!("PRIMARY KEY ({})", list(table.primary_key)));
    }
    let keys = [
        ("UNIQUE KEY", table.unique),
        ("KEY", table.indexes),
        ("FULLTEXT KEY", table.fulltext),
    ];
    for (verb, keys) in keys {
        parts.extend(
            keys.iter()
                .map(|key| format!("{verb} `{}` ({})", key.name, list(key.columns))),
        );
    }
    parts.extend(foreign_keys.iter().map(|f| reference(f, prefix)));
    let mut sql = format!(
        "CREATE TABLE `{prefix}{}` (\n  {}\n)",
        table.name,
        parts.join(",\n  ")
    );
    sql += " ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci";
    if !table.comment.is_empty() {
        let _ = write!(sql, " COMMENT={}", mysql_quoted(table.comment));
    }
    sql
}

fn mysql_quoted(text: &str) -> String {
    quoted(&text.replace('\\', "\\\\"))
}

fn mysql_column(column: &Column) -> String {
    let mut sql = format!("`{}` {}", column.name, mysql_type(column));
    sql += if column.nullable { " NULL" } else { " NOT NULL" };
    match column.default {
        Default::None if column.nullable => sql += " DEFAULT NULL",
        Default::None => {}
        Default::Now => sql += " DEFAULT CURRENT_TIMESTAMP",
        Default::Value(value) if is_number(column.kind) => {
            let _ = write!(sql, " DEFAULT {value}");
        }
        Default::Value(value) => {
            let _ = write!(sql, " DEFAULT {}", mysql_quoted(value));
        }
    }
    if column.on_update_now {
        sql += " ON UPDATE CURRENT_TIMESTAMP";
    }
    if column.identity {
        sql += " AUTO_INCREMENT";
    }
    if !column.comment.is_empty() {
        let _ = write!(sql, " COMMENT {}", mysql_quoted(column.comment));
    }
    sql
}

fn is_number(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Boolean
            | Kind::SmallInt
            | Kind::Int
            | Kind::BigInt
            | Kind::Decimal(..)
            | Kind::Float
            | Kind::Double
    )
}

fn mysql_type(column: &Column) -> String {
    let unsigned = column.unsigned;
    let text = match column.kind {
        Kind::Boolean => "tinyint(1)".to_owned(),
        // MySQL's default display widths, which dumps show.
        Kind::SmallInt => format!("smallint({})", if unsigned { 5 } else { 6 }),
        Kind::Int => format!("int({})", if unsigned { 10 } else { 11 }),
        Kind::BigInt => "bigint(20)".to_owned(),
        Kind::Char(n) => format!("char({n})"),
        Kind::Varchar(n) => format!("varchar({n})"),
        Kind::Text => "text".to_owned(),
        Kind::MediumText => "mediumtext".to_owned(),
        Kind::LongText => "longtext".to_owned(),
        Kind::Decimal(p, s) => format!("decimal({p},{s})"),
        Kind::Float => "float".to_owned(),
        Kind::Double => "double".to_owned(),
        Kind::Timestamp => "timestamp".to_owned(),
        Kind::Datetime => "datetime".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Varbinary(n) => format!("varbinary({n})"),
        Kind::Blob => "blob".to_owned(),
        Kind::MediumBlob => "mediumblob".to_owned(),
    };
    if unsigned { text + " unsigned" } else { text }
}

fn reference(key: &ForeignKey, prefix: &str) -> String {
    let on_delete = match key.on_delete {
        OnDelete::Cascade => " ON DELETE CASCADE",
        OnDelete::SetNull => " ON DELETE SET NULL",
        OnDelete::Restrict => "",
    };
    let ForeignKey {
        name,
        column,
        table,
        target,
        ..
    } = key;
    format!(
        "CONSTRAINT `{prefix}{name}` FOREIGN KEY (`{column}`) REFERENCES `{prefix}{table}` (`{target}`){on_delete}"
    )
}

fn sqlite(table: &Table, prefix: &str, foreign_keys: &[&ForeignKey]) -> Vec<String> {
    let name = format!("{prefix}{}", table.name);
    let identity = table.columns.iter().find(|c| c.identity);
    let mut parts: Vec<String> = table.columns.iter().map(sqlite_column).collect();
    let mut statements = Vec::new();
    let index = |unique: &str, key: &str, columns: &[&str]| {
        format!(
            "CREATE {unique}INDEX `{name}.{key}` ON `{name}` ({})",
            list(columns)
        )
    };
    // The identity column is the table's row id; a primary key over more than it becomes a unique index.
    match identity {
        None if !table.primary_key.is_empty() => {
            parts.push(format!("PRIMARY KEY ({})", list(table.primary_key)));
        }
        Some(identity) if table.primary_key != [identity.name] && !table.primary_key.is_empty() => {
            statements.push(index("UNIQUE ", "PRIMARY", table.primary_key));
        }
        _ => {}
    }
    parts.extend(foreign_keys.iter().map(|f| reference(f, prefix)));
    statements.insert(
        0,
        format!("CREATE TABLE `{name}` (\n  {}\n)", parts.join(",\n  ")),
    );
    statements.extend(
        table
            .unique
            .iter()
            .map(|Key { name, columns }| index("UNIQUE ", name, columns)),
    );
    statements.extend(
        table
            .indexes
            .iter()
            .chain(table.lookups)
            .map(|Key { name, columns }| index("", name, columns)),
    );
    statements.extend(decimal_triggers(table, &name));
    statements.extend(update_trigger(table, &name));
    statements
}

fn sqlite_column(column: &Column) -> String {
    let name = column.name;
    if column.identity {
        return format!("`{name}` INTEGER PRIMARY KEY AUTOINCREMENT");
    }
    let kind = match column.kind {
        Kind::Boolean | Kind::SmallInt | Kind::Int | Kind::BigInt => "INTEGER",
        Kind::Char(_) | Kind::Varchar(_) | Kind::Text | Kind::MediumText | Kind::LongText => {
            "TEXT COLLATE GENERAL_CI"
        }
        Kind::Decimal(..) => "TEXT COLLATE DECIMAL",
        Kind::Float | Kind::Double => "REAL",
        Kind::Timestamp | Kind::Datetime | Kind::Date => "TEXT",
        Kind::Varbinary(_) | Kind::Blob | Kind::MediumBlob => "BLOB",
    };
    let mut sql = format!("`{name}` {kind}");
    sql += if column.nullable { "" } else { " NOT NULL" };
    match column.default {
        Default::None => {}
        Default::Now => sql += " DEFAULT CURRENT_TIMESTAMP",
        Default::Value(value) if is_number(column.kind) && !matches!(column.kind, Kind::Decimal(..)) => {
            let _ = write!(sql, " DEFAULT {value}");
        }
        Default::Value(value) => {
            let _ = write!(sql, " DEFAULT {}", quoted(value));
        }
    }
    if let Some(check) = check(column) {
        let _ = write!(sql, " CONSTRAINT `{name}` CHECK ({check})");
    }
    sql
}

/// What MySQL's strict mode refuses, SQLite must be told to.
fn check(column: &Column) -> Option<String> {
    let name = format!("`{}`", column.name);
    let range = |low: i64, high: i64| Some(format!("{name} BETWEEN {low} AND {high}"));
    match (column.kind, column.unsigned) {
        (Kind::Boolean, _) => range(-128, 127),
        (Kind::SmallInt, false) => range(i16::MIN.into(), i16::MAX.into()),
        (Kind::SmallInt, true) => range(0, u16::MAX.into()),
        (Kind::Int, false) => range(i32::MIN.into(), i32::MAX.into()),
        (Kind::Int, true) => range(0, u32::MAX.into()),
        (Kind::BigInt, signed) => range(if signed { 0 } else { i64::MIN }, i64::MAX),
        (Kind::Char(n) | Kind::Varchar(n) | Kind::Varbinary(n), _) => Some(format!("length({name}) <= {n}")),
        (Kind::Timestamp | Kind::Datetime, _) => Some(format!(
            "{name} IS datetime({name}) OR {name} = '0000-00-00 00:00:00'"
        )),
        (Kind::Date, _) => Some(format!("{name} IS date({name}) OR {name} = '0000-00-00'")),
        _ => None,
    }
}

/// Brings decimals to the column's scale, whatever was written.
fn decimal_triggers(table: &Table, name: &str) -> Vec<String> {
    let mut columns = Vec::new();
    let (mut off, mut set) = (Vec::new(), Vec::new());
    for column in table.columns {
        if let (Kind::Decimal(p, s), c) = (column.kind, column.name) {
            columns.push(c);
            off.push(format!(
                "NEW.`{c}` COLLATE BINARY IS NOT decimal_at(NEW.`{c}`, {p}, {s})"
            ));
            set.push(format!("`{c}` = decimal_at(NEW.`{c}`, {p}, {s})"));
        }
    }
    if columns.is_empty() {
        return Vec::new();
    }
    let trigger = |kind: &str, event: String| {
        format!(
            "CREATE TRIGGER `{name}.{kind}` AFTER {event} ON `{name}` WHEN {} BEGIN UPDATE `{name}` SET {} \
             WHERE rowid = NEW.rowid; END",
            off.join(" OR "),
            set.join(", ")
        )
    };
    vec![
        trigger("decimal_insert", "INSERT".to_owned()),
        trigger("decimal_update", format!("UPDATE OF {}", list(&columns))),
    ]
}

/// `ON UPDATE CURRENT_TIMESTAMP`: only when another column changes (bytes count, not the collation;
/// decimals by number, so that bringing one to its scale is no change).
fn update_trigger(table: &Table, name: &str) -> Option<String> {
    let touched: Vec<&str> = table
        .columns
        .iter()
        .filter(|c| c.update_trigger)
        .map(|c| c.name)
        .collect();
    if touched.is_empty() {
        return None;
    }
    let same = touched
        .iter()
        .map(|c| format!("NEW.`{c}` IS OLD.`{c}`"))
        .collect::<Vec<_>>()
        .join(" AND ");
    let others = table.columns.iter().filter(|c| !c.update_trigger).map(|column| {
        let collation = if matches!(column.kind, Kind::Decimal(..)) {
            "DECIMAL"
        } else {
            "BINARY"
        };
        format!("NEW.`{0}` COLLATE {collation} IS NOT OLD.`{0}`", column.name)
    });
    let changed = others.collect::<Vec<_>>().join(" OR ");
    let set = touched
        .iter()
        .map(|c| format!("`{c}` = CURRENT_TIMESTAMP"))
        .collect::<Vec<_>>()
        .join(", ");
    Some(format!(
        "CREATE TRIGGER `{name}.on_update` AFTER UPDATE ON `{name}` WHEN {same} AND ({changed}) BEGIN \
         UPDATE `{name}` SET {set} WHERE rowid = NEW.rowid; END"
    ))
}
