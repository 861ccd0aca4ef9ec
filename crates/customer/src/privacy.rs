//! What a customer may ask for: everything that is kept about them, and that it is deleted.

use contract::{Result, Value};
use db::Session;
use eav::metadata::Metadata;
use store::Scopes;

use crate::repo;
use crate::repo::customer::CustomerRow;

/// Who is meant.
#[derive(Debug, Clone)]
pub enum Whom {
    /// The customer with this id.
    Id(i64),
    /// The customer with this e-mail address on a website; on any when none is named.
    Email(String, Option<i64>),
}

/// The customer that is meant.
///
/// # Errors
/// The database cannot be read.
pub async fn find(session: &mut Session, whom: &Whom) -> Result<Option<CustomerRow>> {
    match whom {
        Whom::Id(id) => repo::customer::by_id(session, *id).await,
        Whom::Email(email, website) => repo::customer::by_email(session, email, *website).await,
    }
}

/// Everything that is kept about a customer in the tables of customers and tokens, without password hash, tokens and
/// keys. `None` when there is no such customer. Orders, carts and reviews are not among these tables.
///
/// # Errors
/// The database cannot be read.
pub async fn export(session: &mut Session, metadata: &Metadata, whom: &Whom) -> Result<Option<Value>> {
    let Some(row) = find(session, whom).await? else {
        return Ok(None);
    };
    let parts = repo::privacy::everything(session, row.id).await?;
    let mut all: Vec<(String, Value)> = parts
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let values = repo::privacy::values(session, row.id).await?;
    let values = values.into_iter().map(|(entity, attribute, value)| {
        let types = ["customer", "customer_address"].into_iter();
        let found = types
            .filter_map(|code| metadata.entity_type(code).ok())
            .find_map(|kind| kind.attribute_by_id(attribute));
        let code = found.map_or_else(|| attribute.to_string(), |found| found.code.clone());
        object([
            ("entity_id", Value::from(entity)),
            ("attribute", Value::from(code)),
            ("value", value),
        ])
    });
    all.push(("attributes".to_owned(), values.collect::<Vec<_>>().into()));
    let traces = identity::sign_in_traces(session, row.id, &row.email).await?;
    let tokens = object([
        ("failed_requests", Value::from(traces.failures)),
        ("given_at", Value::from(traces.tokens)),
        (
            "void_before",
            traces.revoked_before.map_or(Value::Null, Value::from),
        ),
    ]);
    all.push(("tokens".to_owned(), tokens));
    Ok(Some(Value::Object(all.into_iter().collect())))
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.into_iter().map(|(name, value)| (name.to_owned(), value));
    Value::Object(members.collect())
}

/// Deletes a customer and everything that is kept about them, and voids their tokens; the id of the customer, `None`
/// when there is none. `second` is the present in Unix time. The caller commits.
///
/// # Errors
/// The database refuses.
pub async fn erase(session: &mut Session, scopes: &Scopes, whom: &Whom, second: i64) -> Result<Option<i64>> {
    session.begin().await?;
    let Some(row) = find(session, whom).await? else {
        return Ok(None);
    };
    let stores = row.website_id.map(|website| scopes.views_of_website(website));
    identity::forget_sign_ins(session, row.id, &row.email, second).await?;
    repo::privacy::delete_by_email(session, &row.email, &stores.unwrap_or_default()).await?;
    repo::privacy::delete(session, row.id).await?;
    Ok(Some(row.id))
}
