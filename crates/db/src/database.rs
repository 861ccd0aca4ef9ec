//! The opened database.

use crate::names::Names;
use crate::schema::Made;
use crate::session::Session;
use crate::{Error, Result, mysql, sqlite};
use std::sync::Arc;
use std::time::Duration;

/// Attempts of [`Db::transaction`] in all.
const ATTEMPTS: u32 = 6;

/// Which engine holds the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A SQLite file, embedded.
    Sqlite,
    /// MySQL, MariaDB, or a server that speaks its protocol.
    MySql,
}

/// Where the database is.
#[derive(Clone)]
pub struct Options {
    /// `sqlite:path` (made when absent) or `mysql://user:password@host:port/database`; user and password
    /// may be percent-encoded, `?socket=%2Fpath` connects through a Unix socket.
    pub url: String,
    /// Put before every table name.
    pub prefix: String,
    /// Connections at most (MySQL). Default 16.
    pub pool: usize,
}

impl Options {
    /// Options for `url`, without prefix.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            prefix: String::new(),
            pool: 16,
        }
    }
}

pub(crate) enum Backend {
    Sqlite(Arc<sqlite::Sqlite>),
    MySql(mysql::MySql),
}

pub(crate) struct Inner {
    pub(crate) backend: Backend,
    pub(crate) names: Names,
    pub(crate) made: Made,
}

/// An opened database. Clones are handles to the same one.
#[derive(Clone)]
pub struct Db(pub(crate) Arc<Inner>);

impl Db {
    /// Opens the database. Must be called inside a Tokio runtime that outlives it.
    ///
    /// SQLite's file is opened (and made) at once; MySQL is first connected to by the first statement.
    ///
    /// # Errors
    /// [`Error::Usage`] for options that make no sense, [`Error::Unavailable`] when it cannot be opened.
    pub async fn open(options: Options) -> Result<Self> {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !options.prefix.bytes().all(fits) {
            return Err(Error::Usage(
                "the table prefix may hold a-z, 0-9 and _ only".into(),
            ));
        }
        let backend = if let Some(path) = options.url.strip_prefix("sqlite:") {
            Backend::Sqlite(sqlite::Sqlite::open(path.into()).await?)
        } else if options.url.starts_with("mysql:") {
            Backend::MySql(mysql::MySql::open(&options)?)
        } else {
            return Err(Error::Usage(
                "the database URL must start with sqlite: or mysql:".into(),
            ));
        };
        Ok(Self(Arc::new(Inner {
            backend,
            names: Names::new(options.prefix),
            made: Made::default(),
        })))
    }

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match &self.0.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::MySql(_) => Engine::MySql,
        }
    }

    /// The prefix of every table name.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.0.names.prefix()
    }

    /// A new session. Costs nothing until it is used.
    #[must_use]
    pub fn session(&self) -> Session {
        Session::new(self.clone())
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when there is none.
    pub async fn ping(&self) -> Result<()> {
        // The counter reads the file, which `SELECT 1` does not.
        self.change_counter().await?;
        self.session().fetch_one::<i64>("SELECT 1", &[]).await.map(|_| ())
    }

    /// Runs `work` in a transaction: committed when it gives `Ok`, rolled back otherwise, and run again
    /// (six times in all, with growing pauses) after [`Error::Deadlock`].
    ///
    /// To spawn the future, `work` must own what it uses (`async move |session| …`): the compiler cannot yet
    /// see that one with borrowed captures is `Send`.
    ///
    /// # Errors
    /// What `work` or the commit gives.
    pub fn transaction<T, F>(&self, mut work: F) -> impl Future<Output = Result<T>> + use<T, F>
    where
        F: AsyncFnMut(&mut Session) -> Result<T>,
    {
        // A future that borrows nothing: the compiler can then see that it may be spawned.
        let db = self.clone();
        async move {
            let mut attempt = 1;
            loop {
                let mut session = db.session();
                session.begin().await?;
                let result = match work(&mut session).await {
                    Ok(value) => session.commit().await.map(|()| value),
                    Err(error) => session.rollback().await.and(Err(error)),
                };
                match result {
                    Err(error) if error.is_retryable() && attempt < ATTEMPTS => {
                        tracing::debug!(attempt, "transaction runs again after a deadlock");
                    }
                    result => return result,
                }
                drop(session);
                tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
                attempt += 1;
            }
        }
    }

    /// SQLite: a number that changes whenever anyone, this process or another, commits to the file. Takes
    /// about a microsecond. MySQL: `None`, ask a version row instead.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the file cannot be read.
    pub async fn change_counter(&self) -> Result<Option<i64>> {
        match &self.0.backend {
            Backend::Sqlite(sqlite) => sqlite.change_counter().map(Some),
            Backend::MySql(_) => Ok(None),
        }
    }

    /// Waits for the writers at work, writes the SQLite log back into the file and lets go of the
    /// connections. Other handles of this database get errors from then on.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the end is not clean; nothing acknowledged is lost by that.
    pub async fn close(self) -> Result<()> {
        match &self.0.backend {
            Backend::Sqlite(sqlite) => sqlite.close().await,
            Backend::MySql(mysql) => mysql.close().await,
        }
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Db({:?})", self.engine())
    }
}
