//! Data objects; field order is the order on the wire.

pub(crate) mod bulk_source;
pub(crate) mod distance;
pub(crate) mod export;
pub(crate) mod low_quantity;
pub(crate) mod pickup;
pub(crate) mod salable;
pub(crate) mod source;
pub(crate) mod source_item;
pub(crate) mod source_selection;
pub(crate) mod stock;
pub(crate) mod stock_registry;
pub(crate) mod stock_source_link;
