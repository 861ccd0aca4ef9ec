//! The tables of admin users, roles, integrations and tokens, as Magento has them.

use db::schema::{Column, ForeignKey, Key, Table};

/// All tables of this crate.
pub const TABLES: &[&Table] = &[
    &ADMIN_USER,
    &ADMIN_PASSWORDS,
    &ADMIN_USER_EXPIRATION,
    &AUTHORIZATION_ROLE,
    &AUTHORIZATION_RULE,
    &OAUTH_CONSUMER,
    &OAUTH_TOKEN,
    &OAUTH_NONCE,
    &INTEGRATION,
    &OAUTH_TOKEN_REQUEST_LOG,
    &JWT_AUTH_REVOKED,
];

/// `admin_user`.
pub const ADMIN_USER: Table = Table::new("admin_user", "")
    .columns(&[
        Column::int("user_id").unsigned().identity(),
        Column::varchar("firstname", 32).nullable(),
        Column::varchar("lastname", 32).nullable(),
        Column::varchar("email", 128).nullable(),
        Column::varchar("username", 40).nullable(),
        Column::varchar("password", 255),
        Column::timestamp("created").default_now(),
        Column::timestamp("modified").default_now().on_update_now(),
        Column::timestamp("logdate").nullable(),
        Column::smallint("lognum").unsigned().default("0"),
        Column::smallint("reload_acl_flag").default("0"),
        Column::smallint("is_active").default("1"),
        Column::text("extra").nullable(),
        Column::text("rp_token").nullable(),
        Column::timestamp("rp_token_created_at").nullable(),
        Column::varchar("interface_locale", 16).default("en_US"),
        Column::smallint("failures_num").nullable().default("0"),
        Column::timestamp("first_failure").nullable(),
        Column::timestamp("lock_expires").nullable(),
    ])
    .primary_key(&["user_id"])
    .unique(&[Key::new("ADMIN_USER_USERNAME", &["username"])]);

/// `admin_passwords`.
pub const ADMIN_PASSWORDS: Table = Table::new("admin_passwords", "")
    .columns(&[
        Column::int("password_id").unsigned().identity(),
        Column::int("user_id").unsigned().default("0"),
        Column::varchar("password_hash", 255).nullable(),
        Column::int("expires").unsigned().default("0"),
        Column::int("last_updated").unsigned().default("0"),
    ])
    .primary_key(&["password_id"])
    .indexes(&[Key::new("ADMIN_PASSWORDS_USER_ID", &["user_id"])])
    .foreign_keys(&[ForeignKey::cascade(
        "ADMIN_PASSWORDS_USER_ID_ADMIN_USER_USER_ID",
        "user_id",
        "admin_user",
        "user_id",
    )]);

/// `admin_user_expiration`.
pub const ADMIN_USER_EXPIRATION: Table = Table::new("admin_user_expiration", "")
    .columns(&[
        Column::int("user_id").unsigned(),
        Column::datetime("expires_at").default("0000-00-00 00:00:00"),
    ])
    .primary_key(&["user_id"])
    .foreign_keys(&[ForeignKey::cascade(
        "ADMIN_USER_EXPIRATION_USER_ID_ADMIN_USER_USER_ID",
        "user_id",
        "admin_user",
        "user_id",
    )]);

/// `authorization_role`.
pub const AUTHORIZATION_ROLE: Table = Table::new("authorization_role", "")
    .columns(&[
        Column::int("role_id").unsigned().identity(),
        Column::int("parent_id").unsigned().default("0"),
        Column::smallint("tree_level").unsigned().default("0"),
        Column::smallint("sort_order").unsigned().default("0"),
        Column::varchar("role_type", 1).default("0"),
        Column::int("user_id").unsigned().default("0"),
        Column::varchar("user_type", 16).nullable(),
        Column::varchar("role_name", 50).nullable(),
    ])
    .primary_key(&["role_id"])
    .indexes(&[
        Key::new(
            "AUTHORIZATION_ROLE_PARENT_ID_SORT_ORDER",
            &["parent_id", "sort_order"],
        ),
        Key::new("AUTHORIZATION_ROLE_TREE_LEVEL", &["tree_level"]),
    ]);

/// `authorization_rule`.
pub const AUTHORIZATION_RULE: Table = Table::new("authorization_rule", "")
    .columns(&[
        Column::int("rule_id").unsigned().identity(),
        Column::int("role_id").unsigned().default("0"),
        Column::varchar("resource_id", 255).nullable(),
        Column::varchar("privileges", 20).nullable(),
        Column::varchar("permission", 10).nullable(),
    ])
    .primary_key(&["rule_id"])
    .indexes(&[
        Key::new(
            "AUTHORIZATION_RULE_RESOURCE_ID_ROLE_ID",
            &["resource_id", "role_id"],
        ),
        Key::new(
            "AUTHORIZATION_RULE_ROLE_ID_RESOURCE_ID",
            &["role_id", "resource_id"],
        ),
    ])
    .foreign_keys(&[ForeignKey::cascade(
        "AUTHORIZATION_RULE_ROLE_ID_AUTHORIZATION_ROLE_ROLE_ID",
        "role_id",
        "authorization_role",
        "role_id",
    )]);

/// `oauth_consumer`.
pub const OAUTH_CONSUMER: Table = Table::new("oauth_consumer", "")
    .columns(&[
        Column::int("entity_id").unsigned().identity(),
        Column::timestamp("created_at").default_now(),
        Column::timestamp("updated_at")
            .nullable()
            .default("0000-00-00 00:00:00")
            .on_update_now(),
        Column::varchar("name", 255),
        Column::varchar("key", 32),
        Column::varchar("secret", 128),
        Column::text("callback_url").nullable(),
        Column::text("rejected_callback_url"),
    ])
    .primary_key(&["entity_id"])
    .unique(&[
        Key::new("OAUTH_CONSUMER_KEY", &["key"]),
        Key::new("OAUTH_CONSUMER_SECRET", &["secret"]),
    ])
    .indexes(&[
        Key::new("OAUTH_CONSUMER_CREATED_AT", &["created_at"]),
        Key::new("OAUTH_CONSUMER_UPDATED_AT", &["updated_at"]),
    ]);

/// `oauth_token`.
pub const OAUTH_TOKEN: Table = Table::new("oauth_token", "")
    .columns(&[
        Column::int("entity_id").unsigned().identity(),
        Column::int("consumer_id").unsigned().nullable(),
        Column::int("admin_id").unsigned().nullable(),
        Column::int("customer_id").unsigned().nullable(),
        Column::varchar("type", 16),
        Column::varchar("token", 32),
        Column::varchar("secret", 128),
        Column::varchar("verifier", 32).nullable(),
        Column::text("callback_url"),
        Column::smallint("revoked").unsigned().default("0"),
        Column::smallint("authorized").unsigned().default("0"),
        Column::int("user_type").nullable(),
        Column::timestamp("created_at").default_now(),
    ])
    .primary_key(&["entity_id"])
    .unique(&[Key::new("OAUTH_TOKEN_TOKEN", &["token"])])
    .indexes(&[
        Key::new("OAUTH_TOKEN_ADMIN_ID_ADMIN_USER_USER_ID", &["admin_id"]),
        Key::new(
            "OAUTH_TOKEN_CUSTOMER_ID_CUSTOMER_ENTITY_ENTITY_ID",
            &["customer_id"],
        ),
        Key::new("OAUTH_TOKEN_CONSUMER_ID", &["consumer_id"]),
        Key::new("OAUTH_TOKEN_CREATED_AT", &["created_at"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "OAUTH_TOKEN_ADMIN_ID_ADMIN_USER_USER_ID",
            "admin_id",
            "admin_user",
            "user_id",
        ),
        ForeignKey::cascade(
            "OAUTH_TOKEN_CONSUMER_ID_OAUTH_CONSUMER_ENTITY_ID",
            "consumer_id",
            "oauth_consumer",
            "entity_id",
        ),
        ForeignKey::cascade(
            "OAUTH_TOKEN_CUSTOMER_ID_CUSTOMER_ENTITY_ENTITY_ID",
            "customer_id",
            "customer_entity",
            "entity_id",
        ),
    ]);

/// `oauth_nonce`.
pub const OAUTH_NONCE: Table = Table::new("oauth_nonce", "")
    .columns(&[
        Column::varchar("nonce", 32),
        Column::int("timestamp").unsigned(),
        Column::int("consumer_id").unsigned(),
    ])
    .primary_key(&["nonce", "consumer_id"])
    .indexes(&[
        Key::new(
            "OAUTH_NONCE_CONSUMER_ID_OAUTH_CONSUMER_ENTITY_ID",
            &["consumer_id"],
        ),
        Key::new("OAUTH_NONCE_TIMESTAMP", &["timestamp"]),
    ])
    .foreign_keys(&[ForeignKey::cascade(
        "OAUTH_NONCE_CONSUMER_ID_OAUTH_CONSUMER_ENTITY_ID",
        "consumer_id",
        "oauth_consumer",
        "entity_id",
    )]);

/// `integration`.
pub const INTEGRATION: Table = Table::new("integration", "")
    .columns(&[
        Column::int("integration_id").unsigned().identity(),
        Column::varchar("name", 255),
        Column::varchar("email", 255),
        Column::varchar("endpoint", 255).nullable(),
        Column::smallint("status").unsigned(),
        Column::int("consumer_id").unsigned().nullable(),
        Column::timestamp("created_at").default_now(),
        Column::timestamp("updated_at").default_now().on_update_now(),
        Column::smallint("setup_type").unsigned().default("0"),
        Column::varchar("identity_link_url", 255).nullable(),
    ])
    .primary_key(&["integration_id"])
    .unique(&[
        Key::new("INTEGRATION_NAME", &["name"]),
        Key::new("INTEGRATION_CONSUMER_ID", &["consumer_id"]),
    ])
    .foreign_keys(&[ForeignKey::cascade(
        "INTEGRATION_CONSUMER_ID_OAUTH_CONSUMER_ENTITY_ID",
        "consumer_id",
        "oauth_consumer",
        "entity_id",
    )]);

/// `oauth_token_request_log`.
pub const OAUTH_TOKEN_REQUEST_LOG: Table = Table::new("oauth_token_request_log", "")
    .columns(&[
        Column::int("log_id").unsigned().identity(),
        Column::varchar("user_name", 255),
        Column::smallint("user_type").unsigned(),
        Column::smallint("failures_count")
            .unsigned()
            .nullable()
            .default("0"),
        Column::timestamp("lock_expires_at")
            .default_now()
            .on_update_now_or_set(),
    ])
    .primary_key(&["log_id"])
    .unique(&[Key::new(
        "OAUTH_TOKEN_REQUEST_LOG_USER_NAME_USER_TYPE",
        &["user_name", "user_type"],
    )]);

/// `jwt_auth_revoked`.
pub const JWT_AUTH_REVOKED: Table = Table::new("jwt_auth_revoked", "")
    .columns(&[
        Column::int("user_type_id").unsigned(),
        Column::int("user_id").unsigned(),
        Column::bigint("revoke_before").unsigned(),
    ])
    .primary_key(&["user_type_id", "user_id"]);
