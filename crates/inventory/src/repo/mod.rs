//! The SQL of the stock tables.

pub(crate) mod install;
pub(crate) mod item;
pub(crate) mod perf;
pub(crate) mod source;
pub(crate) mod status;
