//! Categories, their values and their products.

use db::schema::{Column, ForeignKey, Key, Table};

/// `catalog_category_entity`.
pub(crate) const CATALOG_CATEGORY_ENTITY: Table = Table::new("catalog_category_entity", "")
    .columns(&[
        Column::int("entity_id").unsigned().identity(),
        Column::smallint("attribute_set_id").unsigned().default("0"),
        Column::int("parent_id").unsigned().default("0"),
        Column::timestamp("created_at").default_now(),
        Column::timestamp("updated_at").default_now().on_update_now(),
        Column::varchar("path", 255),
        Column::int("position"),
        Column::int("level").default("0"),
        Column::int("children_count"),
    ])
    .primary_key(&["entity_id"])
    .indexes(&[
        Key::new("CATALOG_CATEGORY_ENTITY_LEVEL", &["level"]),
        Key::new("CATALOG_CATEGORY_ENTITY_PATH", &["path"]),
    ]);

/// `catalog_category_entity_datetime`.
pub(crate) const CATALOG_CATEGORY_ENTITY_DATETIME: Table = Table::new("catalog_category_entity_datetime", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::datetime("value").nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CATALOG_CATEGORY_ENTITY_DATETIME_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_CATEGORY_ENTITY_DATETIME_ENTITY_ID", &["entity_id"]),
        Key::new("CATALOG_CATEGORY_ENTITY_DATETIME_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new("CATALOG_CATEGORY_ENTITY_DATETIME_STORE_ID", &["store_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_CATEGORY_ENTITY_DATETIME_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_CTGR_ENTT_DTIME_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CAT_CTGR_ENTT_DTIME_ENTT_ID_CAT_CTGR_ENTT_ENTT_ID",
            "entity_id",
            "catalog_category_entity",
            "entity_id",
        ),
    ]);

/// `catalog_category_entity_decimal`.
pub(crate) const CATALOG_CATEGORY_ENTITY_DECIMAL: Table = Table::new("catalog_category_entity_decimal", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::decimal("value", 20, 6).nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CATALOG_CATEGORY_ENTITY_DECIMAL_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_CATEGORY_ENTITY_DECIMAL_ENTITY_ID", &["entity_id"]),
        Key::new("CATALOG_CATEGORY_ENTITY_DECIMAL_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new("CATALOG_CATEGORY_ENTITY_DECIMAL_STORE_ID", &["store_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_CATEGORY_ENTITY_DECIMAL_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_CTGR_ENTT_DEC_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CAT_CTGR_ENTT_DEC_ENTT_ID_CAT_CTGR_ENTT_ENTT_ID",
            "entity_id",
            "catalog_category_entity",
            "entity_id",
        ),
    ]);

/// `catalog_category_entity_int`.
pub(crate) const CATALOG_CATEGORY_ENTITY_INT: Table = Table::new("catalog_category_entity_int", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::int("value").nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CATALOG_CATEGORY_ENTITY_INT_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_CATEGORY_ENTITY_INT_ENTITY_ID", &["entity_id"]),
        Key::new("CATALOG_CATEGORY_ENTITY_INT_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new("CATALOG_CATEGORY_ENTITY_INT_STORE_ID", &["store_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_CATEGORY_ENTITY_INT_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_CTGR_ENTT_INT_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CAT_CTGR_ENTT_INT_ENTT_ID_CAT_CTGR_ENTT_ENTT_ID",
            "entity_id",
            "catalog_category_entity",
            "entity_id",
        ),
    ]);

/// `catalog_category_entity_text`.
pub(crate) const CATALOG_CATEGORY_ENTITY_TEXT: Table = Table::new("catalog_category_entity_text", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::mediumtext("value").nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CATALOG_CATEGORY_ENTITY_TEXT_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_CATEGORY_ENTITY_TEXT_ENTITY_ID", &["entity_id"]),
        Key::new("CATALOG_CATEGORY_ENTITY_TEXT_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new("CATALOG_CATEGORY_ENTITY_TEXT_STORE_ID", &["store_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_CATEGORY_ENTITY_TEXT_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_CTGR_ENTT_TEXT_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CAT_CTGR_ENTT_TEXT_ENTT_ID_CAT_CTGR_ENTT_ENTT_ID",
            "entity_id",
            "catalog_category_entity",
            "entity_id",
        ),
    ]);

/// `catalog_category_entity_varchar`.
pub(crate) const CATALOG_CATEGORY_ENTITY_VARCHAR: Table = Table::new("catalog_category_entity_varchar", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::varchar("value", 255).nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CATALOG_CATEGORY_ENTITY_VARCHAR_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_CATEGORY_ENTITY_VARCHAR_ENTITY_ID", &["entity_id"]),
        Key::new("CATALOG_CATEGORY_ENTITY_VARCHAR_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new("CATALOG_CATEGORY_ENTITY_VARCHAR_STORE_ID", &["store_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_CATEGORY_ENTITY_VARCHAR_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_CTGR_ENTT_VCHR_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CAT_CTGR_ENTT_VCHR_ENTT_ID_CAT_CTGR_ENTT_ENTT_ID",
            "entity_id",
            "catalog_category_entity",
            "entity_id",
        ),
    ]);

/// `catalog_category_product`.
pub(crate) const CATALOG_CATEGORY_PRODUCT: Table = Table::new("catalog_category_product", "")
    .columns(&[
        Column::int("entity_id").identity(),
        Column::int("category_id").unsigned().default("0"),
        Column::int("product_id").unsigned().default("0"),
        Column::int("position").default("0"),
    ])
    .primary_key(&["entity_id", "category_id", "product_id"])
    .unique(&[Key::new(
        "CATALOG_CATEGORY_PRODUCT_CATEGORY_ID_PRODUCT_ID",
        &["category_id", "product_id"],
    )])
    .indexes(&[Key::new("CATALOG_CATEGORY_PRODUCT_PRODUCT_ID", &["product_id"])])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CAT_CTGR_PRD_CTGR_ID_CAT_CTGR_ENTT_ENTT_ID",
            "category_id",
            "catalog_category_entity",
            "entity_id",
        ),
        ForeignKey::cascade(
            "CAT_CTGR_PRD_PRD_ID_CAT_PRD_ENTT_ENTT_ID",
            "product_id",
            "catalog_product_entity",
            "entity_id",
        ),
    ]);
