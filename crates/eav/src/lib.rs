//! Attributes of any entity: types, sets, groups, options, and values by store view.
//!
//! | module | what |
//! |---|---|
//! | [`metadata`] | entity types, attributes, sets and groups; kept in memory by [`Eav`] |
//! | [`order`] | the order that MariaDB leaves among equals |
//! | [`search`] | filters and sort orders by attribute |
//! | [`values`] | load and save of attribute values in a fixed number of statements |

pub mod metadata;
pub mod order;
mod registry;
mod repo;
pub mod schema;
pub mod values;

pub use metadata::{changed, metadata, read_metadata};
pub use registry::{Additional, Eav};
pub use repo::install::install;
pub use repo::search;
