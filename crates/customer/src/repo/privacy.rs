//! Everything that is kept about one customer.

use contract::{Result, Value};
use db::{FromRow, Row, Session, params};

/// A cell of any type.
struct Cells(Vec<Value>);

impl FromRow for Cells {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let mut cells = Vec::new();
        // A row says how long it is by having no more cells.
        while let Some(cell) = cell(row, cells.len()) {
            cells.push(cell);
        }
        Ok(Self(cells))
    }
}

fn cell(row: &Row<'_>, at: usize) -> Option<Value> {
    let text = row
        .get::<Option<String>>(at)
        .map(|cell| cell.map_or(Value::Null, Value::from));
    let number = |_| {
        row.get::<Option<i64>>(at)
            .map(|cell| cell.map_or(Value::Null, Value::from))
    };
    let decimal = |_| {
        let cell = row.get::<Option<rust_decimal::Decimal>>(at);
        cell.map(|cell| cell.map_or(Value::Null, |number| number.to_string().into()))
    };
    text.or_else(number).or_else(decimal).ok()
}

/// A part of what is kept: its name, its table, the columns that are told, the column of the customer's id.
struct Part {
    name: &'static str,
    table: &'static str,
    columns: &'static [&'static str],
    key: &'static str,
}

/// The customer's own row, without what only signs in: hash, tokens and keys.
const OWN: Part = Part {
    name: "customer",
    table: "{customer_entity}",
    columns: &[
        "entity_id",
        "website_id",
        "email",
        "group_id",
        "increment_id",
        "store_id",
        "created_at",
        "updated_at",
        "is_active",
        "disable_auto_group_change",
        "created_in",
        "prefix",
        "firstname",
        "middlename",
        "lastname",
        "suffix",
        "dob",
        "default_billing",
        "default_shipping",
        "taxvat",
        "gender",
        "failures_num",
        "first_failure",
        "lock_expires",
        "session_cutoff",
        "rp_token_created_at",
    ],
    key: "entity_id",
};

/// What else has the customer's id.
const PARTS: &[Part] = &[
    Part {
        name: "addresses",
        table: "{customer_address_entity}",
        columns: &[
            "entity_id",
            "increment_id",
            "created_at",
            "updated_at",
            "is_active",
            "city",
            "company",
            "country_id",
            "fax",
            "firstname",
            "lastname",
            "middlename",
            "postcode",
            "prefix",
            "region",
            "region_id",
            "street",
            "suffix",
            "telephone",
            "vat_id",
            "vat_is_valid",
            "vat_request_date",
            "vat_request_id",
            "vat_request_success",
        ],
        key: "parent_id",
    },
    Part {
        name: "newsletter",
        table: "{newsletter_subscriber}",
        columns: &[
            "store_id",
            "subscriber_email",
            "subscriber_status",
            "change_status_at",
        ],
        key: "customer_id",
    },
    Part {
        name: "sign_ins",
        table: "{customer_log}",
        columns: &["last_login_at", "last_logout_at"],
        key: "customer_id",
    },
    Part {
        name: "visits",
        table: "{customer_visitor}",
        columns: &["created_at", "last_visit_at"],
        key: "customer_id",
    },
];

impl Part {
    /// The rows of a customer as objects.
    async fn rows(&self, session: &mut Session, customer_id: i64) -> Result<Vec<Value>> {
        let mut sql = String::from("SELECT ");
        sql.push_str(&self.columns.join(", "));
        sql.push_str(" FROM ");
        sql.push_str(self.table);
        sql.push_str(" WHERE ");
        sql.push_str(self.key);
        sql.push_str(" = ? ORDER BY 1");
        let rows: Vec<Cells> = session.fetch_all(&sql, params![customer_id]).await?;
        let object = |row: Cells| {
            let names = self.columns.iter().map(|name| (*name).to_owned());
            Value::Object(names.zip(row.0).collect())
        };
        Ok(rows.into_iter().map(object).collect())
    }
}

/// The customer's row and what else has the customer's id, by name.
pub(crate) async fn everything(
    session: &mut Session,
    customer_id: i64,
) -> Result<Vec<(&'static str, Value)>> {
    let own = OWN.rows(session, customer_id).await?;
    let mut all = vec![(OWN.name, own.into_iter().next().unwrap_or_default())];
    for part in PARTS {
        all.push((part.name, Value::Array(part.rows(session, customer_id).await?)));
    }
    Ok(all)
}

/// Values of attributes: entity, attribute, value.
pub(crate) type AttributeValue = (i64, i64, Value);

/// The value tables of customers and addresses.
const VALUES: [(&str, &str); 10] = [
    ("{customer_entity_varchar}", OF_CUSTOMER),
    ("{customer_entity_int}", OF_CUSTOMER),
    ("{customer_entity_decimal}", OF_CUSTOMER),
    ("{customer_entity_text}", OF_CUSTOMER),
    ("{customer_entity_datetime}", OF_CUSTOMER),
    ("{customer_address_entity_varchar}", OF_ADDRESSES),
    ("{customer_address_entity_int}", OF_ADDRESSES),
    ("{customer_address_entity_decimal}", OF_ADDRESSES),
    ("{customer_address_entity_text}", OF_ADDRESSES),
    ("{customer_address_entity_datetime}", OF_ADDRESSES),
];

const OF_CUSTOMER: &str = "= ?";
const OF_ADDRESSES: &str = "IN (SELECT a.entity_id FROM {customer_address_entity} a WHERE a.parent_id = ?)";

/// The values of further attributes, of the customer and of the addresses.
pub(crate) async fn values(session: &mut Session, customer_id: i64) -> Result<Vec<AttributeValue>> {
    let mut all = Vec::new();
    for (table, whose) in VALUES {
        let mut sql = String::from("SELECT entity_id, attribute_id, value FROM ");
        sql.push_str(table);
        sql.push_str(" WHERE entity_id ");
        sql.push_str(whose);
        sql.push_str(" ORDER BY entity_id, attribute_id");
        let rows: Vec<Cells> = session.fetch_all(&sql, params![customer_id]).await?;
        for row in rows {
            if let [entity, attribute, value] = row.0.as_slice() {
                let id = |value: &Value| value.as_i64().unwrap_or_default();
                all.push((id(entity), id(attribute), value.clone()));
            }
        }
    }
    Ok(all)
}

/// Deletes what does not go with the customer's row by itself.
const TRACES: [&str; 4] = [
    "DELETE FROM {customer_log} WHERE customer_id = ?",
    "DELETE FROM {customer_visitor} WHERE customer_id = ?",
    "DELETE FROM {customer_grid_flat} WHERE entity_id = ?",
    "DELETE FROM {newsletter_subscriber} WHERE customer_id = ?",
];

/// Deletes a customer with everything that is kept: addresses and values go with the row.
pub(crate) async fn delete(session: &mut Session, customer_id: i64) -> Result<()> {
    for sql in TRACES {
        session.execute(sql, params![customer_id]).await?;
    }
    let sql = "DELETE FROM {customer_entity} WHERE entity_id = ?";
    session.execute(sql, params![customer_id]).await?;
    Ok(())
}

/// Deletes what is kept under an e-mail address alone: requests for new passwords, and subscriptions from before the
/// account in these store views.
pub(crate) async fn delete_by_email(session: &mut Session, email: &str, stores: &[i64]) -> Result<()> {
    let sql = "DELETE FROM {password_reset_request_event} WHERE request_type = 0 AND account_reference = ?";
    session.execute(sql, params![email]).await?;
    for store in stores {
        let sql = "DELETE FROM {newsletter_subscriber} \
                   WHERE customer_id = 0 AND subscriber_email = ? AND store_id = ?";
        session.execute(sql, params![email, *store]).await?;
    }
    Ok(())
}
