//! Throw-away MariaDB servers.
//!
//! `cargo xtask test` starts one server for the whole run and names it in `MAGNETITE_TEST_MYSQL`; otherwise
//! each test process starts its own when a test first asks for it. Every test makes a database of its own.

use anyhow::{Context as _, Result, bail};
use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Opts};
use std::fs::File;
use std::io::Read as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Names the server to use: `mysql://root@127.0.0.1:3306` (no database), with the right to create databases.
pub const SERVER_VARIABLE: &str = "MAGNETITE_TEST_MYSQL";

/// Runs the server until standard input ends, which happens also when this process is killed: no server is
/// left behind.
const GUARD: &str = r#"dir=$1; shift
"$@" &
server=$!
cat >/dev/null
kill -9 $server 2>/dev/null
wait $server 2>/dev/null
rm -rf "$dir""#;

/// A MariaDB server for tests. One that this process started is stopped and removed on drop.
pub struct MariaDb {
    /// `mysql://root@127.0.0.1:port`, without a slash at the end.
    base: String,
    guard: Option<Child>,
}

impl MariaDb {
    /// Starts a private server on a free port of 127.0.0.1 and waits until it answers (a few seconds).
    /// `None` when MariaDB is not installed.
    ///
    /// # Errors
    /// When the server is there but does not start; with its log.
    pub fn start() -> Result<Option<Self>> {
        let (Some(server), Some(install)) = (find("mariadbd"), find("mariadb-install-db")) else {
            return Ok(None);
        };
        // The port that was free a moment ago may be taken meanwhile.
        for _ in 0..2 {
            if let Ok(started) = Self::attempt(&server, &install) {
                return Ok(Some(started));
            }
        }
        Self::attempt(&server, &install).map(Some)
    }

    fn attempt(server: &Path, install: &Path) -> Result<Self> {
        let home = tempfile::Builder::new()
            .prefix("magnetite-mariadb-")
            .tempdir_in(roomy_folder())?
            .keep();
        let installed = Command::new(install)
            .args([
                "--no-defaults",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ])
            .arg(format!("--datadir={}", home.join("data").display()))
            .args(as_user())
            .output()?;
        if !installed.status.success() {
            std::fs::remove_dir_all(&home).ok();
            bail!(
                "mariadb-install-db: {}",
                String::from_utf8_lossy(&installed.stderr)
            );
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut guard = spawn(server, &home, port)?;
        if !wait_for(port) {
            let log = std::fs::read_to_string(home.join("error.log")).unwrap_or_default();
            stop(&mut guard);
            bail!("mariadbd does not answer: {log}");
        }
        Ok(Self {
            base: format!("mysql://root@127.0.0.1:{port}"),
            guard: Some(guard),
        })
    }

    /// The server of this test run: the one in [`SERVER_VARIABLE`], or one for this process. `None` when
    /// there is no MariaDB.
    ///
    /// # Errors
    /// When a server cannot be started.
    pub fn shared() -> Result<Option<&'static Self>> {
        static SHARED: OnceLock<Result<Option<MariaDb>, String>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| match std::env::var(SERVER_VARIABLE) {
            Ok(url) if !url.is_empty() => {
                let base = url.trim_end_matches('/').to_owned();
                Ok(Some(Self { base, guard: None }))
            }
            _ => Self::start().map_err(|e| format!("{e:#}")),
        });
        shared
            .as_ref()
            .map(Option::as_ref)
            .map_err(|e| anyhow::anyhow!(e.clone()))
    }

    /// [`Self::shared`] for the first line of a test: says so when the test must be skipped.
    ///
    /// # Errors
    /// As [`Self::shared`].
    pub fn or_skip() -> Result<Option<&'static Self>> {
        let shared = Self::shared()?;
        if shared.is_none() {
            crate::skip("no MariaDB server (install mariadb-server)");
        }
        Ok(shared)
    }

    /// The URL of a database, `mysql://root@127.0.0.1:port/name`.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("{}/{database}", self.base)
    }

    /// The URL of the server, for [`SERVER_VARIABLE`].
    #[must_use]
    pub fn server_url(&self) -> &str {
        &self.base
    }

    /// Makes an empty database, instead of any of that name.
    ///
    /// # Errors
    /// What the server says.
    pub async fn create_database(&self, name: &str) -> Result<()> {
        let sql =
            format!("CREATE OR REPLACE DATABASE `{name}` CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci");
        run(&self.url("mysql"), &sql).await
    }

    /// Makes an empty database with a name of its own that is dropped with the value.
    ///
    /// # Errors
    /// What the server says.
    pub async fn fresh_database(&self) -> Result<TestDatabase> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        // Process numbers are unique among the processes that share the server.
        let name = format!(
            "test_{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        self.create_database(&name).await?;
        Ok(TestDatabase {
            url: self.url(&name),
            server: self.url("mysql"),
            name,
        })
    }

    /// Runs a mysqldump file (`.sql.gz`) in a database.
    ///
    /// # Errors
    /// When the file cannot be read (by `gzip`), or a statement fails.
    pub async fn load_dump(&self, database: &str, dump: impl AsRef<Path>) -> Result<()> {
        let dump = dump.as_ref();
        let file = File::open(dump).with_context(|| format!("cannot open {}", dump.display()))?;
        let unpacked = Command::new("gzip")
            .arg("-dc")
            .stdin(file)
            .output()
            .context("gzip is needed")?;
        if !unpacked.status.success() {
            bail!("{} is not a gzip file", dump.display());
        }
        let mut conn = Conn::new(Opts::from_url(&self.url(database))?).await?;
        for statement in statements(&unpacked.stdout) {
            conn.query_drop(statement).await.with_context(|| {
                let start = String::from_utf8_lossy(&statement[..statement.len().min(200)]).into_owned();
                format!("in {}: {start}", dump.display())
            })?;
        }
        conn.disconnect().await?;
        Ok(())
    }
}

impl Drop for MariaDb {
    fn drop(&mut self) {
        if let Some(mut guard) = self.guard.take() {
            stop(&mut guard);
        }
    }
}

/// A database of one test, dropped with the value.
pub struct TestDatabase {
    /// Its URL.
    pub url: String,
    /// Its name.
    pub name: String,
    server: String,
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // A connection that a failed test left in a transaction must not hold up the others.
        let wait = "SET STATEMENT lock_wait_timeout = 3 FOR";
        let sql = format!("{wait} DROP DATABASE IF EXISTS `{}`", self.name);
        let server = self.server.clone();
        // In a thread of its own: the test's runtime cannot be waited for here.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(run(&server, &sql))
        });
        let _ = dropping.join();
    }
}

async fn run(url: &str, sql: &str) -> Result<()> {
    let mut conn = Conn::new(Opts::from_url(url)?).await?;
    conn.query_drop(sql).await?;
    conn.disconnect().await?;
    Ok(())
}

/// The statements of a dump: mysqldump ends each at the end of a line, and no line inside one of its texts
/// ends, because it writes line breaks as `\n`.
fn statements(dump: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = dump;
    std::iter::from_fn(move || {
        while let Some(after) = comment_line(rest) {
            rest = after;
        }
        if rest.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        let end = rest
            .windows(2)
            .position(|pair| pair == b";\n")
            .map_or(rest.len(), |at| at + 2);
        let (statement, after) = rest.split_at(end);
        rest = after;
        Some(statement.trim_ascii())
    })
}

/// What follows an empty line, a `--` comment, or MariaDB's sandbox mark.
fn comment_line(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().position(|b| *b == b'\n')?;
    let line = text[..end].trim_ascii();
    let skip = line.is_empty() || line.starts_with(b"--") || line.starts_with(b"/*M!999999");
    skip.then(|| &text[end + 1..])
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]);
    folders
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// mariadbd refuses to run as root unless told so.
fn as_user() -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt as _;
    let root = std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0);
    root.then_some("--user=root")
}

/// Where the data goes: into memory if there is room, because restoring a dump makes hundreds of files.
fn roomy_folder() -> PathBuf {
    const ROOM: u64 = 4 << 30;
    let memory = Path::new("/dev/shm");
    let room = rustix::fs::statvfs(memory).map_or(0, |state| state.f_bavail * state.f_frsize);
    if room >= ROOM {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    }
}

fn spawn(server: &Path, home: &Path, port: u16) -> Result<Child> {
    let file = |name: &str| home.join(name).display().to_string();
    let mut command = Command::new("sh");
    command
        .args(["-c", GUARD, "sh"])
        .arg(home)
        .arg(server)
        .arg("--no-defaults")
        .args(as_user());
    for (option, value) in [
        ("datadir", "data"),
        ("socket", "socket"),
        ("pid-file", "pid"),
        ("log-error", "error.log"),
    ] {
        command.arg(format!("--{option}={}", file(value)));
    }
    command.arg(format!("--port={port}")).args([
        "--bind-address=127.0.0.1",
        "--skip-name-resolve",
        "--skip-log-bin",
        "--max-connections=500",
        // Nothing here must outlive the machine.
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-doublewrite=0",
        "--innodb-flush-method=nosync",
        "--innodb-buffer-pool-size=128M",
        "--innodb-log-file-size=64M",
        "--innodb-lock-wait-timeout=10",
    ]);
    // Out of the terminal's process group, so that Ctrl-C reaches the guard through its input only.
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    command.spawn().context("cannot start mariadbd")
}

/// Waits up to 30 s for the server's greeting.
fn wait_for(port: u16) -> bool {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    (0..300).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok_and(|mut stream| {
            stream.set_read_timeout(Some(Duration::from_secs(2))).ok();
            stream.read(&mut [0; 16]).is_ok_and(|n| n > 0)
        })
    })
}

fn stop(guard: &mut Child) {
    drop(guard.stdin.take());
    let _ = guard.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_is_split_at_statement_ends() {
        let dump = b"/*M!999999\\- x */ \n-- a;\n\nINSERT INTO t VALUES\n(1,'a;b\\n');\n/*!1 A */\n/*!2 B */;\n-- end\n";
        let found: Vec<_> = statements(dump)
            .map(|s| String::from_utf8_lossy(s).into_owned())
            .collect();
        assert_eq!(
            found,
            ["INSERT INTO t VALUES\n(1,'a;b\\n');", "/*!1 A */\n/*!2 B */;"]
        );
    }

    #[tokio::test]
    async fn a_database_is_made_and_dropped() -> Result<()> {
        let Some(server) = MariaDb::or_skip()? else {
            return Ok(());
        };
        let database = server.fresh_database().await?;
        let (url, sql) = (database.url.clone(), "CREATE TABLE t (id INT)");
        run(&url, sql).await?;
        drop(database);
        assert!(run(&url, sql).await.is_err());
        Ok(())
    }

    #[tokio::test]
    async fn a_real_dump_loads() -> Result<()> {
        let dump = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/magento/fresh.sql.gz");
        if !dump.exists() {
            crate::skip("../shared is not here");
            return Ok(());
        }
        let Some(server) = MariaDb::or_skip()? else {
            return Ok(());
        };
        let database = server.fresh_database().await?;
        server.load_dump(&database.name, &dump).await?;
        let mut conn = Conn::new(Opts::from_url(&database.url)?).await?;
        let name: Option<String> = conn
            .query_first("SELECT name FROM store_website WHERE website_id = 0")
            .await?;
        assert_eq!(name.as_deref(), Some("Admin"));
        conn.disconnect().await?;
        Ok(())
    }
}
