//! The SQL of the catalog tables.

pub(crate) mod install;
