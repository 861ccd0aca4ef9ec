//! The binary as a whole: started as a process, spoken to over HTTP, its database looked at by SQL.

#![allow(clippy::print_stdout, reason = "the scores are for the reader")]

mod accounts;
mod catalog_options;
mod catalog_rights;
mod commands;
mod conformance;
mod connection;
mod customer_accounts;
mod customer_rights;
mod guessing;
mod hanging;
mod hashes;
mod lockout;
mod oauth;
mod registry;
mod revocation;
mod schema;
mod standalone;
mod support;
mod surface;
mod tables;
mod token;
mod two_factor;
