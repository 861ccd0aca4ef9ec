//! `oauth_token`, for bearers.

use db::{FromRow, Result, Row, Session, params};

/// An opaque access token with what decides whether it counts.
pub(crate) struct OpaqueToken {
    pub(crate) user_type: Option<i64>,
    pub(crate) admin_id: Option<i64>,
    pub(crate) customer_id: Option<i64>,
    pub(crate) integration_id: Option<i64>,
    /// `YYYY-MM-DD HH:MM:SS`, UTC.
    pub(crate) created_at: String,
}

impl FromRow for OpaqueToken {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            user_type: row.get(0)?,
            admin_id: row.get(1)?,
            customer_id: row.get(2)?,
            integration_id: row.get(3)?,
            created_at: row.get(4)?,
        })
    }
}

/// The access token with this text, unless it is revoked.
pub(crate) async fn find(session: &mut Session, token: &str) -> Result<Option<OpaqueToken>> {
    let sql = "SELECT t.user_type, t.admin_id, t.customer_id, i.integration_id, t.created_at \
               FROM {oauth_token} t LEFT JOIN {integration} i ON i.consumer_id = t.consumer_id \
               WHERE t.token = ? AND t.type = 'access' AND t.revoked = 0";
    session.fetch_optional(sql, params![token]).await
}
