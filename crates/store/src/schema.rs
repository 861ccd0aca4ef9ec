//! The store tables, as Magento has them.

use db::schema::{Column, ForeignKey, Key, Table};

/// All tables of this crate.
pub const TABLES: &[&Table] = &[&STORE_WEBSITE, &STORE_GROUP, &STORE, &CORE_CONFIG_DATA];

/// `store_website`.
pub const STORE_WEBSITE: Table = Table::new("store_website", "")
    .columns(&[
        Column::smallint("website_id").unsigned().identity(),
        Column::varchar("code", 32).nullable(),
        Column::varchar("name", 64).nullable(),
        Column::smallint("sort_order").unsigned().default("0"),
        Column::smallint("default_group_id").unsigned().default("0"),
        Column::smallint("is_default").unsigned().nullable().default("0"),
    ])
    .primary_key(&["website_id"])
    .unique(&[Key::new("STORE_WEBSITE_CODE", &["code"])])
    .indexes(&[
        Key::new("STORE_WEBSITE_SORT_ORDER", &["sort_order"]),
        Key::new("STORE_WEBSITE_DEFAULT_GROUP_ID", &["default_group_id"]),
    ]);

/// `store_group`.
pub const STORE_GROUP: Table = Table::new("store_group", "")
    .columns(&[
        Column::smallint("group_id").unsigned().identity(),
        Column::smallint("website_id").unsigned().default("0"),
        Column::varchar("name", 255),
        Column::int("root_category_id").unsigned().default("0"),
        Column::smallint("default_store_id").unsigned().default("0"),
        Column::varchar("code", 32).nullable(),
    ])
    .primary_key(&["group_id"])
    .unique(&[Key::new("STORE_GROUP_CODE", &["code"])])
    .indexes(&[
        Key::new("STORE_GROUP_WEBSITE_ID", &["website_id"]),
        Key::new("STORE_GROUP_DEFAULT_STORE_ID", &["default_store_id"]),
    ])
    .foreign_keys(&[ForeignKey::cascade(
        "STORE_GROUP_WEBSITE_ID_STORE_WEBSITE_WEBSITE_ID",
        "website_id",
        "store_website",
        "website_id",
    )]);

/// `store`.
pub const STORE: Table = Table::new("store", "")
    .columns(&[
        Column::smallint("store_id").unsigned().identity(),
        Column::varchar("code", 32).nullable(),
        Column::smallint("website_id").unsigned().default("0"),
        Column::smallint("group_id").unsigned().default("0"),
        Column::varchar("name", 255),
        Column::smallint("sort_order").unsigned().default("0"),
        Column::smallint("is_active").unsigned().default("0"),
    ])
    .primary_key(&["store_id"])
    .unique(&[Key::new("STORE_CODE", &["code"])])
    .indexes(&[
        Key::new("STORE_WEBSITE_ID", &["website_id"]),
        Key::new("STORE_IS_ACTIVE_SORT_ORDER", &["is_active", "sort_order"]),
        Key::new("STORE_GROUP_ID", &["group_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "STORE_GROUP_ID_STORE_GROUP_GROUP_ID",
            "group_id",
            "store_group",
            "group_id",
        ),
        ForeignKey::cascade(
            "STORE_WEBSITE_ID_STORE_WEBSITE_WEBSITE_ID",
            "website_id",
            "store_website",
            "website_id",
        ),
    ]);

/// `core_config_data`.
pub const CORE_CONFIG_DATA: Table = Table::new("core_config_data", "")
    .columns(&[
        Column::int("config_id").unsigned().identity(),
        Column::varchar("scope", 8).default("default"),
        Column::int("scope_id").default("0"),
        Column::varchar("path", 255).default("general"),
        Column::text("value").nullable(),
        Column::timestamp("updated_at").default_now().on_update_now(),
    ])
    .primary_key(&["config_id"])
    .unique(&[Key::new(
        "CORE_CONFIG_DATA_SCOPE_SCOPE_ID_PATH",
        &["scope", "scope_id", "path"],
    )]);
