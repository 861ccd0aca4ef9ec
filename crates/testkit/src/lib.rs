//! Private database servers, fixtures and running servers for tests.
//!
//! Everything here waits in place: tests of whole processes gain nothing from being asynchronous.

pub mod client;
pub mod goldens;
pub mod magento;
pub mod mariadb;
pub mod oauth;
pub mod server;

use std::io::Write as _;
use std::path::PathBuf;

/// Names the file that `cargo xtask test` collects the reasons of skipped tests in, a line each.
pub const SKIPS_VARIABLE: &str = "MAGNETITE_TEST_SKIPS";

/// Tells the reader, and `cargo xtask test`, that a test was skipped, and why.
#[expect(clippy::print_stdout, reason = "tests tell their reader what was skipped")]
pub fn skip(reason: &str) {
    println!("skipped: {reason}");
    let Some(file) = std::env::var_os(SKIPS_VARIABLE) else {
        return;
    };
    let notes = std::fs::OpenOptions::new().append(true).create(true).open(file);
    // One write for the line: other test programs write to the file too.
    let _ = notes.and_then(|mut notes| notes.write_all(format!("{reason}\n").as_bytes()));
}

/// A file of the folder with the specification, the recordings and the dumps. `None`, with a note for the
/// reader, when the folder is not there.
#[must_use]
pub fn shared(file: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if folder.is_dir() {
        return Some(folder.join(file));
    }
    skip("../shared is not here");
    None
}
