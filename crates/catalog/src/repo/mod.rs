//! The SQL of the catalog tables.

pub(crate) mod attribute;
pub(crate) mod attribute_set;
pub(crate) mod bundle;
pub(crate) mod category;
pub(crate) mod category_index;
pub(crate) mod category_link;
pub(crate) mod category_url;
pub(crate) mod composition;
pub(crate) mod configurable;
pub(crate) mod downloadable;
pub(crate) mod indexer;
pub(crate) mod install;
pub(crate) mod link;
pub(crate) mod media;
pub(crate) mod option;
pub(crate) mod perf;
pub(crate) mod price;
pub(crate) mod price_index;
pub(crate) mod product;
pub(crate) mod product_list;
pub(crate) mod product_save;
pub(crate) mod relation;
pub(crate) mod render;
pub(crate) mod tier_price;
pub(crate) mod url_rewrite;
