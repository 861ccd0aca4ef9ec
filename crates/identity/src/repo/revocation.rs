//! `jwt_auth_revoked`, and the opaque tokens that go with a revocation.

use db::{Result, Session, params};

/// Voids all tokens of a user issued at or before `before` (Unix seconds).
pub(crate) async fn revoke(session: &mut Session, user_type: i64, user_id: i64, before: i64) -> Result<()> {
    let sql = db::dialect::upsert(
        session.engine(),
        "jwt_auth_revoked",
        &["user_type_id", "user_id", "revoke_before"],
        &["user_type_id", "user_id"],
        &["revoke_before"],
    );
    session.execute(&sql, params![user_type, user_id, before]).await?;
    Ok(())
}

/// The second up to which a user's tokens are void, if any are. Inside a transaction the row is held.
pub(crate) async fn before(session: &mut Session, user_type: i64, user_id: i64) -> Result<Option<i64>> {
    let hold = if session.in_transaction() {
        db::dialect::for_update(session.engine())
    } else {
        ""
    };
    let sql = "SELECT revoke_before FROM {jwt_auth_revoked} WHERE user_type_id = ? AND user_id = ?"
        .to_owned()
        + hold;
    session.fetch_optional(&sql, params![user_type, user_id]).await
}

/// Deletes the opaque tokens of a customer.
pub(crate) async fn forget_opaque_of_customer(session: &mut Session, customer_id: i64) -> Result<()> {
    let sql = "DELETE FROM {oauth_token} WHERE customer_id = ? AND consumer_id IS NULL";
    session.execute(sql, params![customer_id]).await?;
    Ok(())
}

/// When the opaque tokens of a customer were given.
pub(crate) async fn opaque_of_customer(session: &mut Session, customer_id: i64) -> Result<Vec<String>> {
    let sql = "SELECT created_at FROM {oauth_token} WHERE customer_id = ? AND consumer_id IS NULL \
               ORDER BY entity_id";
    session.fetch_all(sql, params![customer_id]).await
}
