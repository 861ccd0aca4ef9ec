//! One request's access to the database.

use std::any::Any;
use std::sync::Arc;

use crate::database::{Backend, Db, Engine};
use crate::schema::Made;
use crate::{Error, FromRow, Param, Result, mysql, sqlite};

/// One request's access to the database. Takes no connection before its first use and has at most one
/// transaction at a time. Dropped in the middle of a transaction, it rolls back.
///
/// On SQLite, reads outside a transaction run in place on a read connection of the thread, each on the
/// newest committed state; a transaction holds the only writer until it ends, so nothing slow belongs in
/// one. On MySQL the connection is kept from the first statement to the end of the session.
///
/// Never use a second session while this one is in a transaction: on SQLite its writes would wait for
/// this one.
pub struct Session {
    db: Db,
    statements: u64,
    state: State,
}

enum State {
    Sqlite(Option<sqlite::Turn>),
    MySql(mysql::Link),
}

/// The state of a database: as long as it is the same, nothing was committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatabaseState(i64);

/// What a statement did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Executed {
    /// Rows inserted, deleted, or matched by an update (changed or not).
    /// An upsert of one row on MySQL: 1 inserted, 2 updated.
    pub rows: u64,
    /// The id given to the row by an `INSERT` of a single row into a table with an identity column, else 0
    /// or without meaning.
    pub last_id: i64,
}

impl Session {
    pub(crate) fn new(db: Db) -> Self {
        let state = match &db.0.backend {
            Backend::Sqlite(_) => State::Sqlite(None),
            Backend::MySql(mysql) => State::MySql(mysql::Link::new(mysql)),
        };
        Self {
            db,
            statements: 0,
            state,
        }
    }

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.db.engine()
    }

    /// The prefix of every table name.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.db.prefix()
    }

    /// The tables known to have been made while the process runs.
    pub(crate) fn made(&self) -> &Made {
        &self.db.0.made
    }

    /// All rows of a query.
    ///
    /// # Errors
    /// Any [`Error`] of the statement, [`Error::Column`] when a row does not fit `T`.
    pub async fn fetch_all<T: FromRow>(&mut self, sql: &str, params: &[Param]) -> Result<Vec<T>> {
        self.fetch(sql, params, usize::MAX).await
    }

    /// As [`Self::fetch_all`], for a query that may take long, such as a count or a sort of many rows. On SQLite
    /// it runs on a bounded set of threads, unless a transaction is open, so that short reads of other requests
    /// need not wait behind it. The way there and back costs about as much as three short reads.
    ///
    /// # Errors
    /// As [`Self::fetch_all`].
    pub async fn fetch_all_slowly<T: FromRow + Send + 'static>(
        &mut self,
        sql: &str,
        params: &[Param],
    ) -> Result<Vec<T>> {
        let (State::Sqlite(None), Backend::Sqlite(db)) = (&self.state, &self.db.0.backend) else {
            return self.fetch_all(sql, params).await;
        };
        self.statements += 1;
        let sql = self.db.0.names.expand(sql);
        let params = params.to_vec();
        db.read_slowly(move |c| sqlite::fetch(c, &sql, &params, usize::MAX))
            .await
    }

    /// The first row of a query.
    ///
    /// # Errors
    /// As [`Self::fetch_all`].
    pub async fn fetch_optional<T: FromRow>(&mut self, sql: &str, params: &[Param]) -> Result<Option<T>> {
        Ok(self.fetch(sql, params, 1).await?.pop())
    }

    /// The first row of a query that must have one.
    ///
    /// # Errors
    /// [`Error::NoRow`] when there is none; as [`Self::fetch_all`].
    pub async fn fetch_one<T: FromRow>(&mut self, sql: &str, params: &[Param]) -> Result<T> {
        self.fetch_optional(sql, params).await?.ok_or(Error::NoRow)
    }

    /// The number that a query gives. On SQLite, outside of a transaction, the answer is kept in memory and
    /// given again until anything in the database has changed: counts of many rows cost more than pages.
    ///
    /// # Errors
    /// As [`Self::fetch_one`].
    pub async fn count(&mut self, sql: &str, params: &[Param]) -> Result<i64> {
        let kept = match (&self.state, &self.db.0.backend) {
            (State::Sqlite(None), Backend::Sqlite(db)) => Some(db.clone()),
            _ => None,
        };
        let Some(db) = kept else {
            return self.fetch_one(sql, params).await;
        };
        // Read before the count, so that a change in between is seen the next time.
        let version = db.change_counter()?;
        if let Some(known) = db.kept.get::<i64>(version, sql, params) {
            return Ok(*known);
        }
        self.statements += 1;
        let (text, expanded) = (sql.to_owned(), self.db.0.names.expand(sql));
        let (params, counts) = (params.to_vec(), db.clone());
        db.read_slowly(move |c| {
            // Somebody who came first may have counted the same meanwhile.
            if let Some(known) = counts.kept.get(version, &text, &params) {
                return Ok(*known);
            }
            let count: i64 = sqlite::fetch(c, &expanded, &params, 1)?
                .pop()
                .ok_or(Error::NoRow)?;
            counts.kept.put(version, &text, &params, Arc::new(count));
            Ok(count)
        })
        .await
    }

    /// The state of the whole database, for what is worked out of it and kept ([`Self::recall`]). `None` where it is
    /// not known at once: on MySQL, and in a transaction.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the file cannot be read.
    pub fn state(&self) -> Result<Option<DatabaseState>> {
        match (&self.state, &self.db.0.backend) {
            (State::Sqlite(None), Backend::Sqlite(db)) => db.change_counter().map(|n| Some(DatabaseState(n))),
            _ => Ok(None),
        }
    }

    /// What was kept under this name, if the database was in the same state then.
    #[must_use]
    pub fn recall<T: Any + Send + Sync>(&self, state: DatabaseState, name: &str) -> Option<Arc<T>> {
        match &self.db.0.backend {
            Backend::Sqlite(db) => db.kept.get(state.0, name, &[]),
            Backend::MySql(_) => None,
        }
    }

    /// Keeps what was worked out since [`Self::state`] gave this state, until the database changes. A name must tell
    /// everything that the value depends on, and be no SQL.
    pub fn keep<T: Any + Send + Sync>(&self, state: DatabaseState, name: &str, value: Arc<T>) {
        if let Backend::Sqlite(db) = &self.db.0.backend {
            db.kept.put(state.0, name, &[], value);
        }
    }

    async fn fetch<T: FromRow>(&mut self, sql: &str, params: &[Param], most: usize) -> Result<Vec<T>> {
        self.statements += 1;
        let sql = self.db.0.names.expand(sql);
        match (&mut self.state, &self.db.0.backend) {
            (State::Sqlite(Some(turn)), _) => turn.run(|c| sqlite::fetch(c, &sql, params, most)),
            (State::Sqlite(None), Backend::Sqlite(db)) => db.read(|c| sqlite::fetch(c, &sql, params, most)),
            (State::MySql(link), _) => link.fetch(&sql, params, most).await,
            (State::Sqlite(None), Backend::MySql(_)) => Err(mixed()),
        }
    }

    /// Runs a statement that writes, in a transaction: opens one if none is open.
    ///
    /// # Errors
    /// Any [`Error`] of the statement. The statement is undone, the transaction goes on, except after
    /// [`Error::Deadlock`], [`Error::Unavailable`] and [`Error::Aborted`].
    pub async fn execute(&mut self, sql: &str, params: &[Param]) -> Result<Executed> {
        self.begin().await?;
        self.statements += 1;
        let sql = self.db.0.names.expand(sql);
        match &mut self.state {
            State::Sqlite(Some(turn)) => turn.run(|c| sqlite::execute(c, &sql, params)),
            State::MySql(link) => link.execute(&sql, params).await,
            State::Sqlite(None) => Err(mixed()),
        }
    }

    /// Runs DDL text of several statements as it is (no braces, no parameters), inside the transaction on
    /// SQLite; MySQL commits before and after each DDL statement.
    pub(crate) async fn batch(&mut self, sql: &str) -> Result<()> {
        self.begin().await?;
        match &mut self.state {
            State::Sqlite(Some(turn)) => turn.run(|c| c.execute_batch(sql).map_err(|e| sqlite::error(c, e))),
            State::MySql(link) => link.batch(sql).await,
            State::Sqlite(None) => Err(mixed()),
        }
    }

    /// Makes sure that a transaction is open. On SQLite waits for the writer, in a fair queue.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection is to be had or the wait is too long (30 s).
    pub async fn begin(&mut self) -> Result<()> {
        match (&mut self.state, &self.db.0.backend) {
            (State::Sqlite(turn @ None), Backend::Sqlite(db)) => {
                *turn = Some(db.turn().await?);
                Ok(())
            }
            (State::Sqlite(_), _) => Ok(()),
            (State::MySql(link), _) => link.begin().await,
        }
    }

    /// Commits; returns when the data is safe on disk. Does nothing when no transaction is open.
    ///
    /// # Errors
    /// [`Error::Aborted`] when an earlier error lost the transaction, [`Error::Unavailable`] when the
    /// outcome is unknown or nothing was written. The transaction is over in any case.
    pub async fn commit(&mut self) -> Result<()> {
        match &mut self.state {
            State::Sqlite(turn) => match turn.take() {
                Some(turn) => turn.commit().await,
                None => Ok(()),
            },
            State::MySql(link) => link.commit().await,
        }
    }

    /// Undoes everything since `begin`. Does nothing when no transaction is open.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the connection was lost; the data is rolled back then too.
    pub async fn rollback(&mut self) -> Result<()> {
        match &mut self.state {
            State::Sqlite(turn) => {
                drop(turn.take());
                Ok(())
            }
            State::MySql(link) => link.rollback().await,
        }
    }

    /// Gives the connection back to the pool, unless a transaction is open: before waiting for something that is
    /// not the database. The next statement takes one again.
    pub fn release(&mut self) {
        if let State::MySql(link) = &mut self.state {
            link.release();
        }
    }

    /// Whether a transaction is open.
    #[must_use]
    pub fn in_transaction(&self) -> bool {
        match &self.state {
            State::Sqlite(turn) => turn.is_some(),
            State::MySql(link) => link.in_transaction(),
        }
    }

    /// Statements run so far, without begin, commit and rollback. Tests count them.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements
    }
}

/// A session's state is made from its database's engine; this cannot come up.
fn mixed() -> Error {
    Error::Usage("the session does not belong to its database".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_may_move_and_be_seen_between_threads() {
        fn check<T: Send + Sync>() {}
        check::<Session>();
        check::<Db>();
    }
}
