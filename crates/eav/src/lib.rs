//! Attributes of any entity: types, sets, groups, options, and values by store view.

mod repo;
pub mod schema;

pub use repo::install::install;
