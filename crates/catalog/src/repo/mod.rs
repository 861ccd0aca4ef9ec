//! The SQL of the catalog tables.

pub(crate) mod install;
pub(crate) mod product;
