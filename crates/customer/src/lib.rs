//! Customers, their addresses and groups.

mod clock;
pub mod data;
pub mod perf;
pub mod privacy;
mod repo;
pub mod schema;
mod service;

#[cfg(test)]
mod fixtures;

use contract::Operation;
use eav::Additional;

pub use repo::customer::CustomerRow;
pub use repo::group::{Group, groups};
pub use repo::install::install;
pub use service::account::Accounts;
pub use service::attribute::sources;

/// The operations of this crate, feature by feature.
pub static OPERATIONS: &[&[&Operation]] = &[
    service::account::OPERATIONS,
    service::address::OPERATIONS,
    service::attribute::OPERATIONS,
    service::customer::OPERATIONS,
    service::group::OPERATIONS,
    service::token::OPERATIONS,
];

/// What customers and addresses add to attributes: `customer_eav_attribute`.
pub const ATTRIBUTES: Additional = Additional {
    table: "customer_eav_attribute",
    columns: &[
        "is_visible",
        "input_filter",
        "multiline_count",
        "validate_rules",
        "is_system",
        "sort_order",
        "data_model",
        "is_used_in_grid",
        "is_visible_in_grid",
        "is_filterable_in_grid",
        "is_searchable_in_grid",
        "grid_filter_condition_type",
    ],
};
