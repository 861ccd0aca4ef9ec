//! Stock: what of a product is there, and whether it can be sold.

mod data;
#[cfg(test)]
mod fixtures;
mod item;
pub mod perf;
mod repo;
pub mod schema;
mod service;
mod settings;

use contract::Operation;

pub use repo::install::install;
pub use service::product_stock::ProductStock;

/// The operations of this crate, feature by feature.
pub static OPERATIONS: &[&[&Operation]] = &[
    service::bulk_source::OPERATIONS,
    service::distance::OPERATIONS,
    service::export::OPERATIONS,
    service::low_quantity::OPERATIONS,
    service::pickup::OPERATIONS,
    service::salable::OPERATIONS,
    service::source::OPERATIONS,
    service::source_item::OPERATIONS,
    service::source_selection::OPERATIONS,
    service::stock::OPERATIONS,
    service::stock_registry::OPERATIONS,
    service::stock_resolver::OPERATIONS,
    service::stock_source_link::OPERATIONS,
];
