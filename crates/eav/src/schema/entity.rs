//! The tables of entities that have none of their own.

use db::schema::{Column, ForeignKey, Key, Table};

/// `eav_entity_store`.
pub(crate) const EAV_ENTITY_STORE: Table = Table::new("eav_entity_store", "")
    .columns(&[
        Column::int("entity_store_id").unsigned().identity(),
        Column::smallint("entity_type_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::varchar("increment_prefix", 20).nullable(),
        Column::varchar("increment_last_id", 50).nullable(),
    ])
    .primary_key(&["entity_store_id"])
    .indexes(&[
        Key::new("EAV_ENTITY_STORE_ENTITY_TYPE_ID", &["entity_type_id"]),
        Key::new("EAV_ENTITY_STORE_STORE_ID", &["store_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_ENTITY_STORE_ENTITY_TYPE_ID_EAV_ENTITY_TYPE_ENTITY_TYPE_ID",
            "entity_type_id",
            "eav_entity_type",
            "entity_type_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTITY_STORE_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
    ]);

/// `eav_entity`.
pub(crate) const EAV_ENTITY: Table = Table::new("eav_entity", "")
    .columns(&[
        Column::int("entity_id").unsigned().identity(),
        Column::smallint("entity_type_id").unsigned().default("0"),
        Column::smallint("attribute_set_id").unsigned().default("0"),
        Column::varchar("increment_id", 50).nullable(),
        Column::int("parent_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::timestamp("created_at").default_now(),
        Column::timestamp("updated_at").default_now().on_update_now(),
        Column::smallint("is_active").unsigned().default("1"),
    ])
    .primary_key(&["entity_id"])
    .indexes(&[
        Key::new("EAV_ENTITY_ENTITY_TYPE_ID", &["entity_type_id"]),
        Key::new("EAV_ENTITY_STORE_ID", &["store_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_ENTITY_ENTITY_TYPE_ID_EAV_ENTITY_TYPE_ENTITY_TYPE_ID",
            "entity_type_id",
            "eav_entity_type",
            "entity_type_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTITY_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
    ]);

/// `eav_entity_datetime`.
pub(crate) const EAV_ENTITY_DATETIME: Table = Table::new("eav_entity_datetime", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("entity_type_id").unsigned().default("0"),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::datetime("value").nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "EAV_ENTITY_DATETIME_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("EAV_ENTITY_DATETIME_STORE_ID", &["store_id"]),
        Key::new(
            "EAV_ENTITY_DATETIME_ATTRIBUTE_ID_VALUE",
            &["attribute_id", "value"],
        ),
        Key::new(
            "EAV_ENTITY_DATETIME_ENTITY_TYPE_ID_VALUE",
            &["entity_type_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_ENTITY_DATETIME_ENTITY_ID_EAV_ENTITY_ENTITY_ID",
            "entity_id",
            "eav_entity",
            "entity_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTITY_DATETIME_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTT_DTIME_ENTT_TYPE_ID_EAV_ENTT_TYPE_ENTT_TYPE_ID",
            "entity_type_id",
            "eav_entity_type",
            "entity_type_id",
        ),
    ]);

/// `eav_entity_decimal`.
pub(crate) const EAV_ENTITY_DECIMAL: Table = Table::new("eav_entity_decimal", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("entity_type_id").unsigned().default("0"),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::decimal("value", 12, 4).default("0.0000"),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "EAV_ENTITY_DECIMAL_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("EAV_ENTITY_DECIMAL_STORE_ID", &["store_id"]),
        Key::new(
            "EAV_ENTITY_DECIMAL_ATTRIBUTE_ID_VALUE",
            &["attribute_id", "value"],
        ),
        Key::new(
            "EAV_ENTITY_DECIMAL_ENTITY_TYPE_ID_VALUE",
            &["entity_type_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_ENTITY_DECIMAL_ENTITY_ID_EAV_ENTITY_ENTITY_ID",
            "entity_id",
            "eav_entity",
            "entity_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTITY_DECIMAL_ENTITY_TYPE_ID_EAV_ENTITY_TYPE_ENTITY_TYPE_ID",
            "entity_type_id",
            "eav_entity_type",
            "entity_type_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTITY_DECIMAL_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
    ]);

/// `eav_entity_int`.
pub(crate) const EAV_ENTITY_INT: Table = Table::new("eav_entity_int", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("entity_type_id").unsigned().default("0"),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::int("value").default("0"),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "EAV_ENTITY_INT_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("EAV_ENTITY_INT_STORE_ID", &["store_id"]),
        Key::new("EAV_ENTITY_INT_ATTRIBUTE_ID_VALUE", &["attribute_id", "value"]),
        Key::new(
            "EAV_ENTITY_INT_ENTITY_TYPE_ID_VALUE",
            &["entity_type_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_ENTITY_INT_ENTITY_ID_EAV_ENTITY_ENTITY_ID",
            "entity_id",
            "eav_entity",
            "entity_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTITY_INT_ENTITY_TYPE_ID_EAV_ENTITY_TYPE_ENTITY_TYPE_ID",
            "entity_type_id",
            "eav_entity_type",
            "entity_type_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTITY_INT_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
    ]);

/// `eav_entity_text`.
pub(crate) const EAV_ENTITY_TEXT: Table = Table::new("eav_entity_text", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("entity_type_id").unsigned().default("0"),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::text("value"),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "EAV_ENTITY_TEXT_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("EAV_ENTITY_TEXT_ENTITY_TYPE_ID", &["entity_type_id"]),
        Key::new("EAV_ENTITY_TEXT_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new("EAV_ENTITY_TEXT_STORE_ID", &["store_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_ENTITY_TEXT_ENTITY_ID_EAV_ENTITY_ENTITY_ID",
            "entity_id",
            "eav_entity",
            "entity_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTITY_TEXT_ENTITY_TYPE_ID_EAV_ENTITY_TYPE_ENTITY_TYPE_ID",
            "entity_type_id",
            "eav_entity_type",
            "entity_type_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTITY_TEXT_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
    ]);

/// `eav_entity_varchar`.
pub(crate) const EAV_ENTITY_VARCHAR: Table = Table::new("eav_entity_varchar", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("entity_type_id").unsigned().default("0"),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::varchar("value", 255).nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "EAV_ENTITY_VARCHAR_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("EAV_ENTITY_VARCHAR_STORE_ID", &["store_id"]),
        Key::new(
            "EAV_ENTITY_VARCHAR_ATTRIBUTE_ID_VALUE",
            &["attribute_id", "value"],
        ),
        Key::new(
            "EAV_ENTITY_VARCHAR_ENTITY_TYPE_ID_VALUE",
            &["entity_type_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_ENTITY_VARCHAR_ENTITY_ID_EAV_ENTITY_ENTITY_ID",
            "entity_id",
            "eav_entity",
            "entity_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTITY_VARCHAR_ENTITY_TYPE_ID_EAV_ENTITY_TYPE_ENTITY_TYPE_ID",
            "entity_type_id",
            "eav_entity_type",
            "entity_type_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTITY_VARCHAR_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
    ]);
