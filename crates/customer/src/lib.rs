//! Customer groups.

mod repo;
pub mod schema;

pub use repo::group::{Group, groups};
pub use repo::install::install;
