//! What signing in reads and writes: locks, last sign-ins, groups that a website shuts out.

use contract::Result;
use contract::port::CustomerAccount;
use db::{FromRow, Row, Session, dialect, params};
use identity::Lock;

/// The columns that calls of a customer need.
struct AccountRow(CustomerAccount);

impl FromRow for AccountRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self(CustomerAccount {
            website_id: row.get::<Option<i64>>(0)?.unwrap_or_default(),
            store_id: row.get::<Option<i64>>(1)?.unwrap_or_default(),
            group_id: row.get(2)?,
        }))
    }
}

/// The account of a customer who is not out of service.
pub(crate) async fn account(session: &mut Session, id: i64) -> Result<Option<CustomerAccount>> {
    let sql =
        "SELECT website_id, store_id, group_id FROM {customer_entity} WHERE entity_id = ? AND is_active = 1";
    let found: Option<AccountRow> = session.fetch_optional(sql, params![id]).await?;
    Ok(found.map(|row| row.0))
}

/// The lock-out columns, held until the transaction ends; `None` when the customer is gone.
pub(crate) async fn lock_of(session: &mut Session, id: i64) -> Result<Option<Lock>> {
    let sql = "SELECT failures_num, first_failure, lock_expires FROM {customer_entity} WHERE entity_id = ?"
        .to_owned()
        + dialect::for_update(session.engine());
    Ok(session.fetch_optional(&sql, params![id]).await?)
}

/// Sets the lock-out columns.
pub(crate) async fn set_lock(session: &mut Session, id: i64, lock: &Lock) -> Result<()> {
    let sql = "UPDATE {customer_entity} SET failures_num = ?, first_failure = ?, lock_expires = ? WHERE entity_id = ?";
    let values = params![
        lock.failures,
        lock.first_failure.clone(),
        lock.expires.clone(),
        id
    ];
    session.execute(sql, values).await?;
    Ok(())
}

/// Zeroes the lock-out columns, if they are set.
pub(crate) async fn unlock(session: &mut Session, id: i64) -> Result<()> {
    let sql = "UPDATE {customer_entity} SET failures_num = 0, first_failure = NULL, lock_expires = NULL \
               WHERE entity_id = ? \
               AND (failures_num <> 0 OR first_failure IS NOT NULL OR lock_expires IS NOT NULL)";
    session.execute(sql, params![id]).await?;
    Ok(())
}

/// Replaces the stored hash by one of the same password, unless it has been replaced meanwhile.
pub(crate) async fn upgrade_hash(session: &mut Session, id: i64, old: &str, hash: &str) -> Result<()> {
    let sql = "UPDATE {customer_entity} SET password_hash = ? WHERE entity_id = ? AND password_hash = ?";
    session.execute(sql, params![hash, id, old]).await?;
    Ok(())
}

/// Records a sign-in: `customer_log`.
pub(crate) async fn record_login(session: &mut Session, id: i64, now: &str) -> Result<()> {
    let sql = dialect::upsert(
        session.engine(),
        "customer_log",
        &["customer_id", "last_login_at"],
        &["customer_id"],
        &["last_login_at"],
    );
    session.execute(&sql, params![id, now]).await?;
    Ok(())
}

/// Whether the customer has ever signed in.
pub(crate) async fn has_signed_in(session: &mut Session, id: i64) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM {customer_log} WHERE customer_id = ? AND last_login_at IS NOT NULL";
    let found: i64 = session.fetch_one(sql, params![id]).await?;
    Ok(found > 0)
}

/// Whether customers of the group are shut out from a website (`customer_group_excluded_website`).
pub(crate) async fn is_shut_out(session: &mut Session, group_id: i64, website_id: i64) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM {customer_group_excluded_website} \
               WHERE customer_group_id = ? AND website_id = ?";
    let found: i64 = session.fetch_one(sql, params![group_id, website_id]).await?;
    Ok(found > 0)
}
