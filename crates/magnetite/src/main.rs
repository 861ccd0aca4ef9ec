//! `magnetite`: Magento's web API as one binary.
//!
//! The only crate that names every domain: it reads the settings, puts the process together and runs a command.

mod cli;
mod commands;
mod compose;
mod home;
mod http;
mod install;
mod logging;
mod second_factor;
mod serve;
mod settings;
mod watch;

use std::process::ExitCode;

use clap::Parser as _;

/// Requests make many small values for a short time: a tenth of a read is spent on that with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::print_stderr, reason = "the end of a command is told to the terminal")]
fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    match commands::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
