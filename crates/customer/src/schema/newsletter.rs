//! Newsletter subscriptions.

use db::schema::{Column, ForeignKey, Key, OnDelete, Table};

/// `newsletter_subscriber`.
pub(crate) const NEWSLETTER_SUBSCRIBER: Table = Table::new("newsletter_subscriber", "")
    .columns(&[
        Column::int("subscriber_id").unsigned().identity(),
        Column::smallint("store_id").unsigned().nullable().default("0"),
        Column::timestamp("change_status_at").nullable(),
        Column::int("customer_id").unsigned().default("0"),
        Column::varchar("subscriber_email", 150).nullable(),
        Column::int("subscriber_status").default("0"),
        Column::varchar("subscriber_confirm_code", 32)
            .nullable()
            .default("NULL"),
    ])
    .primary_key(&["subscriber_id"])
    .indexes(&[
        Key::new("NEWSLETTER_SUBSCRIBER_CUSTOMER_ID", &["customer_id"]),
        Key::new("NEWSLETTER_SUBSCRIBER_STORE_ID", &["store_id"]),
        Key::new("NEWSLETTER_SUBSCRIBER_SUBSCRIBER_EMAIL", &["subscriber_email"]),
    ])
    .foreign_keys(&[ForeignKey::new(
        "NEWSLETTER_SUBSCRIBER_STORE_ID_STORE_STORE_ID",
        "store_id",
        "store",
        "store_id",
        OnDelete::SetNull,
    )]);
