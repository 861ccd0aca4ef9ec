//! Stock items and their status.

use db::schema::{Column, ForeignKey, Key, Table};

/// `cataloginventory_stock`.
pub(crate) const CATALOGINVENTORY_STOCK: Table = Table::new("cataloginventory_stock", "")
    .columns(&[
        Column::smallint("stock_id").unsigned().identity(),
        Column::smallint("website_id").unsigned(),
        Column::varchar("stock_name", 255).nullable(),
    ])
    .primary_key(&["stock_id"])
    .indexes(&[Key::new("CATALOGINVENTORY_STOCK_WEBSITE_ID", &["website_id"])]);

/// `cataloginventory_stock_item`.
pub(crate) const CATALOGINVENTORY_STOCK_ITEM: Table = Table::new("cataloginventory_stock_item", "")
    .columns(&[
        Column::int("item_id").unsigned().identity(),
        Column::int("product_id").unsigned().default("0"),
        Column::smallint("stock_id").unsigned().default("0"),
        Column::decimal("qty", 12, 4).nullable(),
        Column::decimal("min_qty", 12, 4).default("0.0000"),
        Column::smallint("use_config_min_qty").unsigned().default("1"),
        Column::smallint("is_qty_decimal").unsigned().default("0"),
        Column::smallint("backorders").unsigned().default("0"),
        Column::smallint("use_config_backorders").unsigned().default("1"),
        Column::decimal("min_sale_qty", 12, 4).default("1.0000"),
        Column::smallint("use_config_min_sale_qty")
            .unsigned()
            .default("1"),
        Column::decimal("max_sale_qty", 12, 4).default("0.0000"),
        Column::smallint("use_config_max_sale_qty")
            .unsigned()
            .default("1"),
        Column::smallint("is_in_stock").unsigned().default("0"),
        Column::timestamp("low_stock_date").nullable(),
        Column::decimal("notify_stock_qty", 12, 4).nullable(),
        Column::smallint("use_config_notify_stock_qty")
            .unsigned()
            .default("1"),
        Column::smallint("manage_stock").unsigned().default("0"),
        Column::smallint("use_config_manage_stock")
            .unsigned()
            .default("1"),
        Column::smallint("stock_status_changed_auto")
            .unsigned()
            .default("0"),
        Column::smallint("use_config_qty_increments")
            .unsigned()
            .default("1"),
        Column::decimal("qty_increments", 12, 4).default("0.0000"),
        Column::smallint("use_config_enable_qty_inc")
            .unsigned()
            .default("1"),
        Column::smallint("enable_qty_increments").unsigned().default("0"),
        Column::smallint("is_decimal_divided").unsigned().default("0"),
        Column::smallint("website_id").unsigned().default("0"),
    ])
    .primary_key(&["item_id"])
    .unique(&[Key::new(
        "CATALOGINVENTORY_STOCK_ITEM_PRODUCT_ID_STOCK_ID",
        &["product_id", "stock_id"],
    )])
    .indexes(&[
        Key::new("CATALOGINVENTORY_STOCK_ITEM_WEBSITE_ID", &["website_id"]),
        Key::new(
            "CATALOGINVENTORY_STOCK_ITEM_WEBSITE_ID_PRODUCT_ID",
            &["website_id", "product_id"],
        ),
        Key::new("CATALOGINVENTORY_STOCK_ITEM_STOCK_ID", &["stock_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATINV_STOCK_ITEM_PRD_ID_CAT_PRD_ENTT_ENTT_ID",
            "product_id",
            "catalog_product_entity",
            "entity_id",
        ),
        ForeignKey::cascade(
            "CATINV_STOCK_ITEM_STOCK_ID_CATINV_STOCK_STOCK_ID",
            "stock_id",
            "cataloginventory_stock",
            "stock_id",
        ),
    ]);

/// `cataloginventory_stock_status`.
pub(crate) const CATALOGINVENTORY_STOCK_STATUS: Table = Table::new("cataloginventory_stock_status", "")
    .columns(&[
        Column::int("product_id").unsigned(),
        Column::smallint("website_id").unsigned(),
        Column::smallint("stock_id").unsigned(),
        Column::decimal("qty", 12, 4).default("0.0000"),
        Column::smallint("stock_status").unsigned(),
    ])
    .primary_key(&["product_id", "website_id", "stock_id"])
    .indexes(&[
        Key::new("CATALOGINVENTORY_STOCK_STATUS_STOCK_ID", &["stock_id"]),
        Key::new("CATALOGINVENTORY_STOCK_STATUS_WEBSITE_ID", &["website_id"]),
        Key::new("CATALOGINVENTORY_STOCK_STATUS_STOCK_STATUS", &["stock_status"]),
    ]);
