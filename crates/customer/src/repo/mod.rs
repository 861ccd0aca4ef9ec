//! The SQL of the customer tables.

pub(crate) mod install;
