//! The SQL of the tables of taxes.

pub(crate) mod install;
