//! From the start of the process to the first answer; memory and size.

use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::Bench;
use super::report::{Report, Target, median};
use crate::http::{self, Connection};
use crate::server::{Launch, Server};

/// A call that anybody may make.
const CALL: &str = "/rest/V1/directory/currency";

/// How often each kind of start is measured.
const TIMES: usize = 5;

/// After this long there will be no answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Measures starts on an empty and on an existing installation, then an idle server.
pub(crate) fn measure(bench: &Bench, report: &mut Report) -> Result<()> {
    println!("starts");
    let (mut empty, mut existing) = (Vec::new(), Vec::new());
    let mut resident = 0;
    for _ in 0..TIMES {
        let (time, server) = first_answer(bench, bench.launch())?;
        empty.push(time);
        let (time, server) = first_answer(bench, bench.launch().in_folder(server.stop()?))?;
        existing.push(time);
        resident = server.resident()?;
    }
    let millis = |times: Vec<Duration>| median(times.iter().map(|time| time.as_secs_f64() * 1e3));
    let target = Some(Target::Below(150.0));
    report.number("start to first answer, empty (ms)", millis(empty), target);
    report.number("start to first answer, existing (ms)", millis(existing), target);
    let mebibytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    report.number(
        "resident when idle (MiB)",
        mebibytes(resident),
        Some(Target::Below(60.0)),
    );
    let size = std::fs::metadata(&bench.binary)?.len();
    report.number("size of the binary (MiB)", mebibytes(size), None);
    Ok(())
}

/// The time to the first answer, and the server when it is ready with all else.
fn first_answer(bench: &Bench, launch: Launch) -> Result<(Duration, Server)> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let start = Instant::now();
    let starting = launch.spawn(&address.to_string())?;
    let time = bench.runtime.block_on(answered(address, start))?;
    Ok((time, starting.ready()?))
}

async fn answered(address: SocketAddr, start: Instant) -> Result<Duration> {
    let request = http::get(CALL, None);
    while start.elapsed() < PATIENCE {
        if let Ok(mut connection) = Connection::open(address).await {
            let answer = connection.exchange(&request, false).await?;
            anyhow::ensure!(answer.status == 200, "{CALL} answers {}", answer.status);
            return Ok(start.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    bail!("no answer in {PATIENCE:?}")
}
