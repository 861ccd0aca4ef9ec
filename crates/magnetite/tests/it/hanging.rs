//! A database that hangs: connections stay open, and nobody answers.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{sleep, spawn};
use std::time::Duration;

use anyhow::{Context as _, Result};
use testkit::client::Client;
use testkit::magento::empty_database;
use testkit::server::Installation;

use crate::support::{BINARY, PROTECTED, instant};

/// Passes bytes on in both directions, except while `frozen`. Ends with the tests.
fn forwarder(to: SocketAddr, frozen: &Arc<AtomicBool>) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let frozen = frozen.clone();
    spawn(move || -> Result<()> {
        for client in listener.incoming() {
            let (client, server) = (client?, TcpStream::connect(to)?);
            for (from, to) in [(client.try_clone()?, server.try_clone()?), (server, client)] {
                let frozen = frozen.clone();
                spawn(move || pass(from, to, &frozen));
            }
        }
        Ok(())
    });
    Ok(address)
}

fn pass(mut from: TcpStream, mut to: TcpStream, frozen: &AtomicBool) -> Result<()> {
    let mut bytes = [0; 16 << 10];
    loop {
        let count = from.read(&mut bytes)?;
        while frozen.load(Ordering::Relaxed) {
            sleep(Duration::from_millis(10));
        }
        if count == 0 {
            to.shutdown(std::net::Shutdown::Both)?;
            return Ok(());
        }
        to.write_all(&bytes[..count])?;
    }
}

/// The ages of all parts, as the metrics tell them.
fn ages(metrics: SocketAddr) -> Result<Vec<i64>> {
    let reply = Client::new(metrics).send("GET", "/metrics", &[], None)?;
    let lines = reply.body.lines();
    lines
        .filter(|line| line.starts_with("magnetite_snapshot_age_seconds{"))
        .map(|line| Ok(line.rsplit(' ').next().context("no value")?.parse()?))
        .collect()
}

/// What is kept in memory: stores, users and rights, attributes.
const PARTS: usize = 3;

fn until(what: &str, mut so: impl FnMut() -> Result<bool>) -> Result<()> {
    let start = instant();
    while !so()? {
        anyhow::ensure!(start.elapsed() < Duration::from_secs(30), "never: {what}");
        sleep(Duration::from_millis(50));
    }
    Ok(())
}

#[test]
fn a_database_that_hangs_is_told_once_and_found_again() -> Result<()> {
    let Some(database) = empty_database()? else {
        return Ok(());
    };
    let place = database
        .url
        .rsplit('@')
        .next()
        .and_then(|rest| rest.split('/').next());
    let place = place.context("no place")?.to_owned();
    let frozen = Arc::new(AtomicBool::new(false));
    let forwarder = forwarder(place.parse()?, &frozen)?;
    // The server's own socket would lead past the forwarder.
    let url = database.url.replace(&place, &forwarder.to_string()) + "?prefer_socket=false";
    let installation = Installation::mysql(BINARY, database)?.set("MAGNETITE_DATABASE_URL", &url);
    let metrics = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let installation = installation.set("MAGNETITE_METRICS_BIND", &metrics.to_string());
    let server = installation.serve()?;

    frozen.store(true, Ordering::Relaxed);
    until("old snapshots", || {
        let ages = ages(metrics)?;
        Ok(ages.len() == PARTS && ages.iter().all(|age| *age >= 6))
    })?;
    assert_eq!(server.get(PROTECTED, None)?.status, 401, "memory is enough");
    let told = |text: &str| server.stderr().matches(text).count();
    assert_eq!(
        told("cannot refresh"),
        PARTS,
        "once for each part: {}",
        server.stderr()
    );
    assert_eq!(told("works again"), 0);

    frozen.store(false, Ordering::Relaxed);
    until("fresh snapshots", || {
        Ok(ages(metrics)?.iter().all(|age| *age <= 1))
    })?;
    until("the news", || Ok(told("works again") == PARTS))?;
    assert_eq!(told("cannot refresh"), PARTS, "{}", server.stderr());
    Ok(())
}
