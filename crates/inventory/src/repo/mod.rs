//! The SQL of the stock tables.

pub(crate) mod distance;
pub(crate) mod index;
pub(crate) mod install;
pub(crate) mod item;
pub(crate) mod list;
pub(crate) mod low_quantity;
pub(crate) mod perf;
pub(crate) mod reservation;
pub(crate) mod salable;
pub(crate) mod source;
pub(crate) mod source_item;
pub(crate) mod source_selection;
pub(crate) mod sources;
pub(crate) mod status;
pub(crate) mod stock;
pub(crate) mod stock_source_link;
