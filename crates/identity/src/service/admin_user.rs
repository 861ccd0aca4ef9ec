//! Making and unlocking admin users, for the command line (`spec/auth.md §6.5`).

use contract::{Clock, Random, column_time};
use db::Session;
use secrecy::{ExposeSecret, SecretString};

use crate::access::user_type;
use crate::password::{Hasher, HasherError, Salt, rules};
use crate::repo::admin_user::{self, KnownAdmin, NewAdminUser};
use crate::repo::{revocation, token_request};

/// An admin user to be made.
pub struct AdminAccount {
    /// User name.
    pub username: String,
    /// Password.
    pub password: SecretString,
    /// E-mail.
    pub email: String,
    /// First name.
    pub firstname: String,
    /// Last name.
    pub lastname: String,
}

/// Why an admin user could not be made or unlocked.
#[derive(Debug, thiserror::Error)]
pub enum AdminUserError {
    /// The values break rules; one text for each.
    #[error("{}", .0.join("\n"))]
    Invalid(Vec<String>),
    /// The role `Administrators` is missing.
    #[error("No administrators role was found, data fixture needs to be run")]
    NoAdministrators,
    /// Hashing failed.
    #[error(transparent)]
    Hasher(#[from] HasherError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Makes an administrator, or updates the one that has both this name and this e-mail. The caller commits.
///
/// # Errors
/// The values break rules, or belong to somebody else.
pub async fn create_admin_user(
    session: &mut Session,
    account: &AdminAccount,
    hasher: &Hasher,
    clock: &dyn Clock,
    random: &dyn Random,
) -> Result<(), AdminUserError> {
    let mut faults = rules::user(
        &account.username,
        &account.firstname,
        &account.lastname,
        &account.email,
    );
    faults.extend(
        rules::password(account.password.expose_secret())
            .into_iter()
            .map(ToOwned::to_owned),
    );
    if !faults.is_empty() {
        return Err(AdminUserError::Invalid(faults));
    }
    let existing = existing(session, account).await?;
    let salt = Salt::generate(&mut |bytes| random.fill(bytes));
    let hash = hasher.hash(account.password.clone(), salt).await?;
    let user = NewAdminUser {
        username: &account.username,
        firstname: &account.firstname,
        lastname: &account.lastname,
        email: &account.email,
        hash: &hash,
    };
    let now = clock.now();
    let id = match existing {
        Some(id) => {
            admin_user::update(session, id, &user).await?;
            id
        }
        None => admin_user::insert(session, &user, &column_time(now)).await?,
    };
    admin_user::remember_hash(session, id, &hash, now.as_second()).await?;
    let role = admin_user::administrators(session)
        .await?
        .ok_or(AdminUserError::NoAdministrators)?;
    admin_user::assign_role(session, id, role, &account.username).await?;
    Ok(())
}

/// The id of the user to update, if there is one.
async fn existing(session: &mut Session, account: &AdminAccount) -> Result<Option<i64>, AdminUserError> {
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let found = admin_user::same_name_or_email(session, &account.username, &account.email).await?;
    let both = |username: &str, email: &str| same(username, &account.username) && same(email, &account.email);
    if let Some((id, ..)) = found.iter().find(|(_, username, email)| both(username, email)) {
        if same(account.password.expose_secret(), &account.username) {
            return Err(AdminUserError::Invalid(vec![rules::SAME_AS_NAME.to_owned()]));
        }
        return Ok(Some(*id));
    }
    let Some((_, username, _)) = found.first() else {
        return Ok(None);
    };
    let other = if same(username, &account.username) {
        "given username but different email"
    } else {
        "given email but different username"
    };
    Err(AdminUserError::Invalid(vec![format!(
        "An existing user has the {other}. Username and email both need to match an existing user or both be new."
    )]))
}

/// What unlocking did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlocked {
    /// The account or its API lock was open before: nothing to do.
    WasOpen,
    /// It was locked, and is not any more.
    Opened,
    /// There is no such user.
    Unknown,
}

/// Clears both locks of an admin user: that of the account and that of token requests. The caller commits.
///
/// # Errors
/// The database fails.
pub async fn unlock_admin_user(session: &mut Session, username: &str) -> db::Result<Unlocked> {
    let Some(user) = admin_user::find_by_username(session, username).await? else {
        return Ok(Unlocked::Unknown);
    };
    let account = admin_user::unlock(session, user.id).await?;
    let requests = token_request::forget(session, username, token_request::ADMIN).await?;
    Ok(if account || requests {
        Unlocked::Opened
    } else {
        Unlocked::WasOpen
    })
}

/// An admin user by id. Inside a transaction nobody else can hold the user at the same time: what belongs to one
/// user is changed by one call after another.
///
/// # Errors
/// The database cannot be read.
pub async fn hold_admin_user(session: &mut Session, id: i64) -> db::Result<Option<KnownAdmin>> {
    admin_user::known(session, id).await
}

/// An admin user by name.
///
/// # Errors
/// The database cannot be read.
pub async fn admin_user_by_name(session: &mut Session, username: &str) -> db::Result<Option<KnownAdmin>> {
    admin_user::known_by_name(session, username).await
}

/// Voids all tokens of an admin user issued at or before `second` (Unix time). The caller commits.
///
/// # Errors
/// The database fails.
pub async fn revoke_admin_tokens(session: &mut Session, user_id: i64, second: i64) -> db::Result<()> {
    revocation::revoke(session, user_type::ADMIN, user_id, second).await
}

/// Whether there is any admin user.
///
/// # Errors
/// The database cannot be read.
pub async fn has_admin_user(session: &mut Session) -> db::Result<bool> {
    admin_user::exists(session).await
}

/// Opens a transaction in which nobody else can ask the same, and tells whether there is no admin user yet.
///
/// # Errors
/// The database cannot be read.
pub async fn begin_first_admin_user(session: &mut Session) -> db::Result<bool> {
    session.begin().await?;
    // One process at a time: on MySQL by this row's lock, on SQLite the transaction is enough.
    admin_user::administrators(session).await?;
    Ok(!admin_user::exists(session).await?)
}

/// Inserts the stock role `Administrators` with its rule.
///
/// # Errors
/// The database refuses, for example because there is such a row already.
pub async fn install(session: &mut Session) -> db::Result<()> {
    admin_user::insert_administrators(session).await
}
