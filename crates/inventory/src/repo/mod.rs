//! The SQL of the stock tables.

pub(crate) mod install;
pub(crate) mod item;
pub(crate) mod source;
pub(crate) mod status;
pub(crate) mod perf;
