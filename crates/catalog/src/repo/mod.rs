//! The SQL of the catalog tables.

pub(crate) mod composition;
pub(crate) mod install;
pub(crate) mod perf;
pub(crate) mod product;
