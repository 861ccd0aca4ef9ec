//! Products and categories.

mod repo;
pub mod schema;

pub use repo::install::install;
