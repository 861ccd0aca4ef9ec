//! The SQL of the customer tables.

pub(crate) mod customer;
pub(crate) mod group;
pub(crate) mod install;
