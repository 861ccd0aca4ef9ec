//! Load from one thread.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tokio::task::JoinSet;

use crate::http::Connection;
use crate::server::Server;

/// How many connections share the calls of a fixed rate.
const LANES: u32 = 8;

/// What a closed loop did: on each connection one request follows the other.
#[derive(Clone, Copy)]
pub(crate) struct Closed {
    requests: u64,
    time: Duration,
    /// CPU time of the server, in seconds.
    cpu: f64,
}

/// A fixed rate, whatever the answers do.
#[derive(Clone, Copy)]
pub(crate) struct Fixed {
    /// Calls per second.
    pub(crate) rate: u32,
    /// For how long.
    pub(crate) time: Duration,
}

/// Times from the moment that each call was due to its answer, in order.
pub(crate) struct Latencies(Vec<Duration>);

impl Closed {
    /// Requests per second.
    pub(crate) fn rate(&self) -> f64 {
        self.requests as f64 / self.time.as_secs_f64()
    }

    /// CPU time of the server for each request, in microseconds.
    pub(crate) fn cpu_micros(&self) -> f64 {
        self.cpu * 1e6 / self.requests as f64
    }
}

impl Latencies {
    /// The latency that a share of all calls keeps below, in milliseconds; 1.0 is the longest.
    pub(crate) fn at(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let index = (last as f64 * share).ceil() as usize;
        self.0
            .get(index)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }
}

/// Sends the request over and over on some connections. An answer other than 200 is an error.
pub(crate) async fn closed(
    server: &Server,
    request: &[u8],
    connections: usize,
    time: Duration,
) -> Result<Closed> {
    let request: Arc<[u8]> = request.into();
    let mut opened = Vec::new();
    for _ in 0..connections {
        opened.push(Connection::open(server.address).await?);
    }
    let (cpu, start) = (server.cpu_seconds()?, Instant::now());
    let mut tasks = JoinSet::new();
    for mut connection in opened {
        let request = request.clone();
        tasks.spawn(async move {
            let mut done = 0_u64;
            while start.elapsed() < time {
                call(&mut connection, &request).await?;
                done += 1;
            }
            anyhow::Ok(done)
        });
    }
    let mut requests = 0;
    while let Some(done) = tasks.join_next().await {
        requests += done??;
    }
    Ok(Closed {
        requests,
        time: start.elapsed(),
        cpu: server.cpu_seconds()? - cpu,
    })
}

/// Sends the request at a fixed rate. A call that has to wait for the one before it is late, not left out.
pub(crate) async fn fixed(address: SocketAddr, request: &[u8], plan: Fixed) -> Result<Latencies> {
    let request: Arc<[u8]> = request.into();
    let start = Instant::now() + Duration::from_millis(100);
    let mut tasks = JoinSet::new();
    for lane in 0..LANES {
        let request = request.clone();
        tasks.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut times = Vec::new();
            for turn in 0.. {
                let due = Duration::from_secs_f64(f64::from(turn * LANES + lane) / f64::from(plan.rate));
                if due > plan.time {
                    break;
                }
                tokio::time::sleep_until((start + due).into()).await;
                // The timer counts whole milliseconds: what it adds is not the server's.
                let sent = Instant::now();
                let late = sent.saturating_duration_since(start + due);
                call(&mut connection, &request).await?;
                let timer = late.min(Duration::from_millis(1));
                times.push(sent.elapsed() + late - timer);
            }
            anyhow::Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(lane) = tasks.join_next().await {
        times.extend(lane??);
    }
    times.sort_unstable();
    Ok(Latencies(times))
}

async fn call(connection: &mut Connection, request: &[u8]) -> Result<()> {
    let answer = connection.exchange(request, false).await?;
    ensure!(
        answer.status == 200,
        "{}: {}",
        answer.status,
        String::from_utf8_lossy(connection.body(answer))
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_latency_is_at_one() {
        let times = Latencies((1..=100).map(Duration::from_millis).collect());
        assert!((times.at(1.0) - 100.0).abs() < 1e-9);
        assert!((times.at(0.5) - 51.0).abs() < 1e-9);
        assert!(Latencies(Vec::new()).at(0.5).is_nan());
    }
}
