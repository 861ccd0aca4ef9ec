//! Connections and what they are told before their first use.

use super::{error, text};
use crate::{Error, Result, SqlError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Other processes may hold the file for the length of a recovery or a checkpoint.
const BUSY: Duration = Duration::from_secs(5);

/// So many bytes of the file are read in place, out of the system's memory for files. Copying a page out of it, which
/// is what reads do otherwise, takes longer than to look something up in it.
const MAPPED: u64 = 1 << 30;

/// When a connection plans a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Planning {
    /// When it first sees it. For short statements, where to plan costs more than to run.
    Once,
    /// Again whenever a parameter has another value that the statistics tell apart. For those that read much.
    ByValues,
}

/// The connection that writes; makes the file.
pub(super) fn writer(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = open(path, flags)?;
    let once = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true);
    once.map_err(|e| error(&connection, e))?;
    let told = connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;
         PRAGMA wal_autocheckpoint = 4000;",
    );
    told.map_err(|e| error(&connection, e))?;
    optimize(&connection)?;
    // From here on the queue itself waits for other processes, without holding a thread.
    connection
        .busy_timeout(Duration::ZERO)
        .map_err(|e| error(&connection, e))?;
    Ok(connection)
}

/// Counts the rows of tables that have grown tenfold since they were counted: the planner takes a table that was
/// small for small. Looks at some hundred rows of each index only.
pub(super) fn optimize(connection: &Connection) -> Result<()> {
    let told = connection.execute_batch("PRAGMA analysis_limit = 400; PRAGMA optimize = 0x10002;");
    told.map_err(|e| error(connection, e))
}

/// A connection that only reads.
pub(super) fn reader(path: &Path, planning: Planning) -> Result<Connection> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let once = planning == Planning::Once;
    let told = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, once);
    told.map_err(|e| error(&connection, e))?;
    let told = connection.execute_batch(&format!(
        "PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = {MAPPED};"
    ));
    told.map_err(|e| error(&connection, e))?;
    Ok(connection)
}

fn open(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|e| Error::Unavailable(SqlError::new(0, e.to_string())))?;
    prepare(&connection).map_err(|e| error(&connection, e))?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(256);
    // "x" is a name or an error, never text by accident; triggers call only what is marked harmless.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    crate::search::register(connection)?;
    text::register(connection)
}
