//! Products, their values, tier prices, websites and parents.

use db::schema::{Column, ForeignKey, Key, Table};

/// `catalog_product_entity`.
pub(crate) const CATALOG_PRODUCT_ENTITY: Table = Table::new("catalog_product_entity", "")
    .columns(&[
        Column::int("entity_id").unsigned().identity(),
        Column::smallint("attribute_set_id").unsigned().default("0"),
        Column::varchar("type_id", 32).default("simple"),
        Column::varchar("sku", 64),
        Column::smallint("has_options").default("0"),
        Column::smallint("required_options").unsigned().default("0"),
        Column::timestamp("created_at").default_now(),
        Column::timestamp("updated_at").default_now().on_update_now(),
    ])
    .primary_key(&["entity_id"])
    .indexes(&[
        Key::new("CATALOG_PRODUCT_ENTITY_ATTRIBUTE_SET_ID", &["attribute_set_id"]),
        Key::new("CATALOG_PRODUCT_ENTITY_SKU", &["sku"]),
    ])
    .lookups(&[
        Key::new("CATALOG_PRODUCT_ENTITY_CREATED_AT", &["created_at"]),
        Key::new("CATALOG_PRODUCT_ENTITY_UPDATED_AT", &["updated_at"]),
    ]);

/// `catalog_product_entity_datetime`.
pub(crate) const CATALOG_PRODUCT_ENTITY_DATETIME: Table = Table::new("catalog_product_entity_datetime", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::datetime("value").nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CATALOG_PRODUCT_ENTITY_DATETIME_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_PRODUCT_ENTITY_DATETIME_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new("CATALOG_PRODUCT_ENTITY_DATETIME_STORE_ID", &["store_id"]),
    ])
    .lookups(&[Key::new(
        "CATALOG_PRODUCT_ENTITY_DATETIME_ATTRIBUTE_ID_STORE_ID_VALUE",
        &["attribute_id", "store_id", "value", "entity_id"],
    )])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_PRODUCT_ENTITY_DATETIME_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_DTIME_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_DTIME_ENTT_ID_CAT_PRD_ENTT_ENTT_ID",
            "entity_id",
            "catalog_product_entity",
            "entity_id",
        ),
    ]);

/// `catalog_product_entity_decimal`.
pub(crate) const CATALOG_PRODUCT_ENTITY_DECIMAL: Table = Table::new("catalog_product_entity_decimal", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::decimal("value", 20, 6).nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CATALOG_PRODUCT_ENTITY_DECIMAL_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_PRODUCT_ENTITY_DECIMAL_STORE_ID", &["store_id"]),
        Key::new("CATALOG_PRODUCT_ENTITY_DECIMAL_ATTRIBUTE_ID", &["attribute_id"]),
    ])
    .lookups(&[Key::new(
        "CATALOG_PRODUCT_ENTITY_DECIMAL_ATTRIBUTE_ID_STORE_ID_VALUE",
        &["attribute_id", "store_id", "value", "entity_id"],
    )])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_PRODUCT_ENTITY_DECIMAL_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_DEC_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_DEC_ENTT_ID_CAT_PRD_ENTT_ENTT_ID",
            "entity_id",
            "catalog_product_entity",
            "entity_id",
        ),
    ]);

/// `catalog_product_entity_int`.
pub(crate) const CATALOG_PRODUCT_ENTITY_INT: Table = Table::new("catalog_product_entity_int", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::int("value").nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CATALOG_PRODUCT_ENTITY_INT_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_PRODUCT_ENTITY_INT_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new("CATALOG_PRODUCT_ENTITY_INT_STORE_ID", &["store_id"]),
        Key::new(
            "CATALOG_PRODUCT_ENTITY_INT_ATTRIBUTE_ID_STORE_ID_VALUE",
            &["attribute_id", "store_id", "value"],
        ),
    ])
    .lookups(&[Key::new(
        "CATALOG_PRODUCT_ENTITY_INT_ATTRIBUTE_ID_STORE_ID_VALUE_ENTITY_ID",
        &["attribute_id", "store_id", "value", "entity_id"],
    )])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_PRODUCT_ENTITY_INT_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_INT_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_INT_ENTT_ID_CAT_PRD_ENTT_ENTT_ID",
            "entity_id",
            "catalog_product_entity",
            "entity_id",
        ),
    ]);

/// `catalog_product_entity_text`.
pub(crate) const CATALOG_PRODUCT_ENTITY_TEXT: Table = Table::new("catalog_product_entity_text", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::mediumtext("value").nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CATALOG_PRODUCT_ENTITY_TEXT_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_PRODUCT_ENTITY_TEXT_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new("CATALOG_PRODUCT_ENTITY_TEXT_STORE_ID", &["store_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_PRODUCT_ENTITY_TEXT_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_TEXT_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_TEXT_ENTT_ID_CAT_PRD_ENTT_ENTT_ID",
            "entity_id",
            "catalog_product_entity",
            "entity_id",
        ),
    ]);

/// `catalog_product_entity_varchar`.
pub(crate) const CATALOG_PRODUCT_ENTITY_VARCHAR: Table = Table::new("catalog_product_entity_varchar", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::varchar("value", 255).nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CATALOG_PRODUCT_ENTITY_VARCHAR_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_PRODUCT_ENTITY_VARCHAR_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new("CATALOG_PRODUCT_ENTITY_VARCHAR_STORE_ID", &["store_id"]),
    ])
    .lookups(&[Key::new(
        "CATALOG_PRODUCT_ENTITY_VARCHAR_ATTRIBUTE_ID_STORE_ID_VALUE",
        &["attribute_id", "store_id", "value", "entity_id"],
    )])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_PRODUCT_ENTITY_VARCHAR_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_VCHR_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_VCHR_ENTT_ID_CAT_PRD_ENTT_ENTT_ID",
            "entity_id",
            "catalog_product_entity",
            "entity_id",
        ),
    ]);

/// `catalog_product_entity_tier_price`.
pub(crate) const CATALOG_PRODUCT_ENTITY_TIER_PRICE: Table =
    Table::new("catalog_product_entity_tier_price", "")
        .columns(&[
            Column::int("value_id").identity(),
            Column::int("entity_id").unsigned().default("0"),
            Column::smallint("all_groups").unsigned().default("1"),
            Column::int("customer_group_id").unsigned().default("0"),
            Column::decimal("qty", 12, 4).default("1.0000"),
            Column::decimal("value", 20, 6).default("0.000000"),
            Column::smallint("website_id").unsigned(),
            Column::decimal("percentage_value", 5, 2).nullable(),
        ])
        .primary_key(&["value_id"])
        .unique(&[Key::new(
            "UNQ_E8AB433B9ACB00343ABB312AD2FAB087",
            &[
                "entity_id",
                "all_groups",
                "customer_group_id",
                "qty",
                "website_id",
            ],
        )])
        .indexes(&[
            Key::new(
                "CATALOG_PRODUCT_ENTITY_TIER_PRICE_CUSTOMER_GROUP_ID",
                &["customer_group_id"],
            ),
            Key::new("CATALOG_PRODUCT_ENTITY_TIER_PRICE_WEBSITE_ID", &["website_id"]),
        ])
        .foreign_keys(&[
            ForeignKey::cascade(
                "CAT_PRD_ENTT_TIER_PRICE_CSTR_GROUP_ID_CSTR_GROUP_CSTR_GROUP_ID",
                "customer_group_id",
                "customer_group",
                "customer_group_id",
            ),
            ForeignKey::cascade(
                "CAT_PRD_ENTT_TIER_PRICE_ENTT_ID_CAT_PRD_ENTT_ENTT_ID",
                "entity_id",
                "catalog_product_entity",
                "entity_id",
            ),
            ForeignKey::cascade(
                "CAT_PRD_ENTT_TIER_PRICE_WS_ID_STORE_WS_WS_ID",
                "website_id",
                "store_website",
                "website_id",
            ),
        ]);

/// `catalog_product_website`.
pub(crate) const CATALOG_PRODUCT_WEBSITE: Table = Table::new("catalog_product_website", "")
    .columns(&[
        Column::int("product_id").unsigned(),
        Column::smallint("website_id").unsigned(),
    ])
    .primary_key(&["product_id", "website_id"])
    .indexes(&[Key::new("CATALOG_PRODUCT_WEBSITE_WEBSITE_ID", &["website_id"])])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_PRODUCT_WEBSITE_WEBSITE_ID_STORE_WEBSITE_WEBSITE_ID",
            "website_id",
            "store_website",
            "website_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_WS_PRD_ID_CAT_PRD_ENTT_ENTT_ID",
            "product_id",
            "catalog_product_entity",
            "entity_id",
        ),
    ]);

/// `catalog_product_relation`.
pub(crate) const CATALOG_PRODUCT_RELATION: Table = Table::new("catalog_product_relation", "")
    .columns(&[
        Column::int("parent_id").unsigned(),
        Column::int("child_id").unsigned(),
    ])
    .primary_key(&["parent_id", "child_id"])
    .indexes(&[Key::new("CATALOG_PRODUCT_RELATION_CHILD_ID", &["child_id"])])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CAT_PRD_RELATION_CHILD_ID_CAT_PRD_ENTT_ENTT_ID",
            "child_id",
            "catalog_product_entity",
            "entity_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_RELATION_PARENT_ID_CAT_PRD_ENTT_ENTT_ID",
            "parent_id",
            "catalog_product_entity",
            "entity_id",
        ),
    ]);
