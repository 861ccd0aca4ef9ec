//! The same behaviour on both engines.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod fingerprint;
mod kill;
mod migrations;
mod search;
mod suite;
mod support;
mod tables;
mod values;
mod writers;
