//! Addresses and their values.

use db::schema::{Column, ForeignKey, Key, Table};

/// `customer_address_entity`.
pub(crate) const CUSTOMER_ADDRESS_ENTITY: Table = Table::new("customer_address_entity", "")
    .columns(&[
        Column::int("entity_id").unsigned().identity(),
        Column::varchar("increment_id", 50).nullable(),
        Column::int("parent_id").unsigned().nullable(),
        Column::timestamp("created_at").default_now(),
        Column::timestamp("updated_at").default_now().on_update_now(),
        Column::smallint("is_active").unsigned().default("1"),
        Column::varchar("city", 255),
        Column::varchar("company", 255).nullable(),
        Column::varchar("country_id", 255),
        Column::varchar("fax", 255).nullable(),
        Column::varchar("firstname", 255),
        Column::varchar("lastname", 255),
        Column::varchar("middlename", 255).nullable(),
        Column::varchar("postcode", 255).nullable(),
        Column::varchar("prefix", 40).nullable(),
        Column::varchar("region", 255).nullable(),
        Column::int("region_id").unsigned().nullable(),
        Column::text("street"),
        Column::varchar("suffix", 40).nullable(),
        Column::varchar("telephone", 255),
        Column::varchar("vat_id", 255).nullable(),
        Column::int("vat_is_valid").unsigned().nullable(),
        Column::varchar("vat_request_date", 255).nullable(),
        Column::varchar("vat_request_id", 255).nullable(),
        Column::int("vat_request_success").unsigned().nullable(),
    ])
    .primary_key(&["entity_id"])
    .indexes(&[Key::new("CUSTOMER_ADDRESS_ENTITY_PARENT_ID", &["parent_id"])])
    .foreign_keys(&[ForeignKey::cascade(
        "CUSTOMER_ADDRESS_ENTITY_PARENT_ID_CUSTOMER_ENTITY_ENTITY_ID",
        "parent_id",
        "customer_entity",
        "entity_id",
    )]);

/// `customer_address_entity_datetime`.
pub(crate) const CUSTOMER_ADDRESS_ENTITY_DATETIME: Table = Table::new("customer_address_entity_datetime", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::datetime("value").nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CUSTOMER_ADDRESS_ENTITY_DATETIME_ENTITY_ID_ATTRIBUTE_ID",
        &["entity_id", "attribute_id"],
    )])
    .indexes(&[
        Key::new("CUSTOMER_ADDRESS_ENTITY_DATETIME_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new(
            "CUSTOMER_ADDRESS_ENTITY_DATETIME_ENTITY_ID_ATTRIBUTE_ID_VALUE",
            &["entity_id", "attribute_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CSTR_ADDR_ENTT_DTIME_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CSTR_ADDR_ENTT_DTIME_ENTT_ID_CSTR_ADDR_ENTT_ENTT_ID",
            "entity_id",
            "customer_address_entity",
            "entity_id",
        ),
    ]);

/// `customer_address_entity_decimal`.
pub(crate) const CUSTOMER_ADDRESS_ENTITY_DECIMAL: Table = Table::new("customer_address_entity_decimal", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::decimal("value", 12, 4).default("0.0000"),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CUSTOMER_ADDRESS_ENTITY_DECIMAL_ENTITY_ID_ATTRIBUTE_ID",
        &["entity_id", "attribute_id"],
    )])
    .indexes(&[
        Key::new("CUSTOMER_ADDRESS_ENTITY_DECIMAL_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new(
            "CUSTOMER_ADDRESS_ENTITY_DECIMAL_ENTITY_ID_ATTRIBUTE_ID_VALUE",
            &["entity_id", "attribute_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CSTR_ADDR_ENTT_DEC_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CSTR_ADDR_ENTT_DEC_ENTT_ID_CSTR_ADDR_ENTT_ENTT_ID",
            "entity_id",
            "customer_address_entity",
            "entity_id",
        ),
    ]);

/// `customer_address_entity_int`.
pub(crate) const CUSTOMER_ADDRESS_ENTITY_INT: Table = Table::new("customer_address_entity_int", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::int("value").default("0"),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CUSTOMER_ADDRESS_ENTITY_INT_ENTITY_ID_ATTRIBUTE_ID",
        &["entity_id", "attribute_id"],
    )])
    .indexes(&[
        Key::new("CUSTOMER_ADDRESS_ENTITY_INT_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new(
            "CUSTOMER_ADDRESS_ENTITY_INT_ENTITY_ID_ATTRIBUTE_ID_VALUE",
            &["entity_id", "attribute_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CSTR_ADDR_ENTT_INT_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CSTR_ADDR_ENTT_INT_ENTT_ID_CSTR_ADDR_ENTT_ENTT_ID",
            "entity_id",
            "customer_address_entity",
            "entity_id",
        ),
    ]);

/// `customer_address_entity_text`.
pub(crate) const CUSTOMER_ADDRESS_ENTITY_TEXT: Table = Table::new("customer_address_entity_text", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::text("value"),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CUSTOMER_ADDRESS_ENTITY_TEXT_ENTITY_ID_ATTRIBUTE_ID",
        &["entity_id", "attribute_id"],
    )])
    .indexes(&[Key::new(
        "CUSTOMER_ADDRESS_ENTITY_TEXT_ATTRIBUTE_ID",
        &["attribute_id"],
    )])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CSTR_ADDR_ENTT_TEXT_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CSTR_ADDR_ENTT_TEXT_ENTT_ID_CSTR_ADDR_ENTT_ENTT_ID",
            "entity_id",
            "customer_address_entity",
            "entity_id",
        ),
    ]);

/// `customer_address_entity_varchar`.
pub(crate) const CUSTOMER_ADDRESS_ENTITY_VARCHAR: Table = Table::new("customer_address_entity_varchar", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::varchar("value", 255).nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CUSTOMER_ADDRESS_ENTITY_VARCHAR_ENTITY_ID_ATTRIBUTE_ID",
        &["entity_id", "attribute_id"],
    )])
    .indexes(&[
        Key::new("CUSTOMER_ADDRESS_ENTITY_VARCHAR_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new(
            "CUSTOMER_ADDRESS_ENTITY_VARCHAR_ENTITY_ID_ATTRIBUTE_ID_VALUE",
            &["entity_id", "attribute_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CSTR_ADDR_ENTT_VCHR_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CSTR_ADDR_ENTT_VCHR_ENTT_ID_CSTR_ADDR_ENTT_ENTT_ID",
            "entity_id",
            "customer_address_entity",
            "entity_id",
        ),
    ]);
