//! The list of customers that the admin shows.

use db::schema::{Column, Key, Table};

/// `customer_grid_flat`.
pub(crate) const CUSTOMER_GRID_FLAT: Table = Table::new("customer_grid_flat", "")
    .columns(&[
        Column::int("entity_id").unsigned(),
        Column::text("name").nullable(),
        Column::varchar("email", 255).nullable(),
        Column::int("group_id").nullable(),
        Column::timestamp("created_at").nullable(),
        Column::int("website_id").nullable(),
        Column::varchar("confirmation", 255).nullable(),
        Column::text("created_in").nullable(),
        Column::date("dob").nullable(),
        Column::int("gender").nullable(),
        Column::varchar("taxvat", 255).nullable(),
        Column::timestamp("lock_expires").nullable(),
        Column::text("shipping_full").nullable(),
        Column::text("billing_full").nullable(),
        Column::varchar("billing_firstname", 255).nullable(),
        Column::varchar("billing_lastname", 255).nullable(),
        Column::varchar("billing_telephone", 255).nullable(),
        Column::varchar("billing_postcode", 255).nullable(),
        Column::varchar("billing_country_id", 255).nullable(),
        Column::varchar("billing_region", 255).nullable(),
        Column::int("billing_region_id").nullable(),
        Column::varchar("billing_street", 255).nullable(),
        Column::varchar("billing_city", 255).nullable(),
        Column::varchar("billing_fax", 255).nullable(),
        Column::varchar("billing_vat_id", 255).nullable(),
        Column::varchar("billing_company", 255).nullable(),
    ])
    .primary_key(&["entity_id"])
    .indexes(&[
        Key::new("CUSTOMER_GRID_FLAT_GROUP_ID", &["group_id"]),
        Key::new("CUSTOMER_GRID_FLAT_CREATED_AT", &["created_at"]),
        Key::new("CUSTOMER_GRID_FLAT_WEBSITE_ID", &["website_id"]),
        Key::new("CUSTOMER_GRID_FLAT_CONFIRMATION", &["confirmation"]),
        Key::new("CUSTOMER_GRID_FLAT_DOB", &["dob"]),
        Key::new("CUSTOMER_GRID_FLAT_GENDER", &["gender"]),
        Key::new("CUSTOMER_GRID_FLAT_BILLING_COUNTRY_ID", &["billing_country_id"]),
    ])
    .fulltext(&[Key::new(
        "FTI_8746F705702DD5F6D45B8C7CE7FE9F2F",
        &[
            "name",
            "email",
            "created_in",
            "taxvat",
            "shipping_full",
            "billing_full",
            "billing_firstname",
            "billing_lastname",
            "billing_telephone",
            "billing_postcode",
            "billing_region",
            "billing_city",
            "billing_fax",
            "billing_company",
        ],
    )]);
