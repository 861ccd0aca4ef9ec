//! MySQL and MariaDB through `mysql_async`.

use crate::row::Row;
use crate::value::Value;
use crate::{Error, Executed, FromRow, Options, Param, Result, SqlError};
use mysql_async::consts::ColumnType;
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Opts, OptsBuilder, Params, Pool, PoolConstraints, PoolOpts};
use std::borrow::Cow;
use std::time::Duration;
use tokio::runtime::Handle;

/// Longest wait for a connection of the pool.
const WAIT: Duration = Duration::from_secs(30);

/// Idle time after which the system asks whether the other side is still there.
const KEEPALIVE: Duration = Duration::from_secs(30);

/// What every connection starts with.
///
/// - UTC, so that timestamps are read and written as on SQLite.
/// - Strict: a value that does not fit is an error, never cut off. `NO_AUTO_VALUE_ON_ZERO`, because Magento
///   has rows with id 0 (website and store `admin`). No `NO_ZERO_DATE`: Magento's tables have zero dates as
///   defaults.
/// - READ COMMITTED: a statement sees what was committed before it, as a SQLite transaction does that
///   waited for its turn. The default, REPEATABLE READ, would read a snapshot from before the wait for a
///   row lock, and its gap locks add deadlocks.
const SETUP: &str = "SET time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,\
    ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'";
const ISOLATION: &str = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

/// The pool of one database.
pub(crate) struct MySql {
    pool: Pool,
    runtime: Handle,
}

impl MySql {
    pub(crate) fn open(options: &Options) -> Result<Self> {
        // The driver's error texts could repeat parts of the URL, which holds a password.
        let bad = |_| Error::Usage("the MySQL URL cannot be read".into());
        let opts = Opts::from_url(&options.url).map_err(bad)?;
        if opts.db_name().is_none_or(str::is_empty) {
            return Err(Error::Usage("the MySQL URL names no database".into()));
        }
        let constraints = PoolConstraints::new(0, options.pool.max(1))
            .ok_or_else(|| Error::Usage("the pool needs at least one connection".into()))?;
        // No reset: it costs round trips and the prepared statements, and no session state is left behind.
        let pool_opts = PoolOpts::default()
            .with_constraints(constraints)
            .with_reset_connection(false)
            .with_inactive_connection_ttl(Duration::from_mins(5));
        let opts = OptsBuilder::from_opts(opts)
            .pool_opts(pool_opts)
            .stmt_cache_size(256)
            .client_found_rows(true)
            // The address is meant: a proxy on 127.0.0.1 is not passed by over the server's own socket.
            .prefer_socket(false)
            .tcp_keepalive(Some(KEEPALIVE))
            .setup(vec![SETUP, ISOLATION, "SET NAMES utf8mb4"]);
        Ok(Self {
            pool: Pool::new(opts),
            runtime: Handle::current(),
        })
    }

    pub(crate) async fn close(&self) -> Result<()> {
        self.pool.clone().disconnect().await.map_err(|e| error(&e))
    }
}

/// A session's connection, taken at first use.
pub(crate) struct Link {
    pool: Pool,
    runtime: Handle,
    conn: Option<Conn>,
    transaction: Transaction,
}

#[derive(Clone, Copy, PartialEq)]
enum Transaction {
    None,
    Open,
    /// Rolled back by the server or of unknown state: only a rollback is left.
    Lost,
}

impl Link {
    pub(crate) fn new(mysql: &MySql) -> Self {
        let (pool, runtime) = (mysql.pool.clone(), mysql.runtime.clone());
        Self {
            pool,
            runtime,
            conn: None,
            transaction: Transaction::None,
        }
    }

    pub(crate) fn in_transaction(&self) -> bool {
        self.transaction != Transaction::None
    }

    pub(crate) fn release(&mut self) {
        if !self.in_transaction() {
            self.conn = None;
        }
    }

    async fn conn(&mut self) -> Result<&mut Conn> {
        if self.transaction == Transaction::Lost {
            return Err(Error::Aborted);
        }
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => match tokio::time::timeout(WAIT, self.pool.get_conn()).await {
                Ok(conn) => conn.map_err(|e| error(&e))?,
                Err(_) => return Err(Error::Unavailable(SqlError::new(0, "no free connection"))),
            },
        };
        Ok(self.conn.insert(conn))
    }

    /// Notes what an error did to the transaction and whether another connection may help: the pool does
    /// not ping, so that a connection may turn out dead at its first use.
    fn failed(&mut self, failure: &mysql_async::Error) -> (Error, bool) {
        let mapped = error(failure);
        let dead = failure.is_fatal();
        let again = dead && self.transaction == Transaction::None;
        if dead {
            self.conn = None;
        }
        if self.in_transaction() && (dead || matches!(mapped, Error::Deadlock | Error::Unavailable(_))) {
            self.transaction = Transaction::Lost;
        }
        (mapped, again)
    }

    pub(crate) async fn fetch<T: FromRow>(
        &mut self,
        sql: &str,
        params: &[Param],
        most: usize,
    ) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        for last in [false, true] {
            match read(self.conn().await?, sql, params, most, &mut rows).await {
                Ok(()) => return Ok(rows),
                Err(Failure::Row(error)) => return Err(error),
                Err(Failure::Server(failure)) => {
                    let (error, again) = self.failed(&failure);
                    if last || !again {
                        return Err(error);
                    }
                    rows.clear();
                }
            }
        }
        Ok(rows)
    }

    pub(crate) async fn execute(&mut self, sql: &str, params: &[Param]) -> Result<Executed> {
        match write(self.conn().await?, sql, params).await {
            Ok(executed) => Ok(executed),
            Err(failure) => Err(self.failed(&failure).0),
        }
    }

    pub(crate) async fn batch(&mut self, sql: &str) -> Result<()> {
        match self.conn().await?.query_drop(sql).await {
            Ok(()) => Ok(()),
            Err(failure) => Err(self.failed(&failure).0),
        }
    }

    pub(crate) async fn begin(&mut self) -> Result<()> {
        if self.transaction == Transaction::Open {
            return Ok(());
        }
        for last in [false, true] {
            match self.conn().await?.query_drop("START TRANSACTION").await {
                Ok(()) => break,
                Err(failure) => {
                    let (error, again) = self.failed(&failure);
                    if last || !again {
                        return Err(error);
                    }
                }
            }
        }
        self.transaction = Transaction::Open;
        Ok(())
    }

    pub(crate) async fn commit(&mut self) -> Result<()> {
        match self.transaction {
            Transaction::None => Ok(()),
            Transaction::Lost => {
                self.rollback().await?;
                Err(Error::Aborted)
            }
            Transaction::Open => {
                // Given up half-way, the driver counts the connection as broken and closes it.
                let sent = self.conn().await?.query_drop("COMMIT").await;
                match sent {
                    Ok(()) => self.transaction = Transaction::None,
                    Err(failure) => {
                        let (error, _) = self.failed(&failure);
                        let _ = self.rollback().await;
                        return Err(error);
                    }
                }
                Ok(())
            }
        }
    }

    pub(crate) async fn rollback(&mut self) -> Result<()> {
        if self.transaction == Transaction::None {
            return Ok(());
        }
        // The connection is put back only after a clean rollback: dropped while it waits, it is closed.
        self.transaction = Transaction::None;
        if let Some(conn) = self.conn.take() {
            self.conn = Some(roll_back(conn).await.map_err(|e| error(&e))?);
        }
        Ok(())
    }
}

async fn roll_back(mut conn: Conn) -> mysql_async::Result<Conn> {
    conn.query_drop("ROLLBACK").await?;
    Ok(conn)
}

impl Drop for Link {
    fn drop(&mut self) {
        if self.in_transaction()
            && let Some(conn) = self.conn.take()
        {
            self.runtime.spawn(roll_back(conn));
        }
    }
}

enum Failure {
    Server(mysql_async::Error),
    Row(Error),
}

async fn read<T: FromRow>(
    conn: &mut Conn,
    sql: &str,
    params: &[Param],
    most: usize,
    rows: &mut Vec<T>,
) -> Result<(), Failure> {
    let mut result = conn.exec_iter(sql, bind(params)).await.map_err(Failure::Server)?;
    let mut failure = None;
    while rows.len() < most
        && failure.is_none()
        && let Some(row) = result.next().await.map_err(Failure::Server)?
    {
        match T::from_row(&Row::mysql(&row)) {
            Ok(row) => rows.push(row),
            Err(error) => failure = Some(Failure::Row(error)),
        }
    }
    result.drop_result().await.map_err(Failure::Server)?;
    failure.map_or(Ok(()), Err)
}

async fn write(conn: &mut Conn, sql: &str, params: &[Param]) -> mysql_async::Result<Executed> {
    let result = conn.exec_iter(sql, bind(params)).await?;
    let rows = result.affected_rows();
    let last_id = result
        .last_insert_id()
        .and_then(|id| i64::try_from(id).ok())
        .unwrap_or(0);
    result.drop_result().await?;
    Ok(Executed { rows, last_id })
}

fn bind(params: &[Param]) -> Params {
    if params.is_empty() {
        return Params::Empty;
    }
    let value = |param: &Param| match param {
        Param::Null => mysql_async::Value::NULL,
        Param::Int(v) => mysql_async::Value::Int(*v),
        Param::Text(v) => mysql_async::Value::Bytes(v.as_bytes().to_vec()),
        Param::Bytes(v) => mysql_async::Value::Bytes(v.clone()),
        Param::Decimal(v) => mysql_async::Value::Bytes(v.to_string().into_bytes()),
    };
    Params::Positional(params.iter().map(value).collect())
}

/// The value in one column of a row; dates become text.
pub(crate) fn value(row: &mysql_async::Row, index: usize) -> Option<Value<'_>> {
    use mysql_async::Value as V;
    Some(match row.as_ref(index)? {
        V::NULL => Value::Null,
        V::Bytes(bytes) => Value::Bytes(bytes),
        V::Int(v) => Value::Int(*v),
        V::UInt(v) => i64::try_from(*v).map_or(Value::Unsigned(*v), Value::Int),
        V::Float(v) => Value::Real(f64::from(*v)),
        V::Double(v) => Value::Real(*v),
        V::Date(year, month, day, hour, minute, second, micros) => {
            let mut text = format!("{year:04}-{month:02}-{day:02}");
            let kind = row.columns_ref().get(index)?.column_type();
            if !matches!(kind, ColumnType::MYSQL_TYPE_DATE | ColumnType::MYSQL_TYPE_NEWDATE) {
                text += &format!(" {hour:02}:{minute:02}:{second:02}");
                if *micros > 0 {
                    text += &format!(".{micros:06}");
                }
            }
            Value::Text(Cow::Owned(text))
        }
        V::Time(negative, days, hours, minutes, seconds, _) => {
            let sign = if *negative { "-" } else { "" };
            let hours = days * 24 + u32::from(*hours);
            Value::Text(Cow::Owned(format!("{sign}{hours:02}:{minutes:02}:{seconds:02}")))
        }
    })
}

fn error(error: &mysql_async::Error) -> Error {
    let mysql_async::Error::Server(server) = error else {
        // Input, output and protocol errors name addresses and states, never values.
        return Error::Unavailable(SqlError::new(0, error.to_string()));
    };
    let plain = || SqlError::new(server.code.into(), message(server.code, &server.message));
    match server.code {
        // The last three are TiDB's write conflicts.
        1205 | 1213 | 8002 | 8022 | 9007 => Error::Deadlock,
        1062 | 1169 | 1586 => Error::Duplicate {
            key: key_name(&server.message),
        },
        1216 | 1217 | 1451 | 1452 => Error::ForeignKey,
        // 1267, 1270 and 1271 are searches for text that the column's character set (utf8mb3) cannot hold, such
        // as an emoji: for one, two, or more at once.
        1048 | 1264 | 1265 | 1267 | 1270 | 1271 | 1292 | 1364 | 1366 | 1406 | 1411 | 3819 | 4025 => {
            Error::Value {
                column: column_name(&server.message),
            }
        }
        // Too many connections, no database or rights, shutdown, read only, not in the cluster, killed.
        1040 | 1044 | 1045 | 1047 | 1049 | 1053 | 1129 | 1130 | 1226 | 1290 | 1317 | 1836 | 1927 => {
            Error::Unavailable(plain())
        }
        _ => Error::Sql(plain()),
    }
}

/// The server's text where it speaks of names and grammar only; others may repeat values.
fn message(code: u16, text: &str) -> String {
    match code {
        1005
        | 1044..=1047
        | 1049..=1054
        | 1060
        | 1061
        | 1064
        | 1067
        | 1071
        | 1072
        | 1091
        | 1101
        | 1118
        | 1142..=1146
        | 1170
        | 1227
        | 1290
        | 1305
        | 1364
        | 1813 => text.to_owned(),
        _ => "refused by the server".to_owned(),
    }
}

/// From `Duplicate entry '…' for key 'table.NAME'`; the value may hold anything, so read from the end.
fn key_name(message: &str) -> String {
    let name = message
        .trim_end_matches('\'')
        .rsplit('\'')
        .next()
        .unwrap_or_default();
    name.rsplit('.').next().unwrap_or_default().to_owned()
}

/// From `… column 'NAME' …` or ``… column `db`.`table`.`NAME` …``; the column stands after any value.
fn column_name(message: &str) -> String {
    let after = ["olumn '", "olumn `", "ield '"]
        .iter()
        .find_map(|mark| message.rsplit_once(mark));
    let name = after.map_or("", |(_, rest)| rest.split([' ', '\'']).next().unwrap_or_default());
    name.trim_end_matches('`')
        .rsplit('`')
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_messages_and_values_are_not_repeated() {
        assert_eq!(
            key_name("Duplicate entry 'it's for key 'X'' for key 'ADMIN_USER_USERNAME'"),
            "ADMIN_USER_USERNAME"
        );
        assert_eq!(
            key_name("Duplicate entry '1' for key 'admin_user.PRIMARY'"),
            "PRIMARY"
        );
        assert_eq!(column_name("Data too long for column 'code' at row 1"), "code");
        assert_eq!(
            column_name("Incorrect integer value: 'x' for column `a`.`b`.`qty` at row 1"),
            "qty"
        );
        assert_eq!(column_name("Field 'name' doesn't have a default value"), "name");
        assert_eq!(message(1366, "secret"), "refused by the server");
    }

    #[tokio::test]
    async fn a_bad_url_is_refused_without_showing_it() {
        for url in [
            "mysql://u:secret@h:99999/db",
            "mysql://u:secret@h",
            "mysql://u:secret@h/db?secret=1",
        ] {
            let Err(error) = MySql::open(&Options::new(url)) else {
                panic!("{url} was taken")
            };
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
