//! Stock: what of a product is there, and whether it can be sold.

#[cfg(test)]
mod fixtures;
mod item;
pub mod perf;
mod repo;
pub mod schema;
mod service;
mod settings;

pub use repo::install::install;
pub use service::product_stock::ProductStock;
