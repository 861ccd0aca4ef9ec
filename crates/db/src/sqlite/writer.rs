//! The one writer and its queue.
//!
//! Transactions run one after another on one connection, each inside a savepoint of a *group*. A finished
//! one leaves its savepoint and hands the connection to the next in line; when nobody waits, or the group is
//! large or old, the group is committed with one fsync and only then are its callers told. A failing
//! transaction is rolled back to its savepoint alone. A later member of a group may see what an earlier one
//! wrote before that is safe on disk, but its own success is never told before.
//!
//! Ids that a failed transaction gave out are not given again, as with InnoDB: clients and logs may know them, and
//! recorded answers count on them.

use super::{closed, error, gone, setup};
use crate::{Error, Result, SqlError};
use rusqlite::{Connection, ffi};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{OwnedMutexGuard, oneshot};
use tokio::time::Instant;

/// Finished transactions in a group at most.
const GROUP: usize = 256;
/// A group is committed when its first finished transaction has waited this long, even if others wait.
const AGE: Duration = Duration::from_millis(5);
/// Changed rows after which the planner's statistics are looked at for the first time, and how much more must change
/// each time after that: tables that were empty when the file was opened fill up in one process too.
const CHANGES: u64 = 2_000;
const GROWTH: u64 = 4;
/// Longest wait for the turn, and for a writer in another process.
const WAIT: Duration = Duration::from_secs(30);

pub(super) struct Queue {
    /// Fair: the turn is given in the order of asking.
    writer: Arc<tokio::sync::Mutex<Writer>>,
    waiting: AtomicUsize,
    runtime: Handle,
}

struct Writer {
    /// Only ever reached through `&mut`; the mutex makes the whole `Sync` at no cost. `None` once closed.
    connection: Mutex<Option<Connection>>,
    group_is_open: bool,
    /// Callers whose transaction is in the group, waiting for its commit.
    finished: Vec<oneshot::Sender<Result<()>>>,
    /// Failed transactions used up ids: the group has something to commit even if nothing else is in it.
    used_up: bool,
    since: Option<Instant>,
    /// Changed rows of the connection at which the statistics are looked at again.
    counted_at: u64,
}

impl Writer {
    fn connection(&mut self) -> Result<&mut Connection> {
        self.connection
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .as_mut()
            .ok_or_else(closed)
    }

    fn run(&mut self, sql: &str) -> Result<()> {
        let connection = self.connection()?;
        let ran = connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.raw_execute());
        ran.map(|_| ()).map_err(|e| error(connection, e))
    }

    /// Undoes the open turn, but for the ids that it gave out.
    fn undo(&mut self) -> Result<()> {
        let given = self.sequences()?;
        self.run("ROLLBACK TO turn")?;
        let kept = self.sequences()?;
        for (table, last) in given {
            if kept
                .iter()
                .any(|(name, before)| *name == table && *before >= last)
            {
                continue;
            }
            let connection = self.connection()?;
            let known = connection.execute(
                "UPDATE sqlite_sequence SET seq = ?2 WHERE name = ?1",
                (&table, last),
            );
            let known = known.map_err(|e| error(connection, e))?;
            if known == 0 {
                let added = connection.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)",
                    (&table, last),
                );
                added.map_err(|e| error(connection, e))?;
            }
            self.used_up = true;
        }
        self.run("RELEASE turn")
    }

    /// The last id of each table that gives ids. The table is there as soon as one of them is.
    fn sequences(&mut self) -> Result<Vec<(String, i64)>> {
        let connection = self.connection()?;
        let known = connection
            .prepare_cached("SELECT name, seq FROM sqlite_sequence")
            .and_then(|mut statement| {
                let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                rows.collect()
            });
        // A new file has no such table yet.
        Ok(known.unwrap_or_default())
    }

    /// Some errors (disk full, input/output) make SQLite roll back everything, the group included.
    fn is_lost(&mut self) -> bool {
        self.group_is_open && self.connection().map_or(true, |c| c.is_autocommit())
    }

    /// Commits the group and tells its callers. Blocks for an fsync.
    fn commit_group(&mut self) {
        let mut result = self.run("COMMIT");
        for _ in 0..200 {
            if !is_busy(&result) {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
            result = self.run("COMMIT");
        }
        self.end_group(&result);
        self.count_rows();
    }

    /// Renews the planner's statistics once much has changed. Takes some milliseconds, fewer and fewer times.
    fn count_rows(&mut self) {
        let due = self.counted_at;
        let Ok(connection) = self.connection() else {
            return;
        };
        let changed = connection.total_changes();
        if changed < due {
            return;
        }
        if let Err(error) = setup::optimize(connection) {
            tracing::debug!(%error, "statistics are renewed another time");
        }
        self.counted_at = changed.saturating_mul(GROWTH);
    }

    /// Rolls back what is still open and gives the group's callers their result.
    fn end_group(&mut self, result: &Result<()>) {
        if self.connection().is_ok_and(|c| !c.is_autocommit())
            && let Err(error) = self.run("ROLLBACK")
        {
            tracing::error!(%error, "the SQLite writer cannot roll back");
        }
        self.group_is_open = false;
        self.used_up = false;
        self.since = None;
        for caller in self.finished.drain(..) {
            let _ = caller.send(result.clone());
        }
    }
}

fn is_busy(result: &Result<()>) -> bool {
    matches!(result, Err(Error::Unavailable(e)) if e.code & 0xff == ffi::SQLITE_BUSY)
}

impl Queue {
    pub(super) fn new(connection: Connection) -> Arc<Self> {
        let writer = Writer {
            connection: Mutex::new(Some(connection)),
            group_is_open: false,
            finished: Vec::with_capacity(GROUP),
            used_up: false,
            since: None,
            counted_at: CHANGES,
        };
        let writer = Arc::new(tokio::sync::Mutex::new(writer));
        Arc::new(Self {
            writer,
            waiting: AtomicUsize::new(0),
            runtime: Handle::current(),
        })
    }

    /// Waits for the turn and opens a transaction.
    pub(super) async fn turn(self: &Arc<Self>) -> Result<Turn> {
        let waiting = Waiting::new(self);
        let lock = tokio::time::timeout(WAIT, Arc::clone(&self.writer).lock_owned());
        let Ok(mut writer) = lock.await else {
            return Err(Error::Unavailable(SqlError::new(
                0,
                "the writer is held for too long",
            )));
        };
        waiting.over();
        if !writer.group_is_open {
            self.open_group(&mut writer).await?;
        }
        match writer.run("SAVEPOINT turn") {
            Ok(()) => Ok(Turn {
                writer: Some(writer),
                queue: Arc::clone(self),
            }),
            Err(error) => {
                self.pass_on(writer);
                Err(error)
            }
        }
    }

    /// `IMMEDIATE`, so that a writer in another process is met here and nowhere later.
    async fn open_group(&self, writer: &mut Writer) -> Result<()> {
        let deadline = Instant::now() + WAIT;
        let mut pause = Duration::from_millis(1);
        loop {
            let begun = writer.run("BEGIN IMMEDIATE");
            if !is_busy(&begun) || Instant::now() > deadline {
                writer.group_is_open = begun.is_ok();
                return begun;
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }

    /// Ends a turn: commits the group or leaves that to the next in line.
    fn pass_on(&self, mut writer: OwnedMutexGuard<Writer>) {
        if writer.is_lost() {
            writer.end_group(&Err(Error::Aborted));
        }
        let someone_waits = self.waiting.load(Ordering::SeqCst) > 0;
        let old = writer.since.is_some_and(|since| since.elapsed() > AGE);
        if !writer.group_is_open || (someone_waits && !old && writer.finished.len() < GROUP) {
            return;
        }
        if writer.finished.is_empty() && !writer.used_up {
            writer.end_group(&Ok(()));
        } else {
            self.runtime.spawn_blocking(move || writer.commit_group());
        }
    }

    pub(super) async fn close(&self) -> Result<()> {
        let mut writer = Arc::clone(&self.writer).lock_owned().await;
        let closing = self.runtime.spawn_blocking(move || {
            if writer.group_is_open {
                writer.commit_group();
            }
            let slot = writer
                .connection
                .get_mut()
                .unwrap_or_else(PoisonError::into_inner);
            let Some(connection) = slot.take() else {
                return Ok(());
            };
            setup::optimize(&connection)?;
            let told = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);");
            told.map_err(|e| error(&connection, e))
        });
        closing.await.map_err(|_| gone())?
    }
}

/// Counts those in line. One that gives up may have been the one that a finished group relied on.
struct Waiting<'a> {
    queue: &'a Arc<Queue>,
    gave_up: bool,
}

impl<'a> Waiting<'a> {
    fn new(queue: &'a Arc<Queue>) -> Self {
        queue.waiting.fetch_add(1, Ordering::SeqCst);
        Self { queue, gave_up: true }
    }

    fn over(mut self) {
        self.gave_up = false;
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.queue.waiting.fetch_sub(1, Ordering::SeqCst);
        if self.gave_up {
            let queue = Arc::clone(self.queue);
            self.queue.runtime.spawn(async move {
                let writer = Arc::clone(&queue.writer).lock_owned().await;
                queue.pass_on(writer);
            });
        }
    }
}

/// The right to write, and an open transaction. Dropped, it rolls back and passes the turn on.
pub(crate) struct Turn {
    writer: Option<OwnedMutexGuard<Writer>>,
    queue: Arc<Queue>,
}

impl Turn {
    /// Runs `work` inside the transaction.
    pub(crate) fn run<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let writer = self.writer.as_mut().ok_or(Error::Aborted)?;
        if writer.is_lost() || !writer.group_is_open {
            return Err(Error::Aborted);
        }
        let result = work(writer.connection()?);
        if result.is_err() && writer.is_lost() {
            writer.end_group(&Err(Error::Aborted));
        }
        result
    }

    /// Finishes the transaction and waits for the group's commit.
    pub(crate) async fn commit(mut self) -> Result<()> {
        let answer = self.finish()?;
        answer.await.map_err(|_| gone())?
    }

    fn finish(&mut self) -> Result<oneshot::Receiver<Result<()>>> {
        // On an error `drop` rolls back.
        self.run(|connection| {
            let released = connection
                .prepare_cached("RELEASE turn")
                .and_then(|mut s| s.raw_execute());
            released.map_err(|e| error(connection, e))
        })?;
        let mut writer = self.writer.take().ok_or(Error::Aborted)?;
        let (tell, answer) = oneshot::channel();
        writer.finished.push(tell);
        writer.since.get_or_insert_with(Instant::now);
        self.queue.pass_on(writer);
        Ok(answer)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut writer) = self.writer.take() else {
            return;
        };
        let undone = if writer.is_lost() || !writer.group_is_open {
            Ok(())
        } else {
            writer.undo()
        };
        if let Err(error) = undone {
            tracing::error!(%error, "a SQLite savepoint cannot be rolled back");
            writer.end_group(&Err(Error::Aborted));
        }
        self.queue.pass_on(writer);
    }
}
