//! Sources, stocks, and what they hold.

use db::schema::{Column, ForeignKey, Key, Table};

/// `inventory_source`.
pub(crate) const INVENTORY_SOURCE: Table = Table::new("inventory_source", "")
    .columns(&[
        Column::varchar("source_code", 255),
        Column::varchar("name", 255),
        Column::smallint("enabled").unsigned().default("1"),
        Column::text("description").nullable(),
        Column::decimal("latitude", 8, 6).nullable(),
        Column::decimal("longitude", 9, 6).nullable(),
        Column::varchar("country_id", 2),
        Column::int("region_id").unsigned().nullable(),
        Column::varchar("region", 255).nullable(),
        Column::varchar("city", 255).nullable(),
        Column::varchar("street", 255).nullable(),
        Column::varchar("postcode", 255),
        Column::varchar("contact_name", 255).nullable(),
        Column::varchar("email", 255).nullable(),
        Column::varchar("phone", 255).nullable(),
        Column::varchar("fax", 255).nullable(),
        Column::smallint("use_default_carrier_config")
            .unsigned()
            .default("1"),
        Column::boolean("is_pickup_location_active").default("0"),
        Column::varchar("frontend_name", 255).nullable().default(""),
        Column::text("frontend_description").nullable(),
    ])
    .primary_key(&["source_code"]);

/// `inventory_source_carrier_link`.
pub(crate) const INVENTORY_SOURCE_CARRIER_LINK: Table = Table::new("inventory_source_carrier_link", "")
    .columns(&[
        Column::int("link_id").unsigned().identity(),
        Column::varchar("source_code", 255),
        Column::varchar("carrier_code", 255),
        Column::smallint("position").unsigned().nullable(),
    ])
    .primary_key(&["link_id"])
    .indexes(&[Key::new(
        "INV_SOURCE_CARRIER_LNK_SOURCE_CODE_INV_SOURCE_SOURCE_CODE",
        &["source_code"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "INV_SOURCE_CARRIER_LNK_SOURCE_CODE_INV_SOURCE_SOURCE_CODE",
        "source_code",
        "inventory_source",
        "source_code",
    )]);

/// `inventory_source_item`.
pub(crate) const INVENTORY_SOURCE_ITEM: Table = Table::new("inventory_source_item", "")
    .columns(&[
        Column::int("source_item_id").unsigned().identity(),
        Column::varchar("source_code", 255),
        Column::varchar("sku", 64),
        Column::decimal("quantity", 12, 4).default("0.0000"),
        Column::smallint("status").unsigned().default("0"),
    ])
    .primary_key(&["source_item_id"])
    .unique(&[Key::new(
        "INVENTORY_SOURCE_ITEM_SOURCE_CODE_SKU",
        &["source_code", "sku"],
    )])
    .indexes(&[Key::new(
        "INVENTORY_SOURCE_ITEM_SKU_SOURCE_CODE_QUANTITY",
        &["sku", "source_code", "quantity"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "INVENTORY_SOURCE_ITEM_SOURCE_CODE_INVENTORY_SOURCE_SOURCE_CODE",
        "source_code",
        "inventory_source",
        "source_code",
    )]);

/// `inventory_stock`.
pub(crate) const INVENTORY_STOCK: Table = Table::new("inventory_stock", "")
    .columns(&[
        Column::int("stock_id").unsigned().identity(),
        Column::varchar("name", 255),
    ])
    .primary_key(&["stock_id"]);

/// `inventory_source_stock_link`.
pub(crate) const INVENTORY_SOURCE_STOCK_LINK: Table = Table::new("inventory_source_stock_link", "")
    .columns(&[
        Column::int("link_id").unsigned().identity(),
        Column::int("stock_id").unsigned(),
        Column::varchar("source_code", 255),
        Column::smallint("priority").unsigned(),
    ])
    .primary_key(&["link_id"])
    .unique(&[Key::new(
        "INVENTORY_SOURCE_STOCK_LINK_STOCK_ID_SOURCE_CODE",
        &["stock_id", "source_code"],
    )])
    .indexes(&[
        Key::new(
            "INV_SOURCE_STOCK_LNK_SOURCE_CODE_INV_SOURCE_SOURCE_CODE",
            &["source_code"],
        ),
        Key::new(
            "INVENTORY_SOURCE_STOCK_LINK_STOCK_ID_PRIORITY",
            &["stock_id", "priority"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "INVENTORY_SOURCE_STOCK_LINK_STOCK_ID_INVENTORY_STOCK_STOCK_ID",
            "stock_id",
            "inventory_stock",
            "stock_id",
        ),
        ForeignKey::cascade(
            "INV_SOURCE_STOCK_LNK_SOURCE_CODE_INV_SOURCE_SOURCE_CODE",
            "source_code",
            "inventory_source",
            "source_code",
        ),
    ]);

/// `inventory_stock_sales_channel`.
pub(crate) const INVENTORY_STOCK_SALES_CHANNEL: Table = Table::new("inventory_stock_sales_channel", "")
    .columns(&[
        Column::varchar("type", 64),
        Column::varchar("code", 64),
        Column::int("stock_id").unsigned(),
    ])
    .primary_key(&["type", "code"])
    .indexes(&[Key::new(
        "INVENTORY_STOCK_SALES_CHANNEL_STOCK_ID_INVENTORY_STOCK_STOCK_ID",
        &["stock_id"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "INVENTORY_STOCK_SALES_CHANNEL_STOCK_ID_INVENTORY_STOCK_STOCK_ID",
        "stock_id",
        "inventory_stock",
        "stock_id",
    )]);

/// `inventory_reservation`.
pub(crate) const INVENTORY_RESERVATION: Table = Table::new("inventory_reservation", "")
    .columns(&[
        Column::int("reservation_id").unsigned().identity(),
        Column::int("stock_id").unsigned(),
        Column::varchar("sku", 64),
        Column::decimal("quantity", 10, 4).default("0.0000"),
        Column::varchar("metadata", 255).nullable(),
    ])
    .primary_key(&["reservation_id"])
    .indexes(&[Key::new(
        "INVENTORY_RESERVATION_STOCK_ID_SKU_QUANTITY",
        &["stock_id", "sku", "quantity"],
    )]);

/// `inventory_low_stock_notification_configuration`.
pub(crate) const INVENTORY_LOW_STOCK_NOTIFICATION_CONFIGURATION: Table =
    Table::new("inventory_low_stock_notification_configuration", "")
        .columns(&[
            Column::varchar("source_code", 255),
            Column::varchar("sku", 64),
            Column::decimal("notify_stock_qty", 12, 4).nullable(),
        ])
        .primary_key(&["source_code", "sku"]);
