//! Operations and rules.

pub(crate) mod product_stock;
pub(crate) mod status;
