//! A running server of ours, for as long as the value lives.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use crate::workspace;

/// Name of the administrator of a new installation here.
pub(crate) const USER: &str = "admin";
/// Password of the same.
pub(crate) const PASSWORD: &str = "Admin123pass";

/// A server process in a folder of its own; killed on drop.
pub(crate) struct Server {
    child: Child,
    /// Kept open: the server writes to it.
    _output: BufReader<ChildStdout>,
    pub(crate) address: SocketAddr,
    home: TempDir,
}

/// How to start one.
pub(crate) struct Launch {
    binary: PathBuf,
    arguments: Vec<String>,
    core: Option<usize>,
    home: Option<TempDir>,
}

impl Launch {
    /// A new standalone installation.
    pub(crate) fn new(binary: &Path) -> Self {
        Self {
            binary: binary.to_owned(),
            arguments: vec!["serve".to_owned()],
            core: None,
            home: None,
        }
    }

    /// The server that does nothing but HTTP, with the file that it answers.
    pub(crate) fn bare(binary: &Path, file: &Path) -> Self {
        Self {
            binary: binary.to_owned(),
            arguments: vec![file.display().to_string()],
            core: None,
            home: None,
        }
    }

    /// A setting as a flag.
    pub(crate) fn with(mut self, flag: &str, value: impl Into<String>) -> Self {
        self.arguments.extend([flag.to_owned(), value.into()]);
        self
    }

    /// On one core only.
    pub(crate) fn on_core(mut self, core: Option<usize>) -> Self {
        self.core = core;
        self
    }

    /// In the folder of a server that has ended.
    pub(crate) fn in_folder(mut self, home: TempDir) -> Self {
        self.home = Some(home);
        self
    }

    /// Starts the process; it need not answer yet.
    pub(crate) fn spawn(self, bind: &str) -> Result<Starting> {
        let home = match self.home {
            Some(home) => home,
            None => tempfile::Builder::new().prefix("magnetite-").tempdir()?,
        };
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(home.path().join("log"))?;
        let mut command = pinned(&self.binary, self.core);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("MAGNETITE_") {
                command.env_remove(&name);
            }
        }
        let child = command
            .args(&self.arguments)
            .args(["--bind", bind])
            .current_dir(home.path())
            .env("MAGNETITE_ADMIN_USER", USER)
            .env("MAGNETITE_ADMIN_PASSWORD", PASSWORD)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}", self.binary.display()))?;
        Ok(Starting { child, home })
    }

    /// Starts it and waits until it says that it is ready.
    pub(crate) fn start(self) -> Result<Server> {
        self.spawn("127.0.0.1:0")?.ready()
    }
}

/// A process that was just started.
pub(crate) struct Starting {
    child: Child,
    home: TempDir,
}

impl Starting {
    /// Waits until it says that it is ready.
    pub(crate) fn ready(self) -> Result<Server> {
        let Self { mut child, home } = self;
        let output = child.stdout.take().context("no output of the server")?;
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let address = line
            .split_once("http://")
            .and_then(|(_, rest)| rest.split(['/', '\n']).next()?.parse().ok());
        let Some(address) = address else {
            child.kill().ok();
            child.wait().ok();
            let log = std::fs::read_to_string(home.path().join("log")).unwrap_or_default();
            bail!("the server does not start: {log}");
        };
        Ok(Server {
            child,
            _output: output,
            address,
            home,
        })
    }
}

impl Server {
    /// Its process number.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// What it logged.
    pub(crate) fn log(&self) -> String {
        let bytes = std::fs::read(self.home.path().join("log")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Whether the process still runs.
    pub(crate) fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// CPU time it has used, in seconds.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        cpu_seconds(self.process())
    }

    /// Resident memory in bytes.
    pub(crate) fn resident(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        Ok(kib.context("no VmRSS in /proc")? * 1024)
    }

    /// Ends it and gives its folder, for another start on the same data.
    pub(crate) fn stop(mut self) -> Result<TempDir> {
        self.child.kill()?;
        self.child.wait()?;
        let empty = tempfile::tempdir()?;
        Ok(std::mem::replace(&mut self.home, empty))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A command that runs on one core, where that can be had.
pub(crate) fn pinned(program: &Path, core: Option<usize>) -> Command {
    match core {
        Some(core) => {
            let mut command = Command::new("taskset");
            command.args(["-c", &core.to_string()]).arg(program);
            command
        }
        None => Command::new(program),
    }
}

/// The cores for server and client: two different ones, where there are two and `taskset` is.
pub(crate) fn cores() -> (Option<usize>, Option<usize>) {
    let many = std::thread::available_parallelism().is_ok_and(|n| n.get() > 1);
    if many && workspace::find("taskset").is_some() {
        (Some(0), Some(1))
    } else {
        (None, None)
    }
}

/// CPU time of a process in seconds; the system counts in hundredths.
pub(crate) fn cpu_seconds(process: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).context("/proc is needed")?;
    // The name, in parentheses, may contain anything.
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let field = |n: usize| {
        after
            .split_whitespace()
            .nth(n)
            .and_then(|text| text.parse::<f64>().ok())
    };
    let (user, system) = field(11).zip(field(12)).context("unexpected /proc/…/stat")?;
    Ok((user + system) / 100.0)
}
