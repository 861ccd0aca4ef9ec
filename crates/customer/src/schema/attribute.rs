//! What customers and addresses add to attributes.

use db::schema::{Column, ForeignKey, Key, Table};

/// `customer_eav_attribute`.
pub(crate) const CUSTOMER_EAV_ATTRIBUTE: Table = Table::new("customer_eav_attribute", "")
    .columns(&[
        Column::smallint("attribute_id").unsigned(),
        Column::smallint("is_visible").unsigned().default("1"),
        Column::varchar("input_filter", 255).nullable(),
        Column::smallint("multiline_count").unsigned().default("1"),
        Column::text("validate_rules").nullable(),
        Column::smallint("is_system").unsigned().default("0"),
        Column::int("sort_order").unsigned().default("0"),
        Column::varchar("data_model", 255).nullable(),
        Column::smallint("is_used_in_grid").unsigned().default("0"),
        Column::smallint("is_visible_in_grid").unsigned().default("0"),
        Column::smallint("is_filterable_in_grid").unsigned().default("0"),
        Column::smallint("is_searchable_in_grid").unsigned().default("0"),
        Column::smallint("grid_filter_condition_type")
            .unsigned()
            .default("0"),
    ])
    .primary_key(&["attribute_id"])
    .indexes(&[Key::new("CUSTOMER_EAV_ATTRIBUTE_SORT_ORDER", &["sort_order"])])
    .foreign_keys(&[ForeignKey::cascade(
        "CUSTOMER_EAV_ATTRIBUTE_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
        "attribute_id",
        "eav_attribute",
        "attribute_id",
    )]);

/// `customer_eav_attribute_website`.
pub(crate) const CUSTOMER_EAV_ATTRIBUTE_WEBSITE: Table = Table::new("customer_eav_attribute_website", "")
    .columns(&[
        Column::smallint("attribute_id").unsigned(),
        Column::smallint("website_id").unsigned(),
        Column::smallint("is_visible").unsigned().nullable(),
        Column::smallint("is_required").unsigned().nullable(),
        Column::text("default_value").nullable(),
        Column::smallint("multiline_count").unsigned().nullable(),
    ])
    .primary_key(&["attribute_id", "website_id"])
    .indexes(&[Key::new(
        "CUSTOMER_EAV_ATTRIBUTE_WEBSITE_WEBSITE_ID",
        &["website_id"],
    )])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CSTR_EAV_ATTR_WS_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CSTR_EAV_ATTR_WS_WS_ID_STORE_WS_WS_ID",
            "website_id",
            "store_website",
            "website_id",
        ),
    ]);

/// `customer_form_attribute`.
pub(crate) const CUSTOMER_FORM_ATTRIBUTE: Table = Table::new("customer_form_attribute", "")
    .columns(&[
        Column::varchar("form_code", 32),
        Column::smallint("attribute_id").unsigned(),
    ])
    .primary_key(&["form_code", "attribute_id"])
    .indexes(&[Key::new(
        "CUSTOMER_FORM_ATTRIBUTE_ATTRIBUTE_ID",
        &["attribute_id"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "CUSTOMER_FORM_ATTRIBUTE_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
        "attribute_id",
        "eav_attribute",
        "attribute_id",
    )]);
