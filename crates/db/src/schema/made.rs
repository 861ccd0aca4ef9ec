//! Tables that are made while the process runs, one for each of something.

use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

use super::{Table, create_table};
use crate::{Engine, Result, Session, params};

/// The tables that MySQL has: asking `information_schema` costs more than most statements, and such tables stay.
#[derive(Default)]
pub(crate) struct Made(RwLock<HashSet<String>>);

impl Made {
    fn has(&self, table: &str) -> bool {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(table)
    }

    fn add(&self, table: &str) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(table.to_owned());
    }
}

/// Whether the database has a table or view of this name (without prefix). On MySQL a table that was there once
/// is not asked for again.
///
/// # Errors
/// The database cannot be asked.
pub async fn is_made(session: &mut Session, table: &str) -> Result<bool> {
    let mysql = session.engine() == Engine::MySql;
    if mysql && session.made().has(table) {
        return Ok(true);
    }
    let sql = if mysql {
        "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?"
    } else {
        "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?"
    };
    let name = format!("{}{table}", session.prefix());
    let found: Option<i64> = session.fetch_optional(sql, params![name]).await?;
    if mysql && found.is_some() {
        session.made().add(table);
    }
    Ok(found.is_some())
}

/// Makes a table like `template`, which has no foreign keys, called `name`, unless it is there. On MySQL this
/// commits what was written so far, and no transaction is open afterwards.
///
/// # Errors
/// The database refuses.
pub async fn make(session: &mut Session, template: &Table, name: &str) -> Result<()> {
    let prefix = session.prefix().to_owned();
    let (from, to) = (format!("{prefix}{}", template.name), format!("{prefix}{name}"));
    for sql in create_table(session.engine(), template, &prefix, |_| false) {
        let mut sql = sql.replace(&from, &to);
        for what in ["TABLE", "UNIQUE INDEX", "INDEX", "TRIGGER"] {
            let verb = format!("CREATE {what} ");
            if let Some(rest) = sql.strip_prefix(&verb) {
                sql = format!("{verb}IF NOT EXISTS {rest}");
            }
        }
        session.batch(&sql).await?;
    }
    if session.engine() == Engine::MySql {
        session.commit().await?;
        session.made().add(name);
    }
    Ok(())
}
