//! Entity types, attributes, sets, groups and options.

use db::schema::{Column, ForeignKey, Key, Table};

/// `eav_entity_type`.
pub(crate) const EAV_ENTITY_TYPE: Table = Table::new("eav_entity_type", "")
    .columns(&[
        Column::smallint("entity_type_id").unsigned().identity(),
        Column::varchar("entity_type_code", 50),
        Column::varchar("entity_model", 255),
        Column::varchar("attribute_model", 255).nullable(),
        Column::varchar("entity_table", 255).nullable(),
        Column::varchar("value_table_prefix", 255).nullable(),
        Column::varchar("entity_id_field", 255).nullable(),
        Column::smallint("is_data_sharing").unsigned().default("1"),
        Column::varchar("data_sharing_key", 100)
            .nullable()
            .default("default"),
        Column::smallint("default_attribute_set_id")
            .unsigned()
            .default("0"),
        Column::varchar("increment_model", 255).nullable(),
        Column::smallint("increment_per_store").unsigned().default("0"),
        Column::smallint("increment_pad_length").unsigned().default("8"),
        Column::varchar("increment_pad_char", 1).default("0"),
        Column::varchar("additional_attribute_table", 255).nullable(),
        Column::varchar("entity_attribute_collection", 255).nullable(),
    ])
    .primary_key(&["entity_type_id"])
    .indexes(&[Key::new(
        "EAV_ENTITY_TYPE_ENTITY_TYPE_CODE",
        &["entity_type_code"],
    )]);

/// `eav_attribute_set`.
pub(crate) const EAV_ATTRIBUTE_SET: Table = Table::new("eav_attribute_set", "")
    .columns(&[
        Column::smallint("attribute_set_id").unsigned().identity(),
        Column::smallint("entity_type_id").unsigned().default("0"),
        Column::varchar("attribute_set_name", 255).nullable(),
        Column::smallint("sort_order").default("0"),
    ])
    .primary_key(&["attribute_set_id"])
    .unique(&[Key::new(
        "EAV_ATTRIBUTE_SET_ENTITY_TYPE_ID_ATTRIBUTE_SET_NAME",
        &["entity_type_id", "attribute_set_name"],
    )])
    .indexes(&[Key::new(
        "EAV_ATTRIBUTE_SET_ENTITY_TYPE_ID_SORT_ORDER",
        &["entity_type_id", "sort_order"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "EAV_ATTRIBUTE_SET_ENTITY_TYPE_ID_EAV_ENTITY_TYPE_ENTITY_TYPE_ID",
        "entity_type_id",
        "eav_entity_type",
        "entity_type_id",
    )]);

/// `eav_attribute_group`.
pub(crate) const EAV_ATTRIBUTE_GROUP: Table = Table::new("eav_attribute_group", "")
    .columns(&[
        Column::smallint("attribute_group_id").unsigned().identity(),
        Column::smallint("attribute_set_id").unsigned().default("0"),
        Column::varchar("attribute_group_name", 255).nullable(),
        Column::smallint("sort_order").default("0"),
        Column::smallint("default_id").unsigned().nullable().default("0"),
        Column::varchar("attribute_group_code", 255),
        Column::varchar("tab_group_code", 255).nullable(),
    ])
    .primary_key(&["attribute_group_id"])
    .unique(&[
        Key::new(
            "EAV_ATTRIBUTE_GROUP_ATTRIBUTE_SET_ID_ATTRIBUTE_GROUP_CODE",
            &["attribute_set_id", "attribute_group_code"],
        ),
        Key::new(
            "EAV_ATTRIBUTE_GROUP_ATTRIBUTE_SET_ID_ATTRIBUTE_GROUP_NAME",
            &["attribute_set_id", "attribute_group_name"],
        ),
    ])
    .indexes(&[Key::new(
        "EAV_ATTRIBUTE_GROUP_ATTRIBUTE_SET_ID_SORT_ORDER",
        &["attribute_set_id", "sort_order"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "EAV_ATTR_GROUP_ATTR_SET_ID_EAV_ATTR_SET_ATTR_SET_ID",
        "attribute_set_id",
        "eav_attribute_set",
        "attribute_set_id",
    )]);

/// `eav_attribute`.
pub(crate) const EAV_ATTRIBUTE: Table = Table::new("eav_attribute", "")
    .columns(&[
        Column::smallint("attribute_id").unsigned().identity(),
        Column::smallint("entity_type_id").unsigned().default("0"),
        Column::varchar("attribute_code", 255),
        Column::varchar("attribute_model", 255).nullable(),
        Column::varchar("backend_model", 255).nullable(),
        Column::varchar("backend_type", 8).default("static"),
        Column::varchar("backend_table", 255).nullable(),
        Column::varchar("frontend_model", 255).nullable(),
        Column::varchar("frontend_input", 50).nullable(),
        Column::varchar("frontend_label", 255).nullable(),
        Column::varchar("frontend_class", 255).nullable(),
        Column::varchar("source_model", 255).nullable(),
        Column::smallint("is_required").unsigned().default("0"),
        Column::smallint("is_user_defined").unsigned().default("0"),
        Column::text("default_value").nullable(),
        Column::smallint("is_unique").unsigned().default("0"),
        Column::varchar("note", 255).nullable(),
    ])
    .primary_key(&["attribute_id"])
    .unique(&[Key::new(
        "EAV_ATTRIBUTE_ENTITY_TYPE_ID_ATTRIBUTE_CODE",
        &["entity_type_id", "attribute_code"],
    )])
    .indexes(&[Key::new(
        "EAV_ATTRIBUTE_FRONTEND_INPUT_ENTITY_TYPE_ID_IS_USER_DEFINED",
        &["frontend_input", "entity_type_id", "is_user_defined"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "EAV_ATTRIBUTE_ENTITY_TYPE_ID_EAV_ENTITY_TYPE_ENTITY_TYPE_ID",
        "entity_type_id",
        "eav_entity_type",
        "entity_type_id",
    )]);

/// `eav_attribute_label`.
pub(crate) const EAV_ATTRIBUTE_LABEL: Table = Table::new("eav_attribute_label", "")
    .columns(&[
        Column::int("attribute_label_id").unsigned().identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::varchar("value", 255).nullable(),
    ])
    .primary_key(&["attribute_label_id"])
    .indexes(&[
        Key::new("EAV_ATTRIBUTE_LABEL_STORE_ID", &["store_id"]),
        Key::new(
            "EAV_ATTRIBUTE_LABEL_ATTRIBUTE_ID_STORE_ID",
            &["attribute_id", "store_id"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_ATTRIBUTE_LABEL_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "EAV_ATTRIBUTE_LABEL_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
    ]);

/// `eav_attribute_option`.
pub(crate) const EAV_ATTRIBUTE_OPTION: Table = Table::new("eav_attribute_option", "")
    .columns(&[
        Column::int("option_id").unsigned().identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("sort_order").unsigned().default("0"),
    ])
    .primary_key(&["option_id"])
    .indexes(&[Key::new("EAV_ATTRIBUTE_OPTION_ATTRIBUTE_ID", &["attribute_id"])])
    .foreign_keys(&[ForeignKey::cascade(
        "EAV_ATTRIBUTE_OPTION_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
        "attribute_id",
        "eav_attribute",
        "attribute_id",
    )]);

/// `eav_attribute_option_swatch`.
pub(crate) const EAV_ATTRIBUTE_OPTION_SWATCH: Table = Table::new("eav_attribute_option_swatch", "")
    .columns(&[
        Column::int("swatch_id").unsigned().identity(),
        Column::int("option_id").unsigned(),
        Column::smallint("store_id").unsigned(),
        Column::smallint("type").unsigned(),
        Column::varchar("value", 255).nullable(),
    ])
    .primary_key(&["swatch_id"])
    .unique(&[Key::new(
        "EAV_ATTRIBUTE_OPTION_SWATCH_STORE_ID_OPTION_ID",
        &["store_id", "option_id"],
    )])
    .indexes(&[
        Key::new("EAV_ATTR_OPT_SWATCH_OPT_ID_EAV_ATTR_OPT_OPT_ID", &["option_id"]),
        Key::new("EAV_ATTRIBUTE_OPTION_SWATCH_SWATCH_ID", &["swatch_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_ATTRIBUTE_OPTION_SWATCH_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "EAV_ATTR_OPT_SWATCH_OPT_ID_EAV_ATTR_OPT_OPT_ID",
            "option_id",
            "eav_attribute_option",
            "option_id",
        ),
    ]);

/// `eav_attribute_option_value`.
pub(crate) const EAV_ATTRIBUTE_OPTION_VALUE: Table = Table::new("eav_attribute_option_value", "")
    .columns(&[
        Column::int("value_id").unsigned().identity(),
        Column::int("option_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::varchar("value", 255).nullable(),
    ])
    .primary_key(&["value_id"])
    .indexes(&[
        Key::new("EAV_ATTRIBUTE_OPTION_VALUE_OPTION_ID", &["option_id"]),
        Key::new("EAV_ATTRIBUTE_OPTION_VALUE_STORE_ID", &["store_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_ATTRIBUTE_OPTION_VALUE_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "EAV_ATTR_OPT_VAL_OPT_ID_EAV_ATTR_OPT_OPT_ID",
            "option_id",
            "eav_attribute_option",
            "option_id",
        ),
    ]);

/// `eav_entity_attribute`.
pub(crate) const EAV_ENTITY_ATTRIBUTE: Table = Table::new("eav_entity_attribute", "")
    .columns(&[
        Column::int("entity_attribute_id").unsigned().identity(),
        Column::smallint("entity_type_id").unsigned().default("0"),
        Column::smallint("attribute_set_id").unsigned().default("0"),
        Column::smallint("attribute_group_id").unsigned().default("0"),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("sort_order").default("0"),
    ])
    .primary_key(&["entity_attribute_id"])
    .unique(&[
        Key::new(
            "EAV_ENTITY_ATTRIBUTE_ATTRIBUTE_SET_ID_ATTRIBUTE_ID",
            &["attribute_set_id", "attribute_id"],
        ),
        Key::new(
            "EAV_ENTITY_ATTRIBUTE_ATTRIBUTE_GROUP_ID_ATTRIBUTE_ID",
            &["attribute_group_id", "attribute_id"],
        ),
    ])
    .indexes(&[
        Key::new(
            "EAV_ENTITY_ATTRIBUTE_ATTRIBUTE_SET_ID_SORT_ORDER",
            &["attribute_set_id", "sort_order"],
        ),
        Key::new("EAV_ENTITY_ATTRIBUTE_ATTRIBUTE_ID", &["attribute_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_ENTITY_ATTRIBUTE_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "EAV_ENTT_ATTR_ATTR_GROUP_ID_EAV_ATTR_GROUP_ATTR_GROUP_ID",
            "attribute_group_id",
            "eav_attribute_group",
            "attribute_group_id",
        ),
    ]);
