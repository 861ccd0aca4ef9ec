//! The SQL of the tables of attributes.

pub(crate) mod install;
pub(crate) mod metadata;
pub(crate) mod values;
