//! Customers and their values.

use db::schema::{Column, ForeignKey, Key, OnDelete, Table};

/// `customer_entity`.
pub(crate) const CUSTOMER_ENTITY: Table = Table::new("customer_entity", "")
    .columns(&[
        Column::int("entity_id").unsigned().identity(),
        Column::smallint("website_id").unsigned().nullable(),
        Column::varchar("email", 255).nullable(),
        Column::smallint("group_id").unsigned().default("0"),
        Column::varchar("increment_id", 50).nullable(),
        Column::smallint("store_id").unsigned().nullable().default("0"),
        Column::timestamp("created_at").default_now(),
        Column::timestamp("updated_at").default_now().on_update_now(),
        Column::smallint("is_active").unsigned().default("1"),
        Column::smallint("disable_auto_group_change")
            .unsigned()
            .default("0"),
        Column::varchar("created_in", 255).nullable(),
        Column::varchar("prefix", 40).nullable(),
        Column::varchar("firstname", 255).nullable(),
        Column::varchar("middlename", 255).nullable(),
        Column::varchar("lastname", 255).nullable(),
        Column::varchar("suffix", 40).nullable(),
        Column::date("dob").nullable(),
        Column::varchar("password_hash", 128).nullable(),
        Column::varchar("rp_token", 128).nullable(),
        Column::datetime("rp_token_created_at").nullable(),
        Column::int("default_billing").unsigned().nullable(),
        Column::int("default_shipping").unsigned().nullable(),
        Column::varchar("taxvat", 50).nullable(),
        Column::varchar("confirmation", 64).nullable(),
        Column::smallint("gender").unsigned().nullable(),
        Column::smallint("failures_num").nullable().default("0"),
        Column::timestamp("first_failure").nullable(),
        Column::timestamp("lock_expires").nullable(),
        Column::timestamp("session_cutoff").nullable(),
    ])
    .primary_key(&["entity_id"])
    .unique(&[Key::new(
        "CUSTOMER_ENTITY_EMAIL_WEBSITE_ID",
        &["email", "website_id"],
    )])
    .indexes(&[
        Key::new("CUSTOMER_ENTITY_STORE_ID", &["store_id"]),
        Key::new("CUSTOMER_ENTITY_WEBSITE_ID", &["website_id"]),
        Key::new("CUSTOMER_ENTITY_FIRSTNAME", &["firstname"]),
        Key::new("CUSTOMER_ENTITY_LASTNAME", &["lastname"]),
    ])
    .lookups(&[
        Key::new("MAGNETITE_CUSTOMER_ENTITY_GROUP_ID", &["group_id"]),
        Key::new("MAGNETITE_CUSTOMER_ENTITY_CREATED_AT", &["created_at"]),
        Key::new("MAGNETITE_CUSTOMER_ENTITY_UPDATED_AT", &["updated_at"]),
        Key::new("MAGNETITE_CUSTOMER_ENTITY_DOB", &["dob"]),
    ])
    .foreign_keys(&[
        ForeignKey::new(
            "CUSTOMER_ENTITY_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
            OnDelete::SetNull,
        ),
        ForeignKey::new(
            "CUSTOMER_ENTITY_WEBSITE_ID_STORE_WEBSITE_WEBSITE_ID",
            "website_id",
            "store_website",
            "website_id",
            OnDelete::SetNull,
        ),
    ]);

/// `customer_entity_datetime`.
pub(crate) const CUSTOMER_ENTITY_DATETIME: Table = Table::new("customer_entity_datetime", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::datetime("value").nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CUSTOMER_ENTITY_DATETIME_ENTITY_ID_ATTRIBUTE_ID",
        &["entity_id", "attribute_id"],
    )])
    .indexes(&[
        Key::new("CUSTOMER_ENTITY_DATETIME_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new(
            "CUSTOMER_ENTITY_DATETIME_ENTITY_ID_ATTRIBUTE_ID_VALUE",
            &["entity_id", "attribute_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CUSTOMER_ENTITY_DATETIME_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CUSTOMER_ENTITY_DATETIME_ENTITY_ID_CUSTOMER_ENTITY_ENTITY_ID",
            "entity_id",
            "customer_entity",
            "entity_id",
        ),
    ]);

/// `customer_entity_decimal`.
pub(crate) const CUSTOMER_ENTITY_DECIMAL: Table = Table::new("customer_entity_decimal", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::decimal("value", 12, 4).default("0.0000"),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CUSTOMER_ENTITY_DECIMAL_ENTITY_ID_ATTRIBUTE_ID",
        &["entity_id", "attribute_id"],
    )])
    .indexes(&[
        Key::new("CUSTOMER_ENTITY_DECIMAL_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new(
            "CUSTOMER_ENTITY_DECIMAL_ENTITY_ID_ATTRIBUTE_ID_VALUE",
            &["entity_id", "attribute_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CUSTOMER_ENTITY_DECIMAL_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CUSTOMER_ENTITY_DECIMAL_ENTITY_ID_CUSTOMER_ENTITY_ENTITY_ID",
            "entity_id",
            "customer_entity",
            "entity_id",
        ),
    ]);

/// `customer_entity_int`.
pub(crate) const CUSTOMER_ENTITY_INT: Table = Table::new("customer_entity_int", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::int("value").default("0"),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CUSTOMER_ENTITY_INT_ENTITY_ID_ATTRIBUTE_ID",
        &["entity_id", "attribute_id"],
    )])
    .indexes(&[
        Key::new("CUSTOMER_ENTITY_INT_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new(
            "CUSTOMER_ENTITY_INT_ENTITY_ID_ATTRIBUTE_ID_VALUE",
            &["entity_id", "attribute_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CUSTOMER_ENTITY_INT_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CUSTOMER_ENTITY_INT_ENTITY_ID_CUSTOMER_ENTITY_ENTITY_ID",
            "entity_id",
            "customer_entity",
            "entity_id",
        ),
    ]);

/// `customer_entity_text`.
pub(crate) const CUSTOMER_ENTITY_TEXT: Table = Table::new("customer_entity_text", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::text("value"),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CUSTOMER_ENTITY_TEXT_ENTITY_ID_ATTRIBUTE_ID",
        &["entity_id", "attribute_id"],
    )])
    .indexes(&[Key::new("CUSTOMER_ENTITY_TEXT_ATTRIBUTE_ID", &["attribute_id"])])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CUSTOMER_ENTITY_TEXT_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CUSTOMER_ENTITY_TEXT_ENTITY_ID_CUSTOMER_ENTITY_ENTITY_ID",
            "entity_id",
            "customer_entity",
            "entity_id",
        ),
    ]);

/// `customer_entity_varchar`.
pub(crate) const CUSTOMER_ENTITY_VARCHAR: Table = Table::new("customer_entity_varchar", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::varchar("value", 255).nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CUSTOMER_ENTITY_VARCHAR_ENTITY_ID_ATTRIBUTE_ID",
        &["entity_id", "attribute_id"],
    )])
    .indexes(&[
        Key::new("CUSTOMER_ENTITY_VARCHAR_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new(
            "CUSTOMER_ENTITY_VARCHAR_ENTITY_ID_ATTRIBUTE_ID_VALUE",
            &["entity_id", "attribute_id", "value"],
        ),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CUSTOMER_ENTITY_VARCHAR_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CUSTOMER_ENTITY_VARCHAR_ENTITY_ID_CUSTOMER_ENTITY_ENTITY_ID",
            "entity_id",
            "customer_entity",
            "entity_id",
        ),
    ]);

/// `customer_log`.
pub(crate) const CUSTOMER_LOG: Table = Table::new("customer_log", "")
    .columns(&[
        Column::int("log_id").identity(),
        Column::int("customer_id"),
        Column::timestamp("last_login_at").nullable(),
        Column::timestamp("last_logout_at").nullable(),
    ])
    .primary_key(&["log_id"])
    .unique(&[Key::new("CUSTOMER_LOG_CUSTOMER_ID", &["customer_id"])]);

/// `customer_visitor`.
pub(crate) const CUSTOMER_VISITOR: Table = Table::new("customer_visitor", "")
    .columns(&[
        Column::bigint("visitor_id").unsigned().identity(),
        Column::int("customer_id").nullable(),
        Column::varchar("session_id", 1).nullable(),
        Column::timestamp("created_at").default_now(),
        Column::timestamp("last_visit_at").default_now().on_update_now(),
    ])
    .primary_key(&["visitor_id"])
    .indexes(&[
        Key::new("CUSTOMER_VISITOR_CUSTOMER_ID", &["customer_id"]),
        Key::new("CUSTOMER_VISITOR_LAST_VISIT_AT", &["last_visit_at"]),
    ]);
