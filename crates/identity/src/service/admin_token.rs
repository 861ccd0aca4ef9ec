//! `POST /V1/integration/admin/token` (`spec/auth.md §1`).
//!
//! The password is checked between two looks at the locks: a first one that spares the work, outside of any
//! transaction and without a connection of the pool; a second one in the transaction that writes the outcome,
//! where rows are locked. Guesses that were sent at the same time are so all counted, and a right one among
//! them gets no token once the lock is reached.

use std::sync::Arc;

use contract::{Cx, Result, operation};
use secrecy::SecretString;

use super::attempt::{Attempt as Requests, UserKind, is_storable, require_credentials};
use super::limits::Lockout;
use crate::access::{Identity, user_type};
use crate::error::Error;
use crate::password::{PasswordHash, Salt};
use crate::port::SecondFactor;
use crate::repo::admin_user::{self, AdminUser};
use crate::repo::revocation;
use crate::token::jwt::lifetime_minutes;

/// Longest name that an account can have, in characters (`admin_user.username`).
const NAME: usize = 40;

/// Creates an access token for an admin user.
#[operation("integrationAdminTokenServiceV1", "Access tokens of admin users.")]
#[route(POST "/V1/integration/admin/token" => "anonymous")]
pub(crate) async fn create_admin_access_token(
    cx: &mut Cx<'_>,
    username: String,
    password: String,
) -> Result<String> {
    let user_id = sign_in(cx, &username, password).await?;
    let second_factor = cx.service::<Arc<dyn SecondFactor>>()?.clone();
    second_factor.after_password(cx, user_id).await?;
    issue_token(cx, user_id).await
}

/// The first step of every way to a token of an admin user: checks name and password with all locks
/// (`spec/auth.md §1.4`), and records the outcome, which stays whatever the call does afterwards. The id of the user.
///
/// # Errors
/// One of the two is empty, or the refusal of the sign-in.
pub async fn sign_in(cx: &mut Cx<'_>, username: &str, password: String) -> Result<i64> {
    require_credentials(username, &password)?;
    let identity = cx.service::<Arc<Identity>>()?.clone();
    match check(cx, &identity, username, SecretString::from(password)).await {
        Ok(user_id) => {
            cx.session().commit().await?;
            Ok(user_id)
        }
        Err(error) => {
            if let Error::SignInFailed | Error::NoRole = error {
                // What a refusal leaves behind (counts, locks) stays, though the call fails.
                cx.session().commit().await?;
            }
            Err(error.into())
        }
    }
}

/// The last step: a token of a user who has shown all that is asked for.
///
/// # Errors
/// Signing fails.
pub async fn issue_token(cx: &mut Cx<'_>, user_id: i64) -> Result<String> {
    let identity = cx.service::<Arc<Identity>>()?.clone();
    identity.make_known(user_id).await;
    let minutes = lifetime_minutes(cx.default_config("webapi/jwtauth/admin_expiration").as_deref());
    Ok(identity.sign(user_id, user_type::ADMIN, cx.now().as_second(), minutes)?)
}

/// Checks name and password, and records the outcome; the id of the user.
async fn check(
    cx: &mut Cx<'_>,
    identity: &Identity,
    username: &str,
    password: SecretString,
) -> std::result::Result<i64, Error> {
    let attempt = Attempt {
        identity,
        requests: Requests::new(cx, UserKind::Admin, username),
        now: cx.now_text(),
        lockout: identity.strictness.api_lockout.then(|| Lockout::of_admins(cx)),
    };
    if attempt.requests.is_throttled(cx).await? {
        return Err(Error::SignInFailed);
    }
    let user = find(cx, username).await?;
    // Hashing waits for its turn: nobody else waits for our connection meanwhile.
    cx.session().release();
    let open = |user: &AdminUser| !user.has_expired(&attempt.now) && !attempt.is_locked(user);
    let user = match user {
        Some(user) if open(&user) => user,
        closed => {
            // As much work as a password costs, so that the time does not tell which names exist.
            identity.hasher.verify_dummy(password).await?;
            attempt.refuse_unread(cx, closed).await?;
            return Err(Error::SignInFailed);
        }
    };
    if !identity.hasher.verify(password.clone(), &user.password).await? {
        attempt.count_failure(cx, Some(user.id)).await?;
        return Err(Error::SignInFailed);
    }
    if !user.is_active {
        return Err(Error::SignInFailed);
    }
    if !user.has_role {
        return Err(Error::NoRole);
    }
    attempt.succeed(cx, &user, password).await?;
    Ok(user.id)
}

async fn find(cx: &mut Cx<'_>, username: &str) -> db::Result<Option<AdminUser>> {
    if !is_storable(username, NAME) {
        return Ok(None);
    }
    let exact = cx
        .default_config("admin/security/use_case_sensitive_login")
        .as_deref()
        == Some("1");
    let user = admin_user::find_by_username(cx.session(), username).await?;
    Ok(user.filter(|user| !exact || user.username == username))
}

/// One attempt to sign in.
struct Attempt<'a> {
    identity: &'a Identity,
    /// Those under the same name.
    requests: Requests,
    now: String,
    /// `None` when the account's lock-out is left to the Admin pages.
    lockout: Option<Lockout>,
}

impl Attempt<'_> {
    fn is_locked(&self, user: &AdminUser) -> bool {
        self.lockout.is_some() && user.lock.is_in_force(&self.now)
    }

    /// Records the refusal of a name that is unknown, or of an account that is expired or locked.
    async fn refuse_unread(
        &self,
        cx: &mut Cx<'_>,
        user: Option<AdminUser>,
    ) -> std::result::Result<(), Error> {
        match user {
            None => self.count_failure(cx, None).await,
            Some(user) if user.has_expired(&self.now) && user.is_active => {
                admin_user::deactivate(cx.session(), user.id).await?;
                let second = cx.now().as_second();
                Ok(revocation::revoke(cx.session(), user_type::ADMIN, user.id, second).await?)
            }
            // Neither an expired nor a locked account is counted against.
            Some(_) => Ok(()),
        }
    }

    /// Counts a failure against the name and, where the account exists, against the account.
    async fn count_failure(&self, cx: &mut Cx<'_>, user: Option<i64>) -> std::result::Result<(), Error> {
        cx.session().begin().await?;
        self.requests.count_failure(cx).await?;
        let (Some(user), Some(lockout)) = (user, &self.lockout) else {
            return Ok(());
        };
        // Read again, and held: failures at the same time are all counted, and no lock is overwritten.
        let lock = admin_user::lock_of(cx.session(), user).await?;
        if let Some(next) = lock.and_then(|lock| lockout.after_failure(lock, cx.now())) {
            admin_user::set_lock(cx.session(), user, &next).await?;
        }
        Ok(())
    }

    /// Records the success, unless a lock was reached while the password was checked.
    async fn succeed(
        &self,
        cx: &mut Cx<'_>,
        user: &AdminUser,
        password: SecretString,
    ) -> std::result::Result<(), Error> {
        // Hashed before the transaction begins: nobody else waits for it.
        let upgraded = if PasswordHash::parse(&user.password).needs_rehash() {
            let salt = Salt::generate(&mut |bytes| cx.random(bytes));
            Some(self.identity.hasher.hash(password, salt).await?)
        } else {
            None
        };
        cx.session().begin().await?;
        if self.requests.is_throttled(cx).await? {
            return Err(Error::SignInFailed);
        }
        self.requests.forget(cx).await?;
        let lock = admin_user::lock_of(cx.session(), user.id).await?;
        let locked = self.lockout.is_some() && lock.is_none_or(|lock| lock.is_in_force(&self.now));
        if locked {
            cx.session().rollback().await?;
            return Err(Error::SignInFailed);
        }
        admin_user::record_login(cx.session(), user.id, &self.now).await?;
        if self.lockout.is_some() {
            admin_user::unlock(cx.session(), user.id).await?;
        }
        if let Some(hash) = upgraded {
            admin_user::upgrade_hash(cx.session(), user.id, &user.password, &hash).await?;
        }
        Ok(())
    }
}
