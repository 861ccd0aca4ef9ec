//! SQLite's result codes.

use crate::{Error, SqlError};
use rusqlite::{Connection, ErrorCode, ffi};

/// Turns a driver error into ours. SQLite's messages name tables and columns, never values.
#[expect(clippy::needless_pass_by_value, reason = "reads well in map_err")]
pub(crate) fn error(connection: &Connection, error: rusqlite::Error) -> Error {
    let (failure, message) = match &error {
        rusqlite::Error::SqliteFailure(failure, message) => (failure, message.clone().unwrap_or_default()),
        rusqlite::Error::SqlInputError { error, msg, .. } => (error, msg.clone()),
        _ => return Error::Sql(SqlError::new(0, "the driver refused the statement")),
    };
    let after_colon = || message.split_once(": ").map_or("", |(_, rest)| rest);
    let column = || Error::Value {
        column: after_colon().rsplit('.').next().unwrap_or_default().to_owned(),
    };
    match failure.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            Error::Duplicate {
                key: key_name(connection, after_colon()),
            }
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Error::ForeignKey,
        ffi::SQLITE_CONSTRAINT_NOTNULL
        | ffi::SQLITE_CONSTRAINT_CHECK
        | ffi::SQLITE_CONSTRAINT_DATATYPE
        | ffi::SQLITE_MISMATCH => column(),
        _ if message == super::text::NOT_A_DECIMAL => Error::Value {
            column: String::new(),
        },
        code => match failure.code {
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::CannotOpen
            | ErrorCode::SystemIoFailure
            | ErrorCode::DiskFull
            | ErrorCode::ReadOnly
            | ErrorCode::PermissionDenied
            | ErrorCode::OutOfMemory
            | ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase => Error::Unavailable(SqlError::new(code, message)),
            _ => Error::Sql(SqlError::new(code, message)),
        },
    }
}

/// The declared name of the key over `columns`, given as `table.a, table.b`: what MySQL would name.
fn key_name(connection: &Connection, columns: &str) -> String {
    let Some((table, _)) = columns.split_once('.') else {
        return columns.to_owned();
    };
    let names: Vec<&str> = columns
        .split(", ")
        .filter_map(|c| c.split_once('.').map(|(_, name)| name))
        .collect();
    let found = connection.query_row(
        "SELECT name FROM pragma_index_list(?1) AS list WHERE \"unique\" AND origin = 'c' AND ?2 = (SELECT \
         group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(list.name) ORDER BY seqno))",
        [table, &names.join(",")],
        |row| row.get::<_, String>(0),
    );
    match found {
        Ok(index) => index.rsplit('.').next().unwrap_or_default().to_owned(),
        Err(_) => "PRIMARY".to_owned(),
    }
}
