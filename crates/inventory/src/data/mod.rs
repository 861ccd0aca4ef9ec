//! Data objects; field order is the order on the wire.

pub(crate) mod source;
pub(crate) mod source_item;
pub(crate) mod stock;
pub(crate) mod stock_registry;
pub(crate) mod stock_source_link;
