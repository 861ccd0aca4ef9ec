//! The real binary as a child process.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read};
use std::net::SocketAddr;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, sleep};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, Reply};
use crate::mariadb::TestDatabase;

/// Ends the server also when the tests are killed: then its input ends. A server's folder goes with it.
const GUARD: &str = r#"read -r _; kill -9 "$1"; rm -rf "$2""#;

/// How long a start may take: installing and hashing a password on a busy machine.
const START: Duration = Duration::from_secs(90);

/// What `serve` prints when it is ready.
const READY: &str = "Magnetite is ready: http://";

/// An installation: a folder of its own, the binary, and the settings it runs with.
pub struct Installation {
    binary: PathBuf,
    home: TempDir,
    variables: BTreeMap<String, String>,
    database: Option<TestDatabase>,
}

/// What a command that has ended did.
#[derive(Debug)]
pub struct Outcome {
    /// Exit status.
    pub status: ExitStatus,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Installation {
    /// On an SQLite file, with all defaults. Nothing is installed yet.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn sqlite(binary: &str) -> Result<Self> {
        let home = tempfile::Builder::new().prefix("magnetite-test-").tempdir()?;
        Ok(Self {
            binary: binary.into(),
            home,
            variables: BTreeMap::from([("MAGNETITE_BIND".to_owned(), "127.0.0.1:0".to_owned())]),
            database: None,
        })
    }

    /// On a MySQL database, which it drops at its end.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn mysql(binary: &str, database: TestDatabase) -> Result<Self> {
        let mut installation = Self::sqlite(binary)?.set("MAGNETITE_DATABASE_URL", &database.url);
        installation.database = Some(database);
        Ok(installation)
    }

    /// Sets an environment variable for all commands.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Takes back [`Self::set`].
    #[must_use]
    pub fn unset(mut self, name: &str) -> Self {
        self.variables.remove(name);
        self
    }

    /// A file in the folder, which is also the working directory.
    #[must_use]
    pub fn path(&self, file: &str) -> PathBuf {
        self.home.path().join(file)
    }

    /// Where the data lives.
    #[must_use]
    pub fn database_url(&self) -> String {
        match &self.database {
            Some(database) => database.url.clone(),
            None => format!("sqlite:{}", self.path("magnetite.db").display()),
        }
    }

    /// A command of the binary, not yet run. Variables of the person who runs the tests do not reach it.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("MAGNETITE_") {
                command.env_remove(name);
            }
        }
        command
            .args(arguments)
            .envs(&self.variables)
            .current_dir(self.home.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    ///
    /// # Errors
    /// The binary cannot be started.
    pub fn run(&self, arguments: &[&str]) -> Result<Outcome> {
        let output = self.command(arguments).output()?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(Outcome {
            status: output.status,
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        })
    }

    /// Starts `serve` and waits until it is ready.
    ///
    /// # Errors
    /// It ends, or is not ready in time; with what it wrote.
    pub fn serve(&self) -> Result<Server> {
        self.serve_with(&[])
    }

    /// [`Self::serve`] with further arguments.
    ///
    /// # Errors
    /// As [`Self::serve`].
    pub fn serve_with(&self, arguments: &[&str]) -> Result<Server> {
        let mut command = self.command(&["serve"]);
        command.args(arguments);
        Server::start(command, self.home.path())
    }
}

/// A running server; killed on drop.
pub struct Server {
    child: Child,
    guard: Child,
    address: SocketAddr,
    stdout: Transcript,
    stderr: Transcript,
}

impl Server {
    /// Starts a server by a command such as [`Installation::command`] makes it.
    ///
    /// # Errors
    /// It ends, or is not ready in time; with what it wrote.
    pub fn start(mut command: Command, home: &Path) -> Result<Self> {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("cannot start the binary")?;
        let guard = Command::new("sh")
            .args(["-c", GUARD, "sh", &child.id().to_string()])
            .arg(home)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        let pipes = (child.stdout.take(), child.stderr.take());
        let (Ok(guard), (Some(stdout), Some(stderr))) = (guard, pipes) else {
            child.kill()?;
            child.wait()?;
            bail!("cannot watch over the server");
        };
        let (stdout, lines) = Transcript::of(stdout);
        let (stderr, _) = Transcript::of(stderr);
        let mut server = Self {
            child,
            guard,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            stdout,
            stderr,
        };
        server.address = server.announced(&lines)?;
        let ready = server.get("/readyz", None)?;
        if ready.parts() != (200, "ready\n") {
            bail!("not ready: {ready:?}");
        }
        Ok(server)
    }

    fn announced(&mut self, lines: &Receiver<String>) -> Result<SocketAddr> {
        loop {
            // The end of its output is the end of the server.
            let Ok(line) = lines.recv_timeout(START) else {
                let ended = self.child.try_wait()?;
                sleep(Duration::from_millis(100));
                bail!("the server is not ready ({ended:?}): {}", self.stderr());
            };
            if let Some(address) = line.strip_prefix(READY) {
                let address = address.split('/').next().unwrap_or_default();
                return address.parse().with_context(|| format!("no address: {line}"));
            }
        }
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A client with a connection of its own.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// One request on a connection of its own.
    ///
    /// # Errors
    /// There is no answer.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> Result<Reply> {
        let reply = self.client().send(method, path, headers, body);
        reply.with_context(|| format!("{method} {path}; the server wrote: {}", self.stderr()))
    }

    /// GET, with a bearer token if there is one.
    ///
    /// # Errors
    /// There is no answer.
    pub fn get(&self, path: &str, token: Option<&str>) -> Result<Reply> {
        match token {
            Some(token) => {
                let bearer = format!("Bearer {token}");
                self.send("GET", path, &[("Authorization", &bearer)], None)
            }
            None => self.send("GET", path, &[], None),
        }
    }

    /// POST of a JSON text, with a bearer token if there is one.
    ///
    /// # Errors
    /// There is no answer.
    pub fn post(&self, path: &str, body: &Value, token: Option<&str>) -> Result<Reply> {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let mut headers = vec![("Content-Type", "application/json")];
        if let Some(bearer) = &bearer {
            headers.push(("Authorization", bearer));
        }
        self.send("POST", path, &headers, Some(&body.to_string()))
    }

    /// Asks for an admin token.
    ///
    /// # Errors
    /// There is no answer.
    pub fn sign_in(&self, username: &str, password: &str) -> Result<Reply> {
        let body = json!({"username": username, "password": password});
        self.post("/rest/V1/integration/admin/token", &body, None)
    }

    /// An admin token.
    ///
    /// # Errors
    /// It is refused.
    pub fn admin_token(&self, username: &str, password: &str) -> Result<String> {
        let reply = self.sign_in(username, password)?;
        match reply.json()? {
            Value::String(token) if reply.status == 200 => Ok(token),
            _ => Err(anyhow!(
                "no token for {username}: {} {}",
                reply.status,
                reply.body
            )),
        }
    }

    /// What it has written to standard output so far.
    #[must_use]
    pub fn stdout(&self) -> String {
        self.stdout.text()
    }

    /// What it has written to standard error so far.
    #[must_use]
    pub fn stderr(&self) -> String {
        self.stderr.text()
    }

    /// Sends SIGTERM and returns at once.
    ///
    /// # Errors
    /// It is not running.
    pub fn terminate(&self) -> Result<()> {
        Ok(kill_process(Pid::from_child(&self.child), Signal::TERM)?)
    }

    /// Waits for its end, which somebody has asked for.
    ///
    /// # Errors
    /// It does not end in time.
    pub fn wait(&mut self, most: Duration) -> Result<ExitStatus> {
        let step = Duration::from_millis(20);
        for _ in 0..=most.as_millis() / step.as_millis() {
            if let Some(status) = self.child.try_wait()? {
                self.stdout.end();
                self.stderr.end();
                return Ok(status);
            }
            sleep(step);
        }
        bail!("the server does not end: {}", self.stderr())
    }

    /// Ends it in an orderly way.
    ///
    /// # Errors
    /// It does not end, or not well.
    pub fn stop(mut self) -> Result<()> {
        self.terminate()?;
        let status = self.wait(Duration::from_secs(30))?;
        if !status.success() {
            bail!("ended with {status}: {}", self.stderr());
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The guard first: it must not kill a process that has the number later.
        let _ = self.guard.kill();
        let _ = self.guard.wait();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a process writes, read as it comes, so that it never waits for us.
struct Transcript {
    text: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Transcript {
    /// The transcript, and its lines one by one.
    fn of(pipe: impl Read + Send + 'static) -> (Self, Receiver<String>) {
        let text = Arc::new(Mutex::new(String::new()));
        let (sender, lines) = channel();
        let whole = text.clone();
        let reader = std::thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                if let Ok(mut whole) = whole.lock() {
                    whole.push_str(&line);
                    whole.push('\n');
                }
                let _ = sender.send(line);
            }
        });
        let reader = Some(reader);
        (Self { text, reader }, lines)
    }

    fn text(&self) -> String {
        self.text.lock().map(|text| text.clone()).unwrap_or_default()
    }

    /// Waits until everything is read, once the process has ended.
    fn end(&mut self) {
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
    }
}
