//! The binary as a whole: started as a process, spoken to over HTTP, its database looked at by SQL.

mod commands;
mod conformance;
mod registry;
mod revocation;
mod schema;
mod standalone;
mod support;
mod surface;
mod tables;
mod token;
