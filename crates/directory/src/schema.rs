//! The directory tables, as Magento has them.

use db::schema::{Column, ForeignKey, Key, Table};

/// All tables of this crate.
pub const TABLES: &[&Table] = &[
    &DIRECTORY_COUNTRY,
    &DIRECTORY_COUNTRY_FORMAT,
    &DIRECTORY_COUNTRY_REGION,
    &DIRECTORY_COUNTRY_REGION_NAME,
    &DIRECTORY_CURRENCY_RATE,
];

/// `directory_country`.
pub const DIRECTORY_COUNTRY: Table = Table::new("directory_country", "")
    .columns(&[
        Column::varchar("country_id", 2),
        Column::varchar("iso2_code", 2).nullable(),
        Column::varchar("iso3_code", 3).nullable(),
    ])
    .primary_key(&["country_id"]);

/// `directory_country_format`.
pub const DIRECTORY_COUNTRY_FORMAT: Table = Table::new("directory_country_format", "")
    .columns(&[
        Column::int("country_format_id").unsigned().identity(),
        Column::varchar("country_id", 2).nullable(),
        Column::varchar("type", 30).nullable(),
        Column::text("format"),
    ])
    .primary_key(&["country_format_id"])
    .unique(&[Key::new(
        "DIRECTORY_COUNTRY_FORMAT_COUNTRY_ID_TYPE",
        &["country_id", "type"],
    )]);

/// `directory_country_region`.
pub const DIRECTORY_COUNTRY_REGION: Table = Table::new("directory_country_region", "")
    .columns(&[
        Column::int("region_id").unsigned().identity(),
        Column::varchar("country_id", 4).default("0"),
        Column::varchar("code", 32).nullable(),
        Column::varchar("default_name", 255).nullable(),
    ])
    .primary_key(&["region_id"])
    .indexes(&[Key::new("DIRECTORY_COUNTRY_REGION_COUNTRY_ID", &["country_id"])]);

/// `directory_country_region_name`.
pub const DIRECTORY_COUNTRY_REGION_NAME: Table = Table::new("directory_country_region_name", "")
    .columns(&[
        Column::varchar("locale", 16),
        Column::int("region_id").unsigned().default("0"),
        Column::varchar("name", 255).nullable(),
    ])
    .primary_key(&["locale", "region_id"])
    .indexes(&[Key::new(
        "DIRECTORY_COUNTRY_REGION_NAME_REGION_ID",
        &["region_id"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "DIR_COUNTRY_REGION_NAME_REGION_ID_DIR_COUNTRY_REGION_REGION_ID",
        "region_id",
        "directory_country_region",
        "region_id",
    )]);

/// `directory_currency_rate`.
pub const DIRECTORY_CURRENCY_RATE: Table = Table::new("directory_currency_rate", "")
    .columns(&[
        Column::varchar("currency_from", 3),
        Column::varchar("currency_to", 3),
        Column::decimal("rate", 24, 12).default("0.000000000000"),
    ])
    .primary_key(&["currency_from", "currency_to"])
    .indexes(&[Key::new("DIRECTORY_CURRENCY_RATE_CURRENCY_TO", &["currency_to"])]);
