//! What the catalog adds to attributes.

use db::schema::{Column, ForeignKey, Key, Table};

/// `catalog_eav_attribute`.
pub(crate) const CATALOG_EAV_ATTRIBUTE: Table = Table::new("catalog_eav_attribute", "")
    .columns(&[
        Column::smallint("attribute_id").unsigned(),
        Column::varchar("frontend_input_renderer", 255).nullable(),
        Column::smallint("is_global").unsigned().default("1"),
        Column::smallint("is_visible").unsigned().default("1"),
        Column::smallint("is_searchable").unsigned().default("0"),
        Column::smallint("is_filterable").unsigned().default("0"),
        Column::smallint("is_comparable").unsigned().default("0"),
        Column::smallint("is_visible_on_front").unsigned().default("0"),
        Column::smallint("is_html_allowed_on_front")
            .unsigned()
            .default("0"),
        Column::smallint("is_used_for_price_rules")
            .unsigned()
            .default("0"),
        Column::smallint("is_filterable_in_search")
            .unsigned()
            .default("0"),
        Column::smallint("used_in_product_listing")
            .unsigned()
            .default("0"),
        Column::smallint("used_for_sort_by").unsigned().default("0"),
        Column::varchar("apply_to", 255).nullable(),
        Column::smallint("is_visible_in_advanced_search")
            .unsigned()
            .default("0"),
        Column::int("position").default("0"),
        Column::smallint("is_wysiwyg_enabled").unsigned().default("0"),
        Column::smallint("is_used_for_promo_rules")
            .unsigned()
            .default("0"),
        Column::smallint("is_required_in_admin_store")
            .unsigned()
            .default("0"),
        Column::smallint("is_used_in_grid").unsigned().default("0"),
        Column::smallint("is_visible_in_grid").unsigned().default("0"),
        Column::smallint("is_filterable_in_grid").unsigned().default("0"),
        Column::float("search_weight").default("1"),
        Column::boolean("is_pagebuilder_enabled").default("0"),
        Column::text("additional_data").nullable(),
    ])
    .primary_key(&["attribute_id"])
    .indexes(&[
        Key::new("CATALOG_EAV_ATTRIBUTE_USED_FOR_SORT_BY", &["used_for_sort_by"]),
        Key::new(
            "CATALOG_EAV_ATTRIBUTE_USED_IN_PRODUCT_LISTING",
            &["used_in_product_listing"],
        ),
    ])
    .foreign_keys(&[ForeignKey::cascade(
        "CATALOG_EAV_ATTRIBUTE_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
        "attribute_id",
        "eav_attribute",
        "attribute_id",
    )]);
