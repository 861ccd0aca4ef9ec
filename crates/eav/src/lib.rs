//! Attributes of any entity: types, sets, groups, options, and values by store view.
//!
//! | module | what |
//! |---|---|
//! | [`joins`] | labels and options of attributes, for the statements of other domains |
//! | [`mod@metadata`] | entity types, attributes, sets and groups; kept in memory by [`Eav`] |
//! | [`order`] | the order that MariaDB leaves among equals |
//! | [`search`] | filters and sort orders by attribute |
//! | [`values`] | load and save of attribute values in a fixed number of statements |
//! | [`source`] | options of attributes |
//! | [`service`] | attributes, options, sets and groups: what domains build their operations from |

pub mod data;
pub mod metadata;
pub mod order;
pub mod port;
mod registry;
mod repo;
pub mod schema;
pub mod service;
pub mod source;
pub mod values;

use contract::Operation;

pub use metadata::{changed, metadata, read_metadata};
pub use registry::{Additional, Eav};
pub use repo::install::install;
pub use repo::joins;
pub use repo::search;

/// The operations of this crate.
pub static OPERATIONS: &[&Operation] = &[
    &service::attribute_set::CREATE,
    &service::attribute_set::GET_LIST,
    &service::attribute_set::GET,
    &service::attribute_set::SAVE,
    &service::attribute_set::DELETE_BY_ID,
];
