//! Tax classes.

mod repo;
pub mod schema;
mod source;

pub use repo::customer_classes;
pub use repo::install::install;
pub use source::sources;
