//! `oauth_consumer`, `oauth_token` and `oauth_nonce`, for requests that are signed.

use db::{FromRow, Result, Row, Session, dialect, params};

/// An application with what its requests are signed with.
pub(crate) struct Consumer {
    pub(crate) id: i64,
    /// Encrypted.
    pub(crate) secret: String,
    /// The integration that the consumer belongs to, if that is active.
    pub(crate) integration_id: Option<i64>,
}

impl FromRow for Consumer {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            secret: row.get(1)?,
            integration_id: row.get(2)?,
        })
    }
}

/// A token of an application, in whichever state.
pub(crate) struct Token {
    pub(crate) consumer_id: Option<i64>,
    /// `verifier`, `request` or `access`.
    pub(crate) kind: String,
    /// Encrypted.
    pub(crate) secret: String,
    pub(crate) revoked: bool,
}

impl FromRow for Token {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            consumer_id: row.get(0)?,
            kind: row.get(1)?,
            secret: row.get(2)?,
            revoked: row.get::<i64>(3)? != 0,
        })
    }
}

/// The application with this key.
pub(crate) async fn consumer(session: &mut Session, key: &str) -> Result<Option<Consumer>> {
    let sql = "SELECT c.entity_id, c.secret, i.integration_id FROM {oauth_consumer} c \
               LEFT JOIN {integration} i ON i.consumer_id = c.entity_id AND i.status = 1 WHERE c.`key` = ?";
    session.fetch_optional(sql, params![key]).await
}

/// The token with this text.
pub(crate) async fn token(session: &mut Session, token: &str) -> Result<Option<Token>> {
    let sql = "SELECT consumer_id, type, secret, revoked FROM {oauth_token} WHERE token = ?";
    session.fetch_optional(sql, params![token]).await
}

/// Remembers a nonce; `false` when the application has used it before.
pub(crate) async fn use_nonce(
    session: &mut Session,
    consumer_id: i64,
    nonce: &str,
    timestamp: i64,
) -> Result<bool> {
    let columns = ["nonce", "timestamp", "consumer_id"];
    let sql = dialect::insert_ignore(session.engine(), "oauth_nonce", &columns);
    let done = session
        .execute(&sql, params![nonce, timestamp, consumer_id])
        .await?;
    Ok(done.rows > 0)
}

/// Forgets nonces of requests from before this time.
pub(crate) async fn forget_nonces(session: &mut Session, before: i64) -> Result<()> {
    let sql = "DELETE FROM {oauth_nonce} WHERE timestamp < ?";
    session.execute(sql, params![before]).await?;
    Ok(())
}
