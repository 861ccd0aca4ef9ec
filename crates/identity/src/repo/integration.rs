//! `integration` with the rows that belong to it: consumer, token, role and rules.

use db::{FromRow, Param, Result, Row, Session, bulk, params};

/// An integration in a list.
pub(crate) struct IntegrationRow {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) status: i64,
    pub(crate) consumer_id: Option<i64>,
    pub(crate) created_at: String,
}

impl FromRow for IntegrationRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            status: row.get(2)?,
            consumer_id: row.get(3)?,
            created_at: row.get(4)?,
        })
    }
}

/// All integrations by id.
pub(crate) async fn all(session: &mut Session) -> Result<Vec<IntegrationRow>> {
    let sql = "SELECT integration_id, name, status, consumer_id, created_at FROM {integration} ORDER BY integration_id";
    session.fetch_all(sql, params![]).await
}

/// The integration with this name.
pub(crate) async fn by_name(session: &mut Session, name: &str) -> Result<Option<IntegrationRow>> {
    let sql =
        "SELECT integration_id, name, status, consumer_id, created_at FROM {integration} WHERE name = ?";
    session.fetch_optional(sql, params![name]).await
}

/// Adds an active integration without an application yet, and gives its id.
pub(crate) async fn insert(session: &mut Session, name: &str, email: &str, now: &str) -> Result<i64> {
    let sql =
        "INSERT INTO {integration} (name, email, status, created_at, updated_at) VALUES (?, ?, 1, ?, ?)";
    Ok(session
        .execute(sql, params![name, email, now, now])
        .await?
        .last_id)
}

/// Adds the application of an integration, with its encrypted secret, and gives its id.
pub(crate) async fn insert_consumer(
    session: &mut Session,
    integration_id: i64,
    key: &str,
    secret: &str,
    now: &str,
) -> Result<i64> {
    let sql = "INSERT INTO {oauth_consumer} (created_at, name, `key`, secret, rejected_callback_url) \
               VALUES (?, ?, ?, ?, '')";
    let name = ["Integration", &integration_id.to_string()].concat();
    let consumer = session
        .execute(sql, params![now, name, key, secret])
        .await?
        .last_id;
    let sql = "UPDATE {integration} SET consumer_id = ? WHERE integration_id = ?";
    session.execute(sql, params![consumer, integration_id]).await?;
    Ok(consumer)
}

/// Adds an access token with its encrypted secret.
pub(crate) async fn insert_access_token(
    session: &mut Session,
    consumer_id: i64,
    [token, secret, verifier]: [&str; 3],
    now: &str,
) -> Result<()> {
    let sql = "INSERT INTO {oauth_token} \
               (consumer_id, type, token, secret, verifier, callback_url, revoked, authorized, user_type, created_at) \
               VALUES (?, 'access', ?, ?, ?, 'oob', 0, 0, 1, ?)";
    session
        .execute(sql, params![consumer_id, token, secret, verifier, now])
        .await?;
    Ok(())
}

/// Gives an integration a role of its own with these rules: resource and whether it is allowed.
pub(crate) async fn insert_role(
    session: &mut Session,
    integration_id: i64,
    rules: &[(&str, bool)],
) -> Result<()> {
    let sql = "INSERT INTO {authorization_role} \
               (parent_id, tree_level, sort_order, role_type, user_id, user_type, role_name) \
               VALUES (0, 1, 0, 'U', ?, '1', ?)";
    let name = ["1", &integration_id.to_string()].concat();
    let role = session.execute(sql, params![integration_id, name]).await?.last_id;
    let mut values = Vec::with_capacity(rules.len() * 3);
    for (resource, allowed) in rules {
        let permission = if *allowed { "allow" } else { "deny" };
        values.extend([Param::from(role), Param::from(*resource), Param::from(permission)]);
    }
    let columns = ["role_id", "resource_id", "permission"];
    bulk::insert(session, "authorization_rule", &columns, &values).await
}

/// Removes an integration with all that belongs to it.
pub(crate) async fn delete(session: &mut Session, integration: &IntegrationRow) -> Result<()> {
    let sql = "DELETE FROM {authorization_role} WHERE user_type = '1' AND role_type = 'U' AND user_id = ?";
    session.execute(sql, params![integration.id]).await?;
    let sql = "DELETE FROM {integration} WHERE integration_id = ?";
    session.execute(sql, params![integration.id]).await?;
    // Tokens and nonces go with it.
    let sql = "DELETE FROM {oauth_consumer} WHERE entity_id = ?";
    session.execute(sql, params![integration.consumer_id]).await?;
    Ok(())
}
