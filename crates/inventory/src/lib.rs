//! Stock: what of a product is there, and whether it can be sold.

mod repo;
pub mod schema;

pub use repo::install::install;
