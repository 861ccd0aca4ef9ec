//! The SQL of the tables of attributes.

pub(crate) mod install;
