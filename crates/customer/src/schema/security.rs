//! `password_reset_request_event`.

use db::schema::{Column, Key, Table};

/// `password_reset_request_event`.
pub(crate) const PASSWORD_RESET_REQUEST_EVENT: Table = Table::new("password_reset_request_event", "")
    .columns(&[
        Column::int("id").unsigned().identity(),
        Column::smallint("request_type").unsigned(),
        Column::varchar("account_reference", 255).nullable(),
        Column::timestamp("created_at").default_now(),
        Column::varchar("ip", 15),
    ])
    .primary_key(&["id"])
    .indexes(&[
        Key::new(
            "PASSWORD_RESET_REQUEST_EVENT_ACCOUNT_REFERENCE",
            &["account_reference"],
        ),
        Key::new("PASSWORD_RESET_REQUEST_EVENT_CREATED_AT", &["created_at"]),
    ]);
