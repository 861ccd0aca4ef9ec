//! Data objects of the catalog's services; field order is the order on the wire.

pub(crate) mod attribute;
pub(crate) mod attribute_set;
pub mod bundle;
pub mod category;
pub(crate) mod category_attribute;
pub mod category_link;
pub mod configurable;
pub mod discount;
pub mod downloadable;
pub mod link;
pub mod media;
pub mod option;
pub mod price;
pub mod product;
pub mod product_search;
pub mod product_type;
pub mod render;
pub mod saved_id;
pub mod stock_item;
pub mod tier_price;
pub mod website_link;
