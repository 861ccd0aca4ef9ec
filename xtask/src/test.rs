//! `cargo xtask test`: every test, on both engines.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::MetadataExt as _;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use testkit::mariadb::{MariaDb, SERVER_VARIABLE};

use crate::workspace;

/// Flags of `test`.
#[derive(clap::Args)]
pub(crate) struct Flags {
    /// Arguments for `cargo test`, for example `-- -p store` or `-- --workspace -- some_test`.
    #[arg(last = true)]
    cargo: Vec<String>,
}

/// What the lines `test result: …` add up to.
#[derive(Default, Debug, PartialEq, Eq)]
struct Totals {
    passed: u64,
    failed: u64,
    ignored: u64,
}

/// Runs `cargo test --workspace` with one MariaDB for the whole run.
pub(crate) fn run(flags: &Flags) -> Result<()> {
    let server = database()?;
    let notes = tempfile::NamedTempFile::new()?;
    let mut command = workspace::cargo();
    command.arg("test");
    if !flags.cargo.iter().any(|a| a == "-p" || a == "--package") {
        command.args(["--workspace", "--no-fail-fast"]);
    }
    command
        .args(&flags.cargo)
        .env(testkit::SKIPS_VARIABLE, notes.path());
    if let Some(server) = &server {
        command.env(SERVER_VARIABLE, server.server_url());
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
    let mut totals = Totals::default();
    let output = child.stdout.take().context("no output of cargo")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        println!("{line}");
        totals.add(&line);
    }
    let status = child.wait()?;
    drop(server);
    summary(&totals, &std::fs::read_to_string(notes.path())?);
    if !status.success() {
        bail!("cargo test ended with {status}");
    }
    Ok(())
}

/// The database server of the run; tests that need it are skipped when there is none.
fn database() -> Result<Option<MariaDb>> {
    if let Some(server) = MariaDb::start()? {
        return Ok(Some(server));
    }
    let root = std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0);
    if !root || workspace::find("apt-get").is_none() {
        println!("no MariaDB server here: its tests are skipped. To run them, install mariadb-server");
        return Ok(None);
    }
    println!("no MariaDB server here: installing mariadb-server with apt-get (about a minute)");
    if let Err(error) = install() {
        println!("{error:#}: tests on MariaDB are skipped");
        return Ok(None);
    }
    MariaDb::start()
}

fn install() -> Result<()> {
    for arguments in [
        &["update", "-qq"][..],
        &[
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "mariadb-server",
        ],
    ] {
        println!("  apt-get {}", arguments.join(" "));
        let mut command = Command::new("apt-get");
        command
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        workspace::finish(&mut command)?;
    }
    Ok(())
}

impl Totals {
    /// Counts a line of libtest's, such as `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    fn add(&mut self, line: &str) {
        let Some(counts) = line.strip_prefix("test result: ") else {
            return;
        };
        for part in counts.split(['.', ';']) {
            let mut words = part.split_whitespace();
            let (Some(number), Some(what)) = (words.next(), words.next()) else {
                continue;
            };
            let Ok(number) = number.parse::<u64>() else {
                continue;
            };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

/// The reasons for which tests were skipped, and how many tests each.
fn reasons(notes: &str) -> BTreeMap<&str, usize> {
    let mut reasons = BTreeMap::new();
    for reason in notes.lines().filter(|line| !line.is_empty()) {
        *reasons.entry(reason).or_default() += 1;
    }
    reasons
}

fn summary(totals: &Totals, notes: &str) {
    let Totals {
        passed,
        failed,
        ignored,
    } = totals;
    println!("\nall tests: {passed} passed; {failed} failed; {ignored} ignored");
    let reasons = reasons(notes);
    if reasons.is_empty() {
        println!("skipped: 0");
        return;
    }
    let list: Vec<_> = reasons
        .iter()
        .map(|(reason, n)| format!("{n}× {reason}"))
        .collect();
    println!(
        "skipped: {} ({})",
        reasons.values().sum::<usize>(),
        list.join("; ")
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_all_test_programs_are_added() {
        let mut totals = Totals::default();
        for line in [
            "running 4 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s",
            "test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s",
        ] {
            totals.add(line);
        }
        let expected = Totals {
            passed: 15,
            failed: 2,
            ignored: 1,
        };
        assert_eq!(totals, expected);
    }

    #[test]
    fn equal_reasons_are_counted_together() {
        let found = reasons("no server\nno data\nno server\n");
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            [("no data", 1), ("no server", 2)]
        );
    }
}
