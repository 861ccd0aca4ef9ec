//! What can go wrong, the same on both engines.

use std::fmt;

/// Result of a database call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A database error. Its text never holds a parameter's value, so that it can be logged.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// Another transaction stood in the way; this one was rolled back and may be run again.
    #[error("the transaction met a deadlock and was rolled back")]
    Deadlock,
    /// A unique key holds such a row already.
    #[error("a row with the same {key} is already there")]
    Duplicate {
        /// Name of the key as declared (`PRIMARY` for the primary key), without the table's name.
        key: String,
    },
    /// A row refers to one that is not there, or is still referred to.
    #[error("a foreign key does not hold")]
    ForeignKey,
    /// `fetch_one` found nothing.
    #[error("the query found no row")]
    NoRow,
    /// A value does not fit its column: too long, out of range, not a date, null.
    #[error("a value does not fit the column {column}")]
    Value {
        /// The column, empty when the engine does not say.
        column: String,
    },
    /// A column of a result is missing or cannot be read as the wanted type.
    #[error("column {column}: {reason}")]
    Column {
        /// Name or number of the column.
        column: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The database cannot be reached, or gave up waiting. After a commit the outcome is unknown.
    #[error("the database is not available: {0}")]
    Unavailable(SqlError),
    /// The transaction was lost by an earlier error; only a rollback is left.
    #[error("the transaction was lost by an earlier error")]
    Aborted,
    /// The options or the call cannot work.
    #[error("{0}")]
    Usage(String),
    /// A table declaration or migration cannot be installed.
    #[error("{0}")]
    Schema(String),
    /// Anything else that the engine refuses, such as a fault in the SQL text.
    #[error("{0}")]
    Sql(SqlError),
}

impl Error {
    /// Whether the whole transaction may be run again with hope of success.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Deadlock)
    }
}

/// The engine's own error: its code, and its message where that cannot hold a value.
#[derive(Debug, Clone)]
pub struct SqlError {
    /// SQLite's extended result code or MySQL's error number; 0 for errors of the connection.
    pub code: i32,
    /// Message without parameter values.
    pub message: String,
}

impl SqlError {
    pub(crate) fn new(code: i32, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

impl fmt::Display for SqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "database error {}: {}", self.code, self.message)
    }
}

impl std::error::Error for SqlError {}
