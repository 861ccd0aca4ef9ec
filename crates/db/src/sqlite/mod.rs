//! SQLite: many readers in place, one writer with group commit.

mod errors;
mod kept;
mod setup;
mod text;
mod writer;

pub(crate) use errors::error;
pub use text::text_key;
pub(crate) use writer::Turn;

use crate::row::Row;
use crate::value::Value;
use crate::{Error, Executed, FromRow, Param, Result, SqlError};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ToSql};
use setup::Planning;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::Semaphore;
use writer::Queue;

/// One opened file.
pub(crate) struct Sqlite {
    id: u64,
    path: PathBuf,
    closed: AtomicBool,
    queue: Arc<Queue>,
    /// Reads `data_version`, which shows the commits of all *other* connections.
    counter: Mutex<Connection>,
    /// Slow reads under way at once: as many as there are cores.
    slow: Arc<Semaphore>,
    pub(crate) kept: kept::Kept,
}

/// A read connection, and the file that it is of.
type Reader = (Weak<Sqlite>, Connection);

thread_local! {
    /// The read connections of this thread, by [`Sqlite::id`] and when they plan.
    static READERS: RefCell<HashMap<(u64, Planning), Reader>> = RefCell::default();
}

impl Sqlite {
    pub(crate) async fn open(path: PathBuf) -> Result<Arc<Self>> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        if path.as_os_str().is_empty() || path.as_os_str() == ":memory:" {
            return Err(Error::Usage(
                "SQLite needs a file: its connections would not share memory".into(),
            ));
        }
        let opened = tokio::task::spawn_blocking(move || {
            let writer = setup::writer(&path)?;
            let counter = setup::reader(&path, Planning::Once)?;
            Ok::<_, Error>((path, writer, counter))
        });
        let (path, writer, counter) = opened.await.map_err(|_| gone())??;
        Ok(Arc::new(Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            path,
            closed: AtomicBool::new(false),
            queue: Queue::new(writer),
            counter: Mutex::new(counter),
            kept: kept::Kept::default(),
            slow: Arc::new(Semaphore::new(
                std::thread::available_parallelism().map_or(1, usize::from),
            )),
        }))
    }

    /// Runs `work` on this thread's read connection.
    pub(crate) fn read<T>(self: &Arc<Self>, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.read_as(Planning::Once, work)
    }

    fn read_as<T>(
        self: &Arc<Self>,
        planning: Planning,
        work: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        let key = (self.id, planning);
        READERS.with(|readers| {
            if let Some((_, connection)) = readers.borrow().get(&key)
                && !self.closed.load(Ordering::Relaxed)
            {
                return work(connection);
            }
            if self.closed.load(Ordering::Relaxed) {
                readers.borrow_mut().remove(&key);
                return Err(closed());
            }
            let connection = setup::reader(&self.path, planning)?;
            let mut known = readers.borrow_mut();
            known.retain(|_, (db, _)| db.upgrade().is_some_and(|db| !db.closed.load(Ordering::Relaxed)));
            known.insert(key, (Arc::downgrade(self), connection));
            drop(known);
            readers
                .borrow()
                .get(&key)
                .map_or_else(|| Err(gone()), |(_, connection)| work(connection))
        })
    }

    /// As [`Self::read`], on one of a bounded number of threads on which nobody else waits.
    pub(crate) async fn read_slowly<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let permit = self.slow.clone().acquire_owned().await.map_err(|_| gone())?;
        let db = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            db.read_as(Planning::ByValues, work)
        });
        done.await.map_err(|_| gone())?
    }

    pub(crate) async fn turn(&self) -> Result<Turn> {
        self.queue.turn().await
    }

    pub(crate) fn change_counter(&self) -> Result<i64> {
        let connection = self.counter.lock().unwrap_or_else(PoisonError::into_inner);
        let mut statement = connection
            .prepare_cached("PRAGMA data_version")
            .map_err(|e| error(&connection, e))?;
        statement
            .query_row([], |row| row.get(0))
            .map_err(|e| error(&connection, e))
    }

    pub(crate) async fn close(&self) -> Result<()> {
        self.closed.store(true, Ordering::Relaxed);
        self.queue.close().await
    }
}

fn closed() -> Error {
    Error::Unavailable(SqlError::new(0, "the database was closed"))
}

fn gone() -> Error {
    Error::Unavailable(SqlError::new(0, "the runtime stopped"))
}

impl ToSql for Param {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Int(v) => ToSqlOutput::Borrowed(ValueRef::Integer(*v)),
            Self::Text(v) => ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())),
            Self::Bytes(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v)),
            Self::Decimal(v) => ToSqlOutput::Owned(v.to_string().into()),
        })
    }
}

/// The value in one column of a row.
pub(crate) fn value<'a>(row: &'a rusqlite::Row<'_>, index: usize) -> Option<Value<'a>> {
    Some(match row.get_ref(index).ok()? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(v) => Value::Int(v),
        ValueRef::Real(v) => Value::Real(v),
        ValueRef::Text(v) => {
            std::str::from_utf8(v).map_or(Value::Bytes(v), |v| Value::Text(Cow::Borrowed(v)))
        }
        ValueRef::Blob(v) => Value::Bytes(v),
    })
}

/// The rows of a query, `most` at most.
pub(crate) fn fetch<T: FromRow>(c: &Connection, sql: &str, params: &[Param], most: usize) -> Result<Vec<T>> {
    let mut statement = prepare(c, sql, params)?;
    let mut rows = statement.raw_query();
    let mut out = Vec::new();
    while out.len() < most
        && let Some(row) = rows.next().map_err(|e| error(c, e))?
    {
        out.push(T::from_row(&Row::sqlite(row))?);
    }
    Ok(out)
}

/// Runs a statement that writes.
pub(crate) fn execute(c: &Connection, sql: &str, params: &[Param]) -> Result<Executed> {
    let changed = prepare(c, sql, params)?.raw_execute().map_err(|e| error(c, e))?;
    // SQLite remembers the last id of any earlier insert; MySQL says 0 for other statements.
    let insert = sql
        .trim_start()
        .get(..6)
        .is_some_and(|verb| verb.eq_ignore_ascii_case("insert"));
    let last_id = if insert && changed > 0 {
        c.last_insert_rowid()
    } else {
        0
    };
    Ok(Executed {
        rows: changed as u64,
        last_id,
    })
}

fn prepare<'c>(c: &'c Connection, sql: &str, params: &[Param]) -> Result<CachedStatement<'c>> {
    let mut statement = c.prepare_cached(sql).map_err(|e| error(c, e))?;
    if statement.parameter_count() != params.len() {
        let (wanted, given) = (statement.parameter_count(), params.len());
        return Err(Error::Usage(format!(
            "the statement has {wanted} placeholders and {given} parameters"
        )));
    }
    for (index, param) in params.iter().enumerate() {
        statement
            .raw_bind_parameter(index + 1, param)
            .map_err(|e| error(c, e))?;
    }
    Ok(statement)
}
