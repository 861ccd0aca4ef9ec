//! `cargo xtask bench`: what the server costs, measured against what the same machine does without it.

mod catalog;
mod load;
mod report;
mod start;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::runtime::Runtime;

use crate::http::{self, Connection};
use crate::server::{self, Launch, PASSWORD, Server, USER};
use crate::workspace;
use load::{Closed, Fixed};
use report::Report;

/// The call that is measured: it needs a bearer and rights, and answers from memory.
const CALL: &str = "/rest/V1/store/storeViews";

/// How many clients log in at a time.
const LOG_INS: usize = 16;

/// Flags of `bench`.
#[derive(clap::Args)]
pub(crate) struct Flags {
    /// Length of each measurement; there are about twelve.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// Connections of the closed loop.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=256))]
    connections: u16,
    /// Products of the catalog that is measured; 0 leaves it out.
    #[arg(long, default_value_t = 100_000)]
    products: u32,
    /// Measures the catalog only.
    #[arg(long)]
    only_catalog: bool,
    /// Leaves out the measurements inside one process (criterion).
    #[arg(long)]
    no_criterion: bool,
}

/// What all measurements use.
struct Bench {
    runtime: Runtime,
    binary: PathBuf,
    bare: PathBuf,
    core: Option<usize>,
    time: Duration,
    connections: usize,
}

/// Measures and prints.
pub(crate) fn run(flags: &Flags) -> Result<()> {
    let binary = workspace::build_server(true)?;
    println!("building the bare server and the benches");
    workspace::finish(workspace::cargo().args([
        "build",
        "--quiet",
        "--release",
        "-p",
        "rest",
        "--example",
        "bare",
    ]))?;
    workspace::finish(
        workspace::cargo().args(["bench", "--quiet", "-p", "identity", "--bench", "*", "--no-run"]),
    )?;
    let (core, client) = server::cores();
    if let Some(client) = client {
        stay_on(client)?;
    }
    let bench = Bench {
        // One thread: the thread that was put on its core.
        runtime: tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?,
        binary,
        bare: workspace::target().join("release/examples/bare"),
        core,
        time: Duration::from_secs(flags.seconds),
        connections: usize::from(flags.connections),
    };
    let mut report = Report::default();
    report.note(match core {
        Some(_) => "one core for the server, another for the client",
        None => "server and client share all cores (no taskset, or one core)",
    });
    if flags.products > 0 {
        catalog::measure(&bench, flags.products, &mut report)?;
    }
    if !flags.only_catalog {
        bench.calls(&mut report)?;
        bench.calls_during_log_ins(&mut report)?;
        bench.log_ins(&mut report)?;
        start::measure(&bench, &mut report)?;
        if !flags.no_criterion {
            criterion(&mut report)?;
        }
    }
    report.print();
    report.save(&workspace::results("bench")?.join("report.json"))
}

/// Puts this thread, and the processes it starts, on one core.
fn stay_on(core: usize) -> Result<()> {
    let mut command = std::process::Command::new("taskset");
    command.args(["-cp", &core.to_string(), &std::process::id().to_string()]);
    workspace::finish(command.stdout(std::process::Stdio::null()))
}

impl Bench {
    fn launch(&self) -> Launch {
        Launch::new(&self.binary)
            .with("--log-level", "warn")
            .on_core(self.core)
    }

    fn token(&self, server: &Server) -> Result<String> {
        self.runtime.block_on(http::token(server.address, USER, PASSWORD))
    }

    fn closed(&self, server: &Server, request: &[u8]) -> Result<Closed> {
        let loops = load::closed(server, request, self.connections, self.time);
        self.runtime.block_on(loops)
    }

    /// The call beside a bare route with the same answer, in turns.
    fn calls(&self, report: &mut Report) -> Result<()> {
        println!("calls: {CALL} beside a bare route with the same bytes");
        let server = self.launch().start()?;
        let request = http::get(CALL, Some(&self.token(&server)?));
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("answer");
        std::fs::write(&file, self.runtime.block_on(body(&server, &request))?)?;
        let bare = Launch::bare(&self.bare, &file).on_core(self.core).start()?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        self.closed(&bare, &request)?;
        self.closed(&server, &request)?;
        for _ in 0..3 {
            theirs.push(self.closed(&bare, &request)?);
            ours.push(self.closed(&server, &request)?);
        }
        let cpu = |rounds: &[Closed]| report::median(rounds.iter().map(Closed::cpu_micros));
        let rate = |rounds: &[Closed]| report::median(rounds.iter().map(Closed::rate));
        report.number("storeViews, CPU per request (µs)", cpu(&ours), None);
        report.number("bare route, CPU per request (µs)", cpu(&theirs), None);
        report.number("storeViews above bare (µs)", cpu(&ours) - cpu(&theirs), None);
        report.number("storeViews / bare, CPU", cpu(&ours) / cpu(&theirs), None);
        report.number("storeViews, requests per second", rate(&ours), None);
        report.number("bare route, requests per second", rate(&theirs), None);
        let ratio = rate(&ours) / rate(&theirs);
        report.number(
            "storeViews / bare, throughput",
            ratio,
            Some(report::Target::AtLeast(0.5)),
        );
        Ok(())
    }

    /// The call at a fixed rate while clients log in without end.
    fn calls_during_log_ins(&self, report: &mut Report) -> Result<()> {
        println!("calls at a fixed rate while {LOG_INS} clients log in");
        let server = self.launch().start()?;
        let request = http::get(CALL, Some(&self.token(&server)?));
        self.runtime.block_on(body(&server, &request))?;
        let plan = Fixed {
            rate: 200,
            time: self.time * 3,
        };
        let log_in = http::log_in(USER, PASSWORD);
        let (log_ins, latencies) = self.runtime.block_on(async {
            let log_ins = load::closed(&server, &log_in, LOG_INS, plan.time);
            let calls = load::fixed(server.address, &request, plan);
            tokio::try_join!(log_ins, calls)
        })?;
        report.number("log-ins meanwhile, per second", log_ins.rate(), None);
        report.number("storeViews p50 (ms)", latencies.at(0.5), None);
        report.number(
            "storeViews p99 (ms)",
            latencies.at(0.99),
            Some(report::Target::Below(20.0)),
        );
        report.number("storeViews max (ms)", latencies.at(1.0), None);
        Ok(())
    }

    /// Log-ins beside the bare computation, in turns.
    fn log_ins(&self, report: &mut Report) -> Result<()> {
        println!("log-ins beside the bare computation");
        let server = self.launch().start()?;
        let request = http::log_in(USER, PASSWORD);
        let (mut ours, mut raw) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            raw.push(self.computations()?);
            let loops = load::closed(&server, &request, LOG_INS, self.time);
            ours.push(self.runtime.block_on(loops)?.rate());
        }
        let (ours, raw) = (report::median(ours.into_iter()), report::median(raw.into_iter()));
        report.number("log-ins per second", ours, None);
        report.number("argon2 computations per second", raw, None);
        report.number(
            "log-ins / computations",
            ours / raw,
            Some(report::Target::AtLeast(0.9)),
        );
        Ok(())
    }

    /// Computations per second on the server's cores.
    fn computations(&self) -> Result<f64> {
        let cargo = workspace::cargo();
        let mut command = server::pinned(Path::new(cargo.get_program()), self.core);
        let output = command
            .args([
                "bench",
                "--quiet",
                "-p",
                "identity",
                "--bench",
                "argon",
                "--",
                "--seconds",
            ])
            .arg(self.time.as_secs().to_string())
            .current_dir(workspace::root())
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let rate = text.split_whitespace().next().and_then(|word| word.parse().ok());
        rate.context("the argon bench printed no number")
    }
}

/// The answer to the request. A server that has just been installed may need a moment until its bearer check
/// knows the administrator.
async fn body(server: &Server, request: &[u8]) -> Result<Vec<u8>> {
    let mut connection = Connection::open(server.address).await?;
    let mut answer = connection.exchange(request, false).await?;
    for _ in 0..20 {
        if answer.status == 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        answer = connection.exchange(request, false).await?;
    }
    anyhow::ensure!(answer.status == 200, "{CALL} answers {}", answer.status);
    Ok(connection.body(answer).to_owned())
}

/// The benches inside one process; criterion prints and keeps its own numbers.
fn criterion(report: &mut Report) -> Result<()> {
    for (bench, lines) in [
        ("jwt", &["verify HS256", "sign HS256"][..]),
        ("bearer", &["bearer check"][..]),
    ] {
        println!("criterion: {bench}");
        let mut command = workspace::cargo();
        command.args(["bench", "--quiet", "-p", "identity", "--bench", bench, "--"]);
        command.args(["--warm-up-time", "1", "--measurement-time", "2"]);
        workspace::finish(&mut command)?;
        for line in lines {
            let folder = workspace::target().join("criterion").join(line);
            let text = std::fs::read_to_string(folder.join("new/estimates.json"));
            let text = text.with_context(|| format!("criterion has no result for {line}"))?;
            let estimates: serde_json::Value = serde_json::from_str(&text)?;
            let nanoseconds = estimates["median"]["point_estimate"].as_f64().unwrap_or(f64::NAN);
            let target = (*line == "bearer check").then_some(report::Target::Below(5.0));
            report.number(&format!("{line} (µs)"), nanoseconds / 1000.0, target);
        }
    }
    Ok(())
}
