//! Configurable products and bundles.

use db::schema::{Column, ForeignKey, Key, Table};

/// `catalog_product_super_attribute`.
pub(crate) const CATALOG_PRODUCT_SUPER_ATTRIBUTE: Table = Table::new("catalog_product_super_attribute", "")
    .columns(&[
        Column::int("product_super_attribute_id").unsigned().identity(),
        Column::int("product_id").unsigned().default("0"),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("position").unsigned().default("0"),
    ])
    .primary_key(&["product_super_attribute_id"])
    .unique(&[Key::new(
        "CATALOG_PRODUCT_SUPER_ATTRIBUTE_PRODUCT_ID_ATTRIBUTE_ID",
        &["product_id", "attribute_id"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "CAT_PRD_SPR_ATTR_PRD_ID_CAT_PRD_ENTT_ENTT_ID",
        "product_id",
        "catalog_product_entity",
        "entity_id",
    )]);

/// `catalog_product_super_attribute_label`.
pub(crate) const CATALOG_PRODUCT_SUPER_ATTRIBUTE_LABEL: Table =
    Table::new("catalog_product_super_attribute_label", "")
        .columns(&[
            Column::int("value_id").unsigned().identity(),
            Column::int("product_super_attribute_id").unsigned().default("0"),
            Column::smallint("store_id").unsigned().default("0"),
            Column::smallint("use_default").unsigned().nullable().default("0"),
            Column::varchar("value", 255).nullable(),
        ])
        .primary_key(&["value_id"])
        .unique(&[Key::new(
            "CAT_PRD_SPR_ATTR_LBL_PRD_SPR_ATTR_ID_STORE_ID",
            &["product_super_attribute_id", "store_id"],
        )])
        .indexes(&[Key::new(
            "CATALOG_PRODUCT_SUPER_ATTRIBUTE_LABEL_STORE_ID",
            &["store_id"],
        )])
        .foreign_keys(&[
            ForeignKey::cascade(
                "CATALOG_PRODUCT_SUPER_ATTRIBUTE_LABEL_STORE_ID_STORE_STORE_ID",
                "store_id",
                "store",
                "store_id",
            ),
            ForeignKey::cascade(
                "FK_309442281DF7784210ED82B2CC51E5D5",
                "product_super_attribute_id",
                "catalog_product_super_attribute",
                "product_super_attribute_id",
            ),
        ]);

/// `catalog_product_super_link`.
pub(crate) const CATALOG_PRODUCT_SUPER_LINK: Table = Table::new("catalog_product_super_link", "")
    .columns(&[
        Column::int("link_id").unsigned().identity(),
        Column::int("product_id").unsigned().default("0"),
        Column::int("parent_id").unsigned().default("0"),
    ])
    .primary_key(&["link_id"])
    .unique(&[Key::new(
        "CATALOG_PRODUCT_SUPER_LINK_PRODUCT_ID_PARENT_ID",
        &["product_id", "parent_id"],
    )])
    .indexes(&[Key::new("CATALOG_PRODUCT_SUPER_LINK_PARENT_ID", &["parent_id"])])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CAT_PRD_SPR_LNK_PARENT_ID_CAT_PRD_ENTT_ENTT_ID",
            "parent_id",
            "catalog_product_entity",
            "entity_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_SPR_LNK_PRD_ID_CAT_PRD_ENTT_ENTT_ID",
            "product_id",
            "catalog_product_entity",
            "entity_id",
        ),
    ]);

/// `catalog_product_bundle_option`.
pub(crate) const CATALOG_PRODUCT_BUNDLE_OPTION: Table = Table::new("catalog_product_bundle_option", "")
    .columns(&[
        Column::int("option_id").unsigned().identity(),
        Column::int("parent_id").unsigned(),
        Column::smallint("required").unsigned().default("0"),
        Column::int("position").unsigned().default("0"),
        Column::varchar("type", 255).nullable(),
    ])
    .primary_key(&["option_id"])
    .indexes(&[Key::new(
        "CATALOG_PRODUCT_BUNDLE_OPTION_PARENT_ID",
        &["parent_id"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "CAT_PRD_BNDL_OPT_PARENT_ID_CAT_PRD_ENTT_ENTT_ID",
        "parent_id",
        "catalog_product_entity",
        "entity_id",
    )]);

/// `catalog_product_bundle_option_value`.
pub(crate) const CATALOG_PRODUCT_BUNDLE_OPTION_VALUE: Table =
    Table::new("catalog_product_bundle_option_value", "")
        .columns(&[
            Column::int("value_id").unsigned().identity(),
            Column::int("option_id").unsigned(),
            Column::smallint("store_id").unsigned(),
            Column::varchar("title", 255).nullable(),
            Column::int("parent_product_id").unsigned(),
        ])
        .primary_key(&["value_id"])
        .unique(&[Key::new(
            "CAT_PRD_BNDL_OPT_VAL_OPT_ID_PARENT_PRD_ID_STORE_ID",
            &["option_id", "parent_product_id", "store_id"],
        )])
        .foreign_keys(&[ForeignKey::cascade(
            "CAT_PRD_BNDL_OPT_VAL_OPT_ID_CAT_PRD_BNDL_OPT_OPT_ID",
            "option_id",
            "catalog_product_bundle_option",
            "option_id",
        )]);

/// `catalog_product_bundle_selection`.
pub(crate) const CATALOG_PRODUCT_BUNDLE_SELECTION: Table = Table::new("catalog_product_bundle_selection", "")
    .columns(&[
        Column::int("selection_id").unsigned().identity(),
        Column::int("option_id").unsigned(),
        Column::int("parent_product_id").unsigned(),
        Column::int("product_id").unsigned(),
        Column::int("position").unsigned().default("0"),
        Column::smallint("is_default").unsigned().default("0"),
        Column::smallint("selection_price_type").unsigned().default("0"),
        Column::decimal("selection_price_value", 12, 4).default("0.0000"),
        Column::decimal("selection_qty", 12, 4).nullable(),
        Column::smallint("selection_can_change_qty").default("0"),
    ])
    .primary_key(&["selection_id"])
    .indexes(&[
        Key::new("CATALOG_PRODUCT_BUNDLE_SELECTION_OPTION_ID", &["option_id"]),
        Key::new("CATALOG_PRODUCT_BUNDLE_SELECTION_PRODUCT_ID", &["product_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CAT_PRD_BNDL_SELECTION_OPT_ID_CAT_PRD_BNDL_OPT_OPT_ID",
            "option_id",
            "catalog_product_bundle_option",
            "option_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_BNDL_SELECTION_PRD_ID_CAT_PRD_ENTT_ENTT_ID",
            "product_id",
            "catalog_product_entity",
            "entity_id",
        ),
    ]);

/// `catalog_product_bundle_selection_price`.
pub(crate) const CATALOG_PRODUCT_BUNDLE_SELECTION_PRICE: Table =
    Table::new("catalog_product_bundle_selection_price", "")
        .columns(&[
            Column::int("selection_id").unsigned(),
            Column::smallint("website_id").unsigned(),
            Column::smallint("selection_price_type").unsigned().default("0"),
            Column::decimal("selection_price_value", 20, 6).default("0.000000"),
            Column::int("parent_product_id").unsigned(),
        ])
        .primary_key(&["selection_id", "parent_product_id", "website_id"])
        .indexes(&[Key::new(
            "CATALOG_PRODUCT_BUNDLE_SELECTION_PRICE_WEBSITE_ID",
            &["website_id"],
        )])
        .foreign_keys(&[
            ForeignKey::cascade(
                "CAT_PRD_BNDL_SELECTION_PRICE_WS_ID_STORE_WS_WS_ID",
                "website_id",
                "store_website",
                "website_id",
            ),
            ForeignKey::cascade(
                "FK_DCF37523AA05D770A70AA4ED7C2616E4",
                "selection_id",
                "catalog_product_bundle_selection",
                "selection_id",
            ),
        ]);
