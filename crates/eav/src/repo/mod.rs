//! The SQL of the tables of attributes.

pub(crate) mod install;
pub(crate) mod metadata;
pub mod search;
pub(crate) mod values;
