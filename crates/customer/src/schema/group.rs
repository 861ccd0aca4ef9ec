//! Customer groups.

use db::schema::{Column, Key, Table};

/// `customer_group`.
pub(crate) const CUSTOMER_GROUP: Table = Table::new("customer_group", "")
    .columns(&[
        Column::int("customer_group_id").unsigned().identity(),
        Column::varchar("customer_group_code", 32),
        Column::int("tax_class_id").unsigned().default("0"),
    ])
    .primary_key(&["customer_group_id"]);

/// `customer_group_excluded_website`.
pub(crate) const CUSTOMER_GROUP_EXCLUDED_WEBSITE: Table = Table::new("customer_group_excluded_website", "")
    .columns(&[
        Column::int("entity_id").unsigned().identity(),
        Column::int("customer_group_id").unsigned(),
        Column::smallint("website_id").unsigned(),
    ])
    .primary_key(&["entity_id"])
    .indexes(&[Key::new(
        "CUSTOMER_GROUP_EXCLUDED_WEBSITE_CUSTOMER_GROUP_ID_WEBSITE_ID",
        &["customer_group_id", "website_id"],
    )]);
