//! The SQL of the tables of attributes.

pub(crate) mod attribute;
pub(crate) mod attribute_search;
pub(crate) mod install;
pub mod joins;
pub(crate) mod metadata;
pub(crate) mod option;
pub mod search;
pub(crate) mod set;
pub(crate) mod values;
