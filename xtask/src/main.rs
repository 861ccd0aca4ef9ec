//! `cargo xtask`: the commands of developers and of CI.
#![allow(clippy::print_stdout, clippy::print_stderr)] // Commands talk to a terminal.
#![allow(clippy::disallowed_methods)] // They measure time, and no clock is passed to them.

mod bench;
mod conformance;
mod fuzz;
mod http;
mod server;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Developer commands of Magnetite.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs all tests of the workspace, on SQLite and on a private MariaDB.
    Test(test::Flags),
    /// Checks the rules of the code base that can be checked mechanically.
    Tidy,
    /// Compares the server's answers with the recorded ones of a Magento.
    Conformance(conformance::Flags),
    /// Measures the server, as ratios within one run.
    Bench(bench::Flags),
    /// Sends random and damaged requests to a server and looks for answers that must not be.
    Fuzz(fuzz::Flags),
}

fn main() -> ExitCode {
    let ended = match Arguments::parse().command {
        Command::Test(flags) => test::run(&flags),
        Command::Tidy => tidy::run(),
        Command::Conformance(flags) => conformance::run(&flags),
        Command::Bench(flags) => bench::run(&flags),
        Command::Fuzz(flags) => fuzz::run(&flags),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
