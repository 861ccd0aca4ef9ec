//! Countries, regions and currencies.

mod data;
pub mod locale;
mod repo;
pub mod schema;
mod service;
pub mod stock;

#[cfg(test)]
mod fixtures;

use contract::Operation;

pub use repo::install::install;
pub use repo::{NamedRegion, Region, named_regions, rates, regions_by_id, regions_of};

/// The operations of this crate.
pub static OPERATIONS: &[&Operation] = &[
    &service::currency::GET_CURRENCY_INFO,
    &service::country::GET_COUNTRIES_INFO,
    &service::country::GET_COUNTRY_INFO,
];
