//! Operations and rules.

pub(crate) mod product_stock;
pub(crate) mod salable;
pub(crate) mod status;
pub(crate) mod stock_registry;
