//! Two database engines behind one small interface (DESIGN §4, invariant 4).
//!
//! A repository writes one SQL text for both engines: `?` placeholders, table names in braces
//! (`SELECT value FROM {core_config_data} WHERE path = ?`), backticks around other names that need
//! quoting, single quotes around text. What cannot be one text is a function of [`dialect`].
//!
//! Values look the same on both engines: timestamps are text `YYYY-MM-DD HH:MM:SS` in UTC, decimals are
//! exact at the column's scale, text compares without regard to case, accents and trailing spaces.
//!
//! - [`Db`] is the opened database, [`Session`] one request's access to it.
//! - [`schema`] declares tables once and renders them for either engine.
//! - [`migration`] applies Magnetite's own later changes.

pub mod bulk;
mod database;
mod decimal;
pub mod dialect;
mod error;
mod fingerprint;
pub mod migration;
mod mysql;
mod names;
mod param;
mod row;
pub mod schema;
pub mod search;
mod session;
mod sqlite;
mod value;

pub use database::{Db, Engine, Options};
pub use decimal::at_scale;
pub use error::{Error, Result, SqlError};
pub use fingerprint::{Fingerprint, Watched};
pub use param::Param;
pub use row::{FromRow, Row};
pub use session::{DatabaseState, Executed, Session};
pub use sqlite::text_key;
pub use value::{FromValue, Value};
