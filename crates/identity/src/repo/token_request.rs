//! `oauth_token_request_log`: failed token requests by user name (`spec/auth.md §1.7`).

use db::{Db, Result, Session, params};

/// `user_type` of admin users in this table; elsewhere they are 2.
pub(crate) const ADMIN: i64 = 3;

/// `user_type` of customers in this table; elsewhere they are 3.
pub(crate) const CUSTOMER: i64 = 2;

/// Failures of a name whose lock has not run out at `now`. Inside a transaction the row is held.
pub(crate) async fn failures(session: &mut Session, name: &str, user_type: i64, now: &str) -> Result<i64> {
    let hold = if session.in_transaction() {
        db::dialect::for_update(session.engine())
    } else {
        ""
    };
    let sql = "SELECT failures_count FROM {oauth_token_request_log} \
               WHERE user_name = ? AND user_type = ? AND lock_expires_at > ?"
        .to_owned()
        + hold;
    let found: Option<Option<i64>> = session
        .fetch_optional(&sql, params![name, user_type, now])
        .await?;
    Ok(found.flatten().unwrap_or_default())
}

/// Counts a failure, from 1 again when the last lock has run out, and restarts the clock.
pub(crate) async fn record_failure(
    session: &mut Session,
    name: &str,
    user_type: i64,
    now: &str,
    lock_expires_at: &str,
) -> Result<()> {
    // MySQL assigns from left to right: the count still sees the old time.
    let update = "UPDATE {oauth_token_request_log} SET \
                  failures_count = CASE WHEN lock_expires_at <= ? THEN 1 \
                      WHEN failures_count < 32767 THEN failures_count + 1 ELSE failures_count END, \
                  lock_expires_at = ? WHERE user_name = ? AND user_type = ?";
    let values = params![now, lock_expires_at, name, user_type];
    if session.execute(update, values).await?.rows > 0 {
        return Ok(());
    }
    let insert = db::dialect::insert_ignore(
        session.engine(),
        "oauth_token_request_log",
        &["user_name", "user_type", "failures_count", "lock_expires_at"],
    );
    if session
        .execute(&insert, params![name, user_type, 1, lock_expires_at])
        .await?
        .rows
        == 0
    {
        // Another request was first.
        session
            .execute(update, params![now, lock_expires_at, name, user_type])
            .await?;
    }
    Ok(())
}

/// Deletes what has run out at `now`, if there is any.
pub(crate) async fn clean_up(db: &Db, now: &str) -> Result<()> {
    let mut session = db.session();
    let find = "SELECT COUNT(*) FROM {oauth_token_request_log} WHERE lock_expires_at <= ?";
    if session.fetch_one::<i64>(find, params![now]).await? > 0 {
        session
            .execute(
                "DELETE FROM {oauth_token_request_log} WHERE lock_expires_at <= ?",
                params![now],
            )
            .await?;
        session.commit().await?;
    }
    Ok(())
}

/// Forgets the failures of a name; whether there were any.
pub(crate) async fn forget(session: &mut Session, name: &str, user_type: i64) -> Result<bool> {
    let sql = "DELETE FROM {oauth_token_request_log} WHERE user_name = ? AND user_type = ?";
    Ok(session.execute(sql, params![name, user_type]).await?.rows > 0)
}
