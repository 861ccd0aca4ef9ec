//! `password_reset_request_event`: requests for new passwords, so that they can be limited.

use contract::Result;
use db::{Session, params};

/// `request_type` of customers.
const CUSTOMER: i64 = 0;

/// How many requests there were for an account since `since`, and when the last one was (UTC).
pub(crate) async fn since(
    session: &mut Session,
    reference: &str,
    since: &str,
) -> Result<(i64, Option<String>)> {
    let sql = "SELECT COUNT(*), MAX(created_at) FROM {password_reset_request_event} \
               WHERE request_type = ? AND account_reference = ? AND created_at > ?";
    Ok(session
        .fetch_one(sql, params![CUSTOMER, reference, since])
        .await?)
}

/// Records a request.
pub(crate) async fn record(session: &mut Session, reference: &str, ip: &str, now: &str) -> Result<()> {
    let sql = "INSERT INTO {password_reset_request_event} (request_type, account_reference, created_at, ip) \
               VALUES (?, ?, ?, ?)";
    session
        .execute(sql, params![CUSTOMER, reference, now, ip])
        .await?;
    Ok(())
}

/// Deletes the requests for an account that are older than `before`; Magento has a cron job for it.
pub(crate) async fn clean_up(session: &mut Session, reference: &str, before: &str) -> Result<()> {
    let sql = "DELETE FROM {password_reset_request_event} \
               WHERE request_type = ? AND account_reference = ? AND created_at <= ?";
    session.execute(sql, params![CUSTOMER, reference, before]).await?;
    Ok(())
}
