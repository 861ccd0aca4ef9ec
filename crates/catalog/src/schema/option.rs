//! Custom options of products.

use db::schema::{Column, ForeignKey, Key, Table};

/// `catalog_product_option`.
pub(crate) const CATALOG_PRODUCT_OPTION: Table = Table::new("catalog_product_option", "")
    .columns(&[
        Column::int("option_id").unsigned().identity(),
        Column::int("product_id").unsigned().default("0"),
        Column::varchar("type", 50).nullable(),
        Column::smallint("is_require").default("1"),
        Column::varchar("sku", 64).nullable(),
        Column::int("max_characters").unsigned().nullable(),
        Column::varchar("file_extension", 50).nullable(),
        Column::smallint("image_size_x").unsigned().nullable(),
        Column::smallint("image_size_y").unsigned().nullable(),
        Column::int("sort_order").unsigned().default("0"),
    ])
    .primary_key(&["option_id"])
    .indexes(&[Key::new("CATALOG_PRODUCT_OPTION_PRODUCT_ID", &["product_id"])])
    .foreign_keys(&[ForeignKey::cascade(
        "CAT_PRD_OPT_PRD_ID_CAT_PRD_ENTT_ENTT_ID",
        "product_id",
        "catalog_product_entity",
        "entity_id",
    )]);

/// `catalog_product_option_price`.
pub(crate) const CATALOG_PRODUCT_OPTION_PRICE: Table = Table::new("catalog_product_option_price", "")
    .columns(&[
        Column::int("option_price_id").unsigned().identity(),
        Column::int("option_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::decimal("price", 20, 6).default("0.000000"),
        Column::varchar("price_type", 7).default("fixed"),
    ])
    .primary_key(&["option_price_id"])
    .unique(&[Key::new(
        "CATALOG_PRODUCT_OPTION_PRICE_OPTION_ID_STORE_ID",
        &["option_id", "store_id"],
    )])
    .indexes(&[Key::new("CATALOG_PRODUCT_OPTION_PRICE_STORE_ID", &["store_id"])])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_PRODUCT_OPTION_PRICE_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_OPT_PRICE_OPT_ID_CAT_PRD_OPT_OPT_ID",
            "option_id",
            "catalog_product_option",
            "option_id",
        ),
    ]);

/// `catalog_product_option_title`.
pub(crate) const CATALOG_PRODUCT_OPTION_TITLE: Table = Table::new("catalog_product_option_title", "")
    .columns(&[
        Column::int("option_title_id").unsigned().identity(),
        Column::int("option_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::varchar("title", 255).nullable(),
    ])
    .primary_key(&["option_title_id"])
    .unique(&[Key::new(
        "CATALOG_PRODUCT_OPTION_TITLE_OPTION_ID_STORE_ID",
        &["option_id", "store_id"],
    )])
    .indexes(&[Key::new("CATALOG_PRODUCT_OPTION_TITLE_STORE_ID", &["store_id"])])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_PRODUCT_OPTION_TITLE_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_OPT_TTL_OPT_ID_CAT_PRD_OPT_OPT_ID",
            "option_id",
            "catalog_product_option",
            "option_id",
        ),
    ]);

/// `catalog_product_option_type_value`.
pub(crate) const CATALOG_PRODUCT_OPTION_TYPE_VALUE: Table =
    Table::new("catalog_product_option_type_value", "")
        .columns(&[
            Column::int("option_type_id").unsigned().identity(),
            Column::int("option_id").unsigned().default("0"),
            Column::varchar("sku", 64).nullable(),
            Column::int("sort_order").unsigned().default("0"),
        ])
        .primary_key(&["option_type_id"])
        .indexes(&[Key::new(
            "CATALOG_PRODUCT_OPTION_TYPE_VALUE_OPTION_ID",
            &["option_id"],
        )])
        .foreign_keys(&[ForeignKey::cascade(
            "CAT_PRD_OPT_TYPE_VAL_OPT_ID_CAT_PRD_OPT_OPT_ID",
            "option_id",
            "catalog_product_option",
            "option_id",
        )]);

/// `catalog_product_option_type_price`.
pub(crate) const CATALOG_PRODUCT_OPTION_TYPE_PRICE: Table =
    Table::new("catalog_product_option_type_price", "")
        .columns(&[
            Column::int("option_type_price_id").unsigned().identity(),
            Column::int("option_type_id").unsigned().default("0"),
            Column::smallint("store_id").unsigned().default("0"),
            Column::decimal("price", 20, 6).default("0.000000"),
            Column::varchar("price_type", 7).default("fixed"),
        ])
        .primary_key(&["option_type_price_id"])
        .unique(&[Key::new(
            "CATALOG_PRODUCT_OPTION_TYPE_PRICE_OPTION_TYPE_ID_STORE_ID",
            &["option_type_id", "store_id"],
        )])
        .indexes(&[Key::new(
            "CATALOG_PRODUCT_OPTION_TYPE_PRICE_STORE_ID",
            &["store_id"],
        )])
        .foreign_keys(&[
            ForeignKey::cascade(
                "CATALOG_PRODUCT_OPTION_TYPE_PRICE_STORE_ID_STORE_STORE_ID",
                "store_id",
                "store",
                "store_id",
            ),
            ForeignKey::cascade(
                "FK_B523E3378E8602F376CC415825576B7F",
                "option_type_id",
                "catalog_product_option_type_value",
                "option_type_id",
            ),
        ]);

/// `catalog_product_option_type_title`.
pub(crate) const CATALOG_PRODUCT_OPTION_TYPE_TITLE: Table =
    Table::new("catalog_product_option_type_title", "")
        .columns(&[
            Column::int("option_type_title_id").unsigned().identity(),
            Column::int("option_type_id").unsigned().default("0"),
            Column::smallint("store_id").unsigned().default("0"),
            Column::varchar("title", 255).nullable(),
        ])
        .primary_key(&["option_type_title_id"])
        .unique(&[Key::new(
            "CATALOG_PRODUCT_OPTION_TYPE_TITLE_OPTION_TYPE_ID_STORE_ID",
            &["option_type_id", "store_id"],
        )])
        .indexes(&[Key::new(
            "CATALOG_PRODUCT_OPTION_TYPE_TITLE_STORE_ID",
            &["store_id"],
        )])
        .foreign_keys(&[
            ForeignKey::cascade(
                "CATALOG_PRODUCT_OPTION_TYPE_TITLE_STORE_ID_STORE_STORE_ID",
                "store_id",
                "store",
                "store_id",
            ),
            ForeignKey::cascade(
                "FK_C085B9CF2C2A302E8043FDEA1937D6A2",
                "option_type_id",
                "catalog_product_option_type_value",
                "option_type_id",
            ),
        ]);
