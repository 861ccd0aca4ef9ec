//! Operations and rules, one file or folder per Magento service.

pub(crate) mod attribute;
pub(crate) mod attribute_group;
pub(crate) mod attribute_option;
pub(crate) mod attribute_set;
pub(crate) mod bundle;
pub(crate) mod category;
pub(crate) mod category_attribute;
pub(crate) mod category_link;
pub(crate) mod configurable;
pub(crate) mod downloadable;
pub(crate) mod indexer;
pub(crate) mod link;
pub(crate) mod media;
pub(crate) mod option;
pub(crate) mod price;
pub(crate) mod price_index;
pub(crate) mod product;
pub(crate) mod render;
pub(crate) mod tier_price;
pub(crate) mod url_key;
pub(crate) mod url_rewrite;
pub(crate) mod website;
