//! Products and categories, with everything that belongs to them: attributes, media, prices, links, options, types.

pub mod data;
pub mod media;
pub mod perf;
pub mod port;
mod repo;
pub mod schema;
mod service;

#[cfg(test)]
mod fixtures;

use contract::Operation;
use eav::Additional;

pub use repo::composition::{
    Part, Stocked, enabled, lock, numbers, parts_of, parts_of_all, parts_with, parts_with_any, product,
    products, products_of_website, stocked,
};
pub use repo::install::install;
pub use repo::product::ProductRow;
pub use service::attribute::source::sources;
pub use service::attribute_set::ProductsOfSet;
pub use service::downloadable::DownloadableDomains;
pub use service::indexer::{indexers_changed, products_changed};
pub use service::product::list::found;

/// The operations of this crate, feature by feature.
pub static OPERATIONS: &[&[&Operation]] = &[
    service::attribute::OPERATIONS,
    service::attribute_group::OPERATIONS,
    service::attribute_option::OPERATIONS,
    service::attribute_set::OPERATIONS,
    service::bundle::OPERATIONS,
    service::category::OPERATIONS,
    service::category_attribute::OPERATIONS,
    service::configurable::OPERATIONS,
    service::downloadable::OPERATIONS,
    service::link::OPERATIONS,
    service::media::OPERATIONS,
    service::option::OPERATIONS,
    service::price::OPERATIONS,
    service::product::delete::OPERATIONS,
    service::product::get::OPERATIONS,
    service::product::list::OPERATIONS,
    service::product::save::OPERATIONS,
    service::product::types::OPERATIONS,
    service::render::OPERATIONS,
    service::tier_price::OPERATIONS,
    service::website::OPERATIONS,
];

/// What the catalog adds to attributes: `catalog_eav_attribute`.
pub const ATTRIBUTES: Additional = Additional {
    table: "catalog_eav_attribute",
    columns: &[
        "frontend_input_renderer",
        "is_global",
        "is_visible",
        "is_searchable",
        "is_filterable",
        "is_comparable",
        "is_visible_on_front",
        "is_html_allowed_on_front",
        "is_used_for_price_rules",
        "is_filterable_in_search",
        "used_in_product_listing",
        "used_for_sort_by",
        "apply_to",
        "is_visible_in_advanced_search",
        "position",
        "is_wysiwyg_enabled",
        "is_used_for_promo_rules",
        "is_required_in_admin_store",
        "is_used_in_grid",
        "is_visible_in_grid",
        "is_filterable_in_grid",
        "search_weight",
        "is_pagebuilder_enabled",
        "additional_data",
    ],
};
