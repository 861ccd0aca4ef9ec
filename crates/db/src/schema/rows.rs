//! Rows that a table begins with.

use super::{Kind, Table};
use crate::dialect::placeholders;
use crate::{Error, Param, Result, Session};

/// Rows of one statement.
const AT_ONCE: usize = 100;

/// Inserts rows that stand in a text: `#` lines are comments, the first other line names the columns, each
/// further one is a row. Fields are separated by tabs and taken as they are; `\N` is NULL.
///
/// # Errors
/// [`Error::Schema`] when a line does not fit the table; else what the database says.
pub async fn insert_rows(session: &mut Session, table: &Table, text: &str) -> Result<()> {
    let wrong = |line: &str| Error::Schema(format!("rows of {}: {line}", table.name));
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let kind = |name: &&str| table.columns.iter().find(|c| c.name == *name).map(|c| c.kind);
    let kinds: Option<Vec<Kind>> = names.iter().map(kind).collect();
    let kinds = kinds.ok_or_else(|| wrong("unknown column"))?;
    let lines: Vec<&str> = lines.collect();
    for lines in lines.chunks(AT_ONCE) {
        let mut values = Vec::with_capacity(lines.len() * names.len());
        for line in lines {
            let fields: Vec<&str> = line.split('\t').collect();
            if fields.len() != kinds.len() {
                return Err(wrong(line));
            }
            for (field, kind) in fields.into_iter().zip(&kinds) {
                values.push(value(field, *kind).ok_or_else(|| wrong(line))?);
            }
        }
        let row = format!("({})", placeholders(names.len()));
        let mut sql = format!(
            "INSERT INTO {{{}}} (`{}`) VALUES ",
            table.name,
            names.join("`, `")
        );
        sql.push_str(&vec![row; lines.len()].join(", "));
        session.execute(&sql, &values).await?;
    }
    Ok(())
}

fn value(field: &str, kind: Kind) -> Option<Param> {
    match kind {
        _ if field == "\\N" => Some(Param::Null),
        Kind::Boolean | Kind::SmallInt | Kind::Int | Kind::BigInt => field.parse().ok().map(Param::Int),
        _ => Some(field.into()),
    }
}
