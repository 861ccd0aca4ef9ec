//! `admin_user`, `admin_passwords`, and the rows of `authorization_role` that belong to users.

use db::{FromRow, Result, Row, Session, params};

use crate::service::limits::Lock;

/// An admin user as the sign-in sees it.
pub(crate) struct AdminUser {
    pub(crate) id: i64,
    pub(crate) username: String,
    pub(crate) password: String,
    pub(crate) is_active: bool,
    pub(crate) lock: Lock,
    expires_at: Option<String>,
    pub(crate) has_role: bool,
}

impl AdminUser {
    /// Whether the account has expired at `now`.
    pub(crate) fn has_expired(&self, now: &str) -> bool {
        self.expires_at.as_deref().is_some_and(|expires| expires <= now)
    }
}

impl FromRow for AdminUser {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.named("user_id")?,
            username: row.named::<Option<String>>("username")?.unwrap_or_default(),
            password: row.named("password")?,
            is_active: row.named::<i64>("is_active")? == 1,
            lock: Lock::from_row(row)?,
            expires_at: row.named("expires_at")?,
            has_role: row.named::<i64>("roles")? > 0,
        })
    }
}

/// An admin user as other domains know one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAdmin {
    /// `user_id`.
    pub id: i64,
    /// User name.
    pub username: String,
    /// E-mail.
    pub email: String,
    /// First name.
    pub firstname: String,
    /// Last name.
    pub lastname: String,
    /// Whether the account is in service.
    pub is_active: bool,
}

impl FromRow for KnownAdmin {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let text = |name| row.named::<Option<String>>(name).map(Option::unwrap_or_default);
        Ok(Self {
            id: row.named("user_id")?,
            username: text("username")?,
            email: text("email")?,
            firstname: text("firstname")?,
            lastname: text("lastname")?,
            is_active: row.named::<i64>("is_active")? == 1,
        })
    }
}

const KNOWN: &str = "SELECT user_id, username, email, firstname, lastname, is_active FROM {admin_user} ";

/// A user by id. Inside a transaction the row is held.
pub(crate) async fn known(session: &mut Session, id: i64) -> Result<Option<KnownAdmin>> {
    let hold = if session.in_transaction() {
        db::dialect::for_update(session.engine())
    } else {
        ""
    };
    let sql = KNOWN.to_owned() + "WHERE user_id = ?" + hold;
    session.fetch_optional(&sql, params![id]).await
}

/// A user by name, as the column's collation compares.
pub(crate) async fn known_by_name(session: &mut Session, username: &str) -> Result<Option<KnownAdmin>> {
    let sql = KNOWN.to_owned() + "WHERE username = ?";
    session.fetch_optional(&sql, params![username]).await
}

/// The user with this name, as the column's collation compares.
pub(crate) async fn find_by_username(session: &mut Session, username: &str) -> Result<Option<AdminUser>> {
    let sql = "SELECT u.user_id, u.username, u.password, u.is_active, u.failures_num, u.first_failure, \
                      u.lock_expires, e.expires_at, \
                      (SELECT COUNT(*) FROM {authorization_role} r WHERE r.user_id = u.user_id \
                          AND r.user_type = '2' AND r.role_type = 'U') AS roles \
               FROM {admin_user} u LEFT JOIN {admin_user_expiration} e ON e.user_id = u.user_id \
               WHERE u.username = ?";
    session.fetch_optional(sql, params![username]).await
}

/// Whether there is any user.
pub(crate) async fn exists(session: &mut Session) -> Result<bool> {
    let users: i64 = session
        .fetch_one("SELECT COUNT(*) FROM {admin_user}", params![])
        .await?;
    Ok(users > 0)
}

/// Records a successful sign-in: its time and number.
pub(crate) async fn record_login(session: &mut Session, id: i64, now: &str) -> Result<()> {
    let sql = "UPDATE {admin_user} SET logdate = ?, \
               lognum = CASE WHEN lognum < 65535 THEN lognum + 1 ELSE lognum END WHERE user_id = ?";
    session.execute(sql, params![now, id]).await?;
    Ok(())
}

/// The lock-out columns, held until the transaction ends; `None` when the user is gone.
pub(crate) async fn lock_of(session: &mut Session, id: i64) -> Result<Option<Lock>> {
    let sql = "SELECT failures_num, first_failure, lock_expires FROM {admin_user} WHERE user_id = ?"
        .to_owned()
        + db::dialect::for_update(session.engine());
    session.fetch_optional(&sql, params![id]).await
}

/// Sets the lock-out columns.
pub(crate) async fn set_lock(session: &mut Session, id: i64, lock: &Lock) -> Result<()> {
    let sql =
        "UPDATE {admin_user} SET failures_num = ?, first_failure = ?, lock_expires = ? WHERE user_id = ?";
    let values = params![
        lock.failures,
        lock.first_failure.clone(),
        lock.expires.clone(),
        id
    ];
    session.execute(sql, values).await?;
    Ok(())
}

/// Zeroes the lock-out columns; whether they were set.
pub(crate) async fn unlock(session: &mut Session, id: i64) -> Result<bool> {
    let sql = "UPDATE {admin_user} SET failures_num = 0, first_failure = NULL, lock_expires = NULL \
               WHERE user_id = ? AND (failures_num <> 0 OR first_failure IS NOT NULL OR lock_expires IS NOT NULL)";
    Ok(session.execute(sql, params![id]).await?.rows > 0)
}

/// Replaces the stored hash by one of the same password, unless it has been replaced meanwhile.
pub(crate) async fn upgrade_hash(session: &mut Session, id: i64, old: &str, hash: &str) -> Result<()> {
    let sql = "UPDATE {admin_user} SET password = ? WHERE user_id = ? AND password = ?";
    session.execute(sql, params![hash, id, old]).await?;
    Ok(())
}

/// Takes a user out of service.
pub(crate) async fn deactivate(session: &mut Session, id: i64) -> Result<()> {
    session
        .execute(
            "UPDATE {admin_user} SET is_active = 0 WHERE user_id = ?",
            params![id],
        )
        .await?;
    Ok(())
}

/// Name and e-mail of the users that have one of them.
pub(crate) async fn same_name_or_email(
    session: &mut Session,
    username: &str,
    email: &str,
) -> Result<Vec<(i64, String, String)>> {
    let sql = "SELECT user_id, COALESCE(username, ''), COALESCE(email, '') FROM {admin_user} \
               WHERE username = ? OR email = ? ORDER BY user_id";
    session.fetch_all(sql, params![username, email]).await
}

/// What an admin user is made of.
pub(crate) struct NewAdminUser<'a> {
    pub(crate) username: &'a str,
    pub(crate) firstname: &'a str,
    pub(crate) lastname: &'a str,
    pub(crate) email: &'a str,
    pub(crate) hash: &'a str,
}

/// Inserts a user; its id.
pub(crate) async fn insert(session: &mut Session, user: &NewAdminUser<'_>, now: &str) -> Result<i64> {
    let sql = "INSERT INTO {admin_user} (firstname, lastname, email, username, password, created, modified, is_active) \
               VALUES (?, ?, ?, ?, ?, ?, ?, 1)";
    let values = params![
        user.firstname,
        user.lastname,
        user.email,
        user.username,
        user.hash,
        now,
        now
    ];
    Ok(session.execute(sql, values).await?.last_id)
}

/// Replaces name, password and state of a user.
pub(crate) async fn update(session: &mut Session, id: i64, user: &NewAdminUser<'_>) -> Result<()> {
    let sql =
        "UPDATE {admin_user} SET firstname = ?, lastname = ?, password = ?, is_active = 1 WHERE user_id = ?";
    session
        .execute(sql, params![user.firstname, user.lastname, user.hash, id])
        .await?;
    Ok(())
}

/// Keeps a hash for the re-use check.
pub(crate) async fn remember_hash(session: &mut Session, id: i64, hash: &str, now: i64) -> Result<()> {
    let sql =
        "INSERT INTO {admin_passwords} (user_id, password_hash, expires, last_updated) VALUES (?, ?, 0, ?)";
    session.execute(sql, params![id, hash, now]).await?;
    Ok(())
}

/// The id of the role that may do everything. Inside a transaction its row is held.
pub(crate) async fn administrators(session: &mut Session) -> Result<Option<i64>> {
    let hold = if session.in_transaction() {
        db::dialect::for_update(session.engine())
    } else {
        ""
    };
    let sql = "SELECT role_id FROM {authorization_role} WHERE parent_id = 0 AND tree_level = 1 \
               AND role_type = 'G' AND user_id = 0 AND user_type = '2' AND role_name = 'Administrators'"
        .to_owned()
        + hold;
    session.fetch_optional(&sql, params![]).await
}

/// Puts a user into a role, unless it is in one.
pub(crate) async fn assign_role(session: &mut Session, user_id: i64, role: i64, name: &str) -> Result<()> {
    let found: i64 = session
        .fetch_one(
            "SELECT COUNT(*) FROM {authorization_role} WHERE user_id = ? AND user_type = '2' AND role_type = 'U'",
            params![user_id],
        )
        .await?;
    if found == 0 {
        let sql = "INSERT INTO {authorization_role} \
                   (parent_id, tree_level, sort_order, role_type, user_id, user_type, role_name) \
                   VALUES (?, 2, 0, 'U', ?, '2', ?)";
        session.execute(sql, params![role, user_id, name]).await?;
    }
    Ok(())
}

/// Inserts the stock role and its one rule.
pub(crate) async fn insert_administrators(session: &mut Session) -> Result<()> {
    let role = "INSERT INTO {authorization_role} \
                (role_id, parent_id, tree_level, sort_order, role_type, user_id, user_type, role_name) \
                VALUES (1, 0, 1, 1, 'G', 0, '2', 'Administrators')";
    session.execute(role, params![]).await?;
    let rule = "INSERT INTO {authorization_rule} (rule_id, role_id, resource_id, privileges, permission) \
                VALUES (1, 1, 'Magento_Backend::all', NULL, 'allow')";
    session.execute(rule, params![]).await?;
    Ok(())
}
