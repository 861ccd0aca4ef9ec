//! Creating tables.

use super::{Table, create_table};
use crate::{Db, Engine, Error, Result, Session, params};
use std::collections::HashSet;

/// The tables among `tables` that the database does not have.
///
/// # Errors
/// [`Error::Unavailable`] when the database cannot be asked.
pub async fn missing<'a>(db: &Db, tables: &[&'a Table]) -> Result<Vec<&'a Table>> {
    let mut session = db.session();
    let present = present(&mut session).await?;
    let prefix = db.prefix();
    Ok(tables
        .iter()
        .copied()
        .filter(|t| !present.contains(&format!("{prefix}{}", t.name)))
        .collect())
}

/// Whether the database has no table at all, as far as its names begin with the prefix.
///
/// # Errors
/// [`Error::Unavailable`] when the database cannot be asked.
pub async fn is_empty(db: &Db) -> Result<bool> {
    let present = present(&mut db.session()).await?;
    Ok(present.iter().all(|name| name.starts_with("sqlite_")))
}

/// Whether the database's table of this name has all columns of `table`; it has to be there.
///
/// # Errors
/// [`Error::Unavailable`] when the database cannot be asked.
pub async fn fits(db: &Db, table: &Table) -> Result<bool> {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| format!("`{}`", column.name))
        .collect();
    let sql = format!(
        "SELECT {} FROM {{{}}} WHERE 1 = 0",
        columns.join(", "),
        table.name
    );
    match db
        .session()
        .fetch_optional::<Option<String>>(&sql, params![])
        .await
    {
        Ok(_) => Ok(true),
        Err(Error::Sql(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Creates those of `tables` that the database does not have, those referred to first.
///
/// All or nothing on SQLite; on MySQL each table by itself, so run it again after an error. A foreign key
/// to a table that is neither there nor among `tables` is left out: the table belongs to a part of Magento
/// that is not built yet. Tables that are there already are not looked at; see [`super::compare()`].
///
/// # Errors
/// [`Error::Schema`] when tables refer to each other in a circle, else what the database says.
pub async fn install(db: &Db, tables: &[&Table]) -> Result<()> {
    let mut session = db.session();
    session.begin().await?;
    with_lock(&mut session, "schema", async |session| {
        let prefix = session.prefix().to_owned();
        let mut known = present(session).await?;
        let mut wanted: Vec<&Table> = Vec::new();
        for table in tables {
            if !known.contains(&format!("{prefix}{}", table.name))
                && wanted.iter().all(|w| w.name != table.name)
            {
                wanted.push(table);
            }
        }
        for table in in_order(wanted)? {
            known.insert(format!("{prefix}{}", table.name));
            let keep = |table: &str| known.contains(&format!("{prefix}{table}"));
            for sql in create_table(session.engine(), table, &prefix, |key| keep(key.table)) {
                session.batch(&sql).await?;
            }
        }
        Ok(())
    })
    .await?;
    session.commit().await
}

/// Runs `work` as the only one of all nodes. SQLite's open transaction is lock enough.
pub(crate) async fn with_lock<T>(
    session: &mut Session,
    name: &str,
    work: impl AsyncFnOnce(&mut Session) -> Result<T>,
) -> Result<T> {
    if session.engine() == Engine::Sqlite {
        return work(session).await;
    }
    let prefix = session.prefix().to_owned();
    // Lock names are global to the server and at most 64 characters long.
    let lock = "LEFT(CONCAT(?, MD5(CONCAT(DATABASE(), ?))), 64)";
    let parameters = [format!("magnetite_{name}_").into(), prefix.into()];
    let got: Option<i64> = session
        .fetch_one(&format!("SELECT GET_LOCK({lock}, 60)"), &parameters)
        .await?;
    if got != Some(1) {
        return Err(Error::Schema("another node is changing the schema".into()));
    }
    let result = work(session).await;
    // On a lost connection the lock is gone by itself.
    let _ = session
        .fetch_optional::<Option<i64>>(&format!("SELECT RELEASE_LOCK({lock})"), &parameters)
        .await;
    result
}

/// All table names of the database, with prefix.
pub(crate) async fn present(session: &mut Session) -> Result<HashSet<String>> {
    let sql = match session.engine() {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, ?) = ?",
        Engine::MySql => {
            "SELECT CONVERT(TABLE_NAME USING utf8mb4) FROM information_schema.TABLES \
             WHERE TABLE_SCHEMA = DATABASE() AND LEFT(TABLE_NAME, ?) = ?"
        }
    };
    let prefix = session.prefix().to_owned();
    let length = i64::try_from(prefix.len()).unwrap_or(0);
    Ok(session
        .fetch_all::<String>(sql, params![length, prefix])
        .await?
        .into_iter()
        .collect())
}

fn in_order(mut left: Vec<&Table>) -> Result<Vec<&Table>> {
    let mut order: Vec<&Table> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let names: HashSet<&str> = left.iter().map(|t| t.name).collect();
        let ready = |t: &Table| {
            t.foreign_keys
                .iter()
                .all(|f| f.table == t.name || !names.contains(f.table))
        };
        let (now, later): (Vec<&Table>, Vec<&Table>) = left.into_iter().partition(|t| ready(t));
        if now.is_empty() {
            let names: Vec<&str> = later.iter().map(|t| t.name).collect();
            return Err(Error::Schema(format!(
                "tables refer to each other in a circle: {}",
                names.join(", ")
            )));
        }
        order.extend(now);
        left = later;
    }
    Ok(order)
}
