//! The SQL of the stock tables.

pub(crate) mod install;
