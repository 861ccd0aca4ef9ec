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

/// The operations of this crate.
pub static OPERATIONS: &[&Operation] = &[
    &service::stock_registry::GET_STOCK_ITEM_BY_SKU,
    &service::stock_registry::UPDATE_STOCK_ITEM_BY_SKU,
    &service::stock_registry::GET_LOW_STOCK_ITEMS,
    &service::stock_registry::GET_STOCK_STATUS_BY_SKU,
];
