//! `cargo xtask fuzz`: requests that nobody expects, and a look for answers that must not be.

mod broken;
mod requests;
mod seeds;
mod words;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::task::JoinSet;

use crate::http::{self, Connection};
use crate::server::{Launch, PASSWORD, Server, USER};
use crate::workspace;
use requests::Request;
use seeds::Seeds;

/// Kept connections that requests are sent on.
const CONNECTIONS: u64 = 8;

/// An answer that takes longer is a hang.
const PATIENCE: Duration = Duration::from_secs(5);

/// After so many findings there is enough to look at.
const ENOUGH: usize = 20;

/// Flags of `fuzz`.
#[derive(clap::Args)]
pub(crate) struct Flags {
    /// How many requests to send.
    #[arg(long, default_value_t = 100_000)]
    requests: u64,
    /// Seed of the random numbers, to send the same requests again; printed by each run.
    #[arg(long)]
    seed: Option<u64>,
    /// Uses a debug build: slower, with checks for overflow.
    #[arg(long)]
    debug: bool,
}

/// What one connection saw.
#[derive(Default)]
struct Seen {
    statuses: BTreeMap<u16, u64>,
    /// Requests that are no HTTP, and that the server cut off.
    cut_off: u64,
    findings: Vec<String>,
}

/// Sends the requests and judges the answers.
pub(crate) fn run(flags: &Flags) -> Result<()> {
    let binary = workspace::build_server(!flags.debug)?;
    let mut server = Launch::new(&binary).with("--log-level", "warn").start()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let seed = flags.seed.unwrap_or_else(|| rand::rng().random_range(0..1 << 32));
    let token = runtime.block_on(http::token(server.address, USER, PASSWORD))?;
    let seeds = Arc::new(Seeds::collect(&token)?);
    println!(
        "{} requests from {} seeds; --seed {seed}",
        flags.requests,
        seeds.len()
    );
    let start = Instant::now();
    let seen = runtime.block_on(send_all(server.address, &seeds, seed, flags.requests))?;
    report(&seen, start.elapsed());
    let findings = judge(&mut server, seen);
    for finding in findings.iter().take(ENOUGH) {
        println!("FOUND: {finding}");
    }
    if findings.is_empty() {
        println!("fuzz: nothing found");
        return Ok(());
    }
    bail!("fuzz: {} findings; again with --seed {seed}", findings.len())
}

async fn send_all(address: SocketAddr, seeds: &Arc<Seeds>, seed: u64, requests: u64) -> Result<Seen> {
    let done = Arc::new(AtomicU64::new(0));
    let mut tasks = JoinSet::new();
    for lane in 0..CONNECTIONS {
        let share = requests / CONNECTIONS + u64::from(lane < requests % CONNECTIONS);
        let (seeds, done) = (seeds.clone(), done.clone());
        tasks.spawn(async move {
            let mut rng = StdRng::seed_from_u64(seed ^ (lane << 40));
            let mut lane = Lane {
                address,
                connection: None,
                seen: Seen::default(),
            };
            for _ in 0..share {
                let request = requests::random(&mut rng, &seeds);
                lane.send(&request).await;
                done.fetch_add(1, Ordering::Relaxed);
                if lane.seen.findings.len() >= ENOUGH {
                    break;
                }
            }
            lane.seen
        });
    }
    let progress = tokio::spawn(progress(done, requests));
    let mut all = Seen::default();
    while let Some(seen) = tasks.join_next().await {
        all.add(seen?);
    }
    progress.abort();
    Ok(all)
}

/// A line every few seconds.
async fn progress(done: Arc<AtomicU64>, all: u64) {
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        println!("  {} of {all}", done.load(Ordering::Relaxed));
    }
}

/// One connection, opened again when the server closes it.
struct Lane {
    address: SocketAddr,
    connection: Option<Connection>,
    seen: Seen,
}

enum Outcome {
    Answered(u16),
    Broken(std::io::Error),
    Hung,
}

impl Lane {
    async fn send(&mut self, request: &Request) {
        let kept = self.connection.is_some();
        let mut outcome = self.attempt(request).await;
        // A kept connection may be closed between two requests: only a new one tells.
        if kept && matches!(outcome, Outcome::Broken(_)) {
            outcome = self.attempt(request).await;
        }
        match outcome {
            Outcome::Answered(status) => {
                *self.seen.statuses.entry(status).or_default() += 1;
                if status >= 500 {
                    self.seen.findings.push(format!("{status} to {request}"));
                }
            }
            Outcome::Broken(error) if request.well_formed => {
                self.seen
                    .findings
                    .push(format!("connection broken ({error}) by {request}"));
            }
            Outcome::Broken(_) => self.seen.cut_off += 1,
            // The server rightly waits for the rest of what is no whole request.
            Outcome::Hung if !request.well_formed => self.seen.cut_off += 1,
            Outcome::Hung => self
                .seen
                .findings
                .push(format!("no answer in {PATIENCE:?} to {request}")),
        }
    }

    async fn attempt(&mut self, request: &Request) -> Outcome {
        let opened = match self.connection.take() {
            Some(connection) => Ok(connection),
            None => Connection::open(self.address).await,
        };
        let mut connection = match opened {
            Ok(connection) => connection,
            Err(error) => return Outcome::Broken(error),
        };
        let patience = if request.well_formed {
            PATIENCE
        } else {
            PATIENCE / 50
        };
        let exchange = connection.exchange(&request.bytes, request.head_only);
        match tokio::time::timeout(patience, exchange).await {
            Ok(Ok(answer)) => {
                // What follows a request that is none belongs to nobody.
                if !answer.closes && request.well_formed {
                    self.connection = Some(connection);
                }
                Outcome::Answered(answer.status)
            }
            Ok(Err(error)) => Outcome::Broken(error),
            Err(_) => Outcome::Hung,
        }
    }
}

impl Seen {
    fn add(&mut self, other: Self) {
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.cut_off += other.cut_off;
        self.findings.extend(other.findings);
    }
}

fn report(seen: &Seen, time: Duration) {
    println!("{:>8}  {:>10}", "status", "answers");
    for (status, count) in &seen.statuses {
        println!("{status:>8}  {count:>10}");
    }
    println!(
        "{:>8}  {:>10}  (not HTTP: no answer is fine)",
        "none", seen.cut_off
    );
    println!("in {:.1} s", time.as_secs_f64());
}

/// All that is wrong, with what the log says.
fn judge(server: &mut Server, seen: Seen) -> Vec<String> {
    let mut findings = seen.findings;
    if !server.runs() {
        findings.push("the server ended".to_owned());
    }
    let log = server.log();
    let suspicious = log
        .lines()
        .filter(|line| line.contains("panicked") || line.contains("ERROR"));
    findings.extend(suspicious.map(|line| format!("in the log: {line}")));
    findings
}
