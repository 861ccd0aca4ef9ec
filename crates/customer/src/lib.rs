//! Customer groups.

mod repo;
pub mod schema;

pub use repo::install::install;
