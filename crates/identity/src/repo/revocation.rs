//! `jwt_auth_revoked`.

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
