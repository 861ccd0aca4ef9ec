//! Operations and rules.

pub(crate) mod bulk_source;
pub(crate) mod distance;
pub(crate) mod export;
pub(crate) mod index;
pub(crate) mod low_quantity;
pub(crate) mod network;
pub(crate) mod pickup;
pub(crate) mod product_stock;
pub(crate) mod salable;
pub(crate) mod shelf;
pub(crate) mod source;
pub(crate) mod source_item;
pub(crate) mod source_selection;
pub(crate) mod status;
pub(crate) mod stock;
pub(crate) mod stock_registry;
pub(crate) mod stock_resolver;
pub(crate) mod stock_source_link;
pub(crate) mod validation;
