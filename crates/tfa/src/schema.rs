//! The tables of the second factor, as Magento's module has them. A Magento with the module switched off has none.

use db::schema::{Column, ForeignKey, Key, Table};

/// All tables of this crate.
pub const TABLES: &[&Table] = &[&TFA_USER_CONFIG, &TFA_COUNTRY_CODES];

/// `tfa_user_config`.
pub const TFA_USER_CONFIG: Table = Table::new("tfa_user_config", "tfa_user_config")
    .columns(&[
        Column::int("config_id").unsigned().identity(),
        Column::int("user_id").unsigned(),
        Column::text("encoded_providers").nullable(),
        Column::text("encoded_config").nullable(),
        Column::varchar("default_provider", 255).nullable(),
    ])
    .primary_key(&["config_id"])
    .foreign_keys(&[ForeignKey::cascade(
        "TFA_USER_CONFIG_USER_ID_ADMIN_USER_USER_ID",
        "user_id",
        "admin_user",
        "user_id",
    )]);

/// `tfa_country_codes`: dial codes for Authy, which is not served; empty in a new installation.
pub const TFA_COUNTRY_CODES: Table = Table::new("tfa_country_codes", "tfa_country_codes")
    .columns(&[
        Column::int("country_id").unsigned().identity(),
        Column::varchar("code", 2),
        Column::varchar("name", 255),
        Column::varchar("dial_code", 255),
    ])
    .primary_key(&["country_id"])
    .indexes(&[Key::new("TFA_COUNTRY_CODES_CODE", &["code"])]);
