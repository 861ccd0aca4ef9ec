//! `POST /V1/integration/admin/token` (`spec/auth.md §1`).

use std::sync::Arc;

use contract::{Cx, Error as CallError, Result, operation};
use secrecy::SecretString;

use crate::access::{Identity, user_type};
use crate::clock;
use crate::error::Error;
use crate::password::{PasswordHash, Salt};
use crate::repo::admin_user::{self, AdminUser};
use crate::repo::{revocation, token_request};
use crate::token::jwt::lifetime_minutes;

/// Longest name that fits `oauth_token_request_log.user_name`.
const NAME_LENGTH: usize = 255;

/// Creates an access token for an admin user.
#[operation("integrationAdminTokenServiceV1", "Access tokens of admin users.")]
#[route(POST "/V1/integration/admin/token" => "anonymous")]
pub(crate) async fn create_admin_access_token(
    cx: &mut Cx<'_>,
    username: String,
    password: String,
) -> Result<String> {
    let empty = [("username", &username), ("password", &password)];
    let missing: Vec<_> = empty
        .into_iter()
        .filter(|(_, value)| value.is_empty())
        .map(|(name, _)| name)
        .collect();
    if !missing.is_empty() {
        return Err(CallError::required(missing));
    }
    let identity = cx.service::<Arc<Identity>>()?.clone();
    let token = sign_in(cx, &identity, &username, SecretString::from(password)).await;
    if let Err(Error::SignInFailed | Error::NoRole) = token {
        // What a refusal leaves behind (counts, locks) stays, though the call fails.
        cx.session().commit().await?;
    }
    Ok(token?)
}

async fn sign_in(
    cx: &mut Cx<'_>,
    identity: &Identity,
    username: &str,
    password: SecretString,
) -> std::result::Result<String, Error> {
    let now = clock::text(cx.now());
    let name = log_name(username);
    let most = number(cx, "oauth/authentication_lock/max_failures_count", 6);
    let failures = token_request::failures(cx.session(), &name, token_request::ADMIN, &now).await?;
    if most > 0 && failures >= most {
        return Err(Error::SignInFailed);
    }
    let user = match storable(username) {
        true => admin_user::find_by_username(cx.session(), username).await?,
        false => None,
    };
    let user = user.filter(|user| {
        user.username == username
            || cx
                .default_config("admin/security/use_case_sensitive_login")
                .as_deref()
                != Some("1")
    });
    let Some(user) = user else {
        identity.hasher.verify_dummy(password).await?;
        count_failure(cx, identity, &name, None).await?;
        return Err(Error::SignInFailed);
    };
    if user.expires_at.as_ref().is_some_and(|expires| *expires <= now) {
        admin_user::deactivate(cx.session(), user.id).await?;
        let second = cx.now().as_second();
        revocation::revoke(cx.session(), user_type::ADMIN, user.id, second).await?;
        return Err(Error::SignInFailed);
    }
    if identity.strictness.api_lockout && user.lock_expires.as_ref().is_some_and(|until| *until > now) {
        // As much work as a password costs, so that the time does not tell that the name exists.
        identity.hasher.verify_dummy(password).await?;
        return Err(Error::SignInFailed);
    }
    if !identity.hasher.verify(password.clone(), &user.password).await? {
        count_failure(cx, identity, &name, Some(&user)).await?;
        return Err(Error::SignInFailed);
    }
    if !user.is_active {
        return Err(Error::SignInFailed);
    }
    if !user.has_role {
        return Err(Error::NoRole);
    }
    succeed(cx, identity, &user, &name, password).await
}

async fn succeed(
    cx: &mut Cx<'_>,
    identity: &Identity,
    user: &AdminUser,
    name: &str,
    password: SecretString,
) -> std::result::Result<String, Error> {
    // Hashed before the transaction begins: nobody else waits for it.
    let upgraded = if PasswordHash::parse(&user.password).needs_rehash() {
        let salt = Salt::generate(&mut |bytes| cx.random(bytes));
        Some(identity.hasher.hash(password, salt).await?)
    } else {
        None
    };
    let now = clock::text(cx.now());
    admin_user::record_login(cx.session(), user.id, &now).await?;
    if let Some(hash) = upgraded {
        admin_user::upgrade_hash(cx.session(), user.id, &hash).await?;
    }
    token_request::forget(cx.session(), name, token_request::ADMIN).await?;
    identity.make_known(user.id).await;
    let minutes = lifetime_minutes(cx.default_config("webapi/jwtauth/admin_expiration").as_deref());
    identity.sign(user.id, user_type::ADMIN, cx.now().as_second(), minutes)
}

/// Counts a failure against the name and, where the account exists, against the account.
async fn count_failure(
    cx: &mut Cx<'_>,
    identity: &Identity,
    name: &str,
    user: Option<&AdminUser>,
) -> std::result::Result<(), Error> {
    let now = clock::text(cx.now());
    let lock = clock::text_after(cx.now(), number(cx, "oauth/authentication_lock/timeout", 1800));
    token_request::record_failure(cx.session(), name, token_request::ADMIN, &now, &lock).await?;
    let Some(user) = user.filter(|_| identity.strictness.api_lockout) else {
        return Ok(());
    };
    let most = number(cx, "admin/security/lockout_failures", 6);
    let minutes = number(cx, "admin/security/lockout_threshold", 30);
    if most <= 0 || minutes <= 0 {
        return Ok(());
    }
    let window = clock::text_after(cx.now(), -60 * minutes);
    let recent = user
        .first_failure
        .as_ref()
        .filter(|first| user.failures > 0 && **first > window);
    let failures = if recent.is_some() {
        user.failures.saturating_add(1).min(32_767)
    } else {
        1
    };
    let first = recent.unwrap_or(&now);
    let until = (failures >= most).then(|| clock::text_after(cx.now(), 60 * minutes));
    admin_user::record_failure(cx.session(), user.id, failures, first, until.as_deref()).await?;
    Ok(())
}

fn number(cx: &Cx<'_>, path: &str, fallback: i64) -> i64 {
    match cx.default_config(path) {
        Some(text) => text.trim().parse().unwrap_or(0),
        None => fallback,
    }
}

/// Whether a column of Magento's tables can hold the text: their characters have three bytes at most, and
/// MySQL refuses even to compare them with longer ones.
fn storable(text: &str) -> bool {
    text.chars().all(|c| c <= '\u{ffff}')
}

/// The name as the log's column can hold it: 255 characters.
fn log_name(username: &str) -> String {
    username
        .chars()
        .take(NAME_LENGTH)
        .map(|c| if c > '\u{ffff}' { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_length_fit_the_log() {
        assert_eq!(log_name(&"ä".repeat(1000)).chars().count(), 255);
        assert_eq!(log_name("a😀b"), "a\u{fffd}b");
    }
}
