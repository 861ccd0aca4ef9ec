//! What every provider begins and ends with.

use std::sync::Arc;

use contract::{Cx, Result};
use identity::KnownAdmin;

use super::{nonce, two_factor};
use crate::error::Error;
use crate::guard::{Guard, Limits};
use crate::user_config::UserConfig;
use crate::{TwoFactor, provider, recovery, tfat};

/// A user with their configuration, held until the transaction ends.
pub(super) struct Held {
    pub(super) two_factor: Arc<TwoFactor>,
    pub(super) user: KnownAdmin,
    pub(super) config: UserConfig,
    pub(super) guard: Guard,
}

impl Held {
    /// Holds a user; `None` when there is no such user in service.
    pub(super) async fn user(cx: &mut Cx<'_>, user_id: i64) -> Result<Option<Self>> {
        let two_factor = two_factor(cx)?;
        cx.session().begin().await?;
        let user = identity::hold_admin_user(cx.session(), user_id).await?;
        let Some(user) = user.filter(|user| user.is_active) else {
            return Ok(None);
        };
        let config = UserConfig::load(cx.session(), &two_factor.keys, user_id).await?;
        Ok(Some(Self {
            guard: config.guard(),
            two_factor,
            user,
            config,
        }))
    }

    /// Writes what has changed.
    pub(super) async fn save(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.config.set_guard(&self.guard)?;
        let nonce = nonce(cx);
        let keys = &self.two_factor.keys;
        Ok(self.config.save(cx.session(), keys, nonce).await?)
    }

    /// Goes on unless wrong codes have locked the user.
    pub(super) fn unless_locked(self, cx: &Cx<'_>) -> Result<Self> {
        if self.guard.is_locked(cx.now().as_second()) {
            return Err(Error::Locked.into());
        }
        Ok(self)
    }

    /// Counts a wrong second factor, which stays though the call fails.
    ///
    /// # Errors
    /// Always: the given one.
    pub(super) async fn fail<T>(mut self, cx: &mut Cx<'_>, error: Error) -> Result<T> {
        let config = |path: &str| cx.default_config(path);
        let limits = Limits::new(
            config("twofactorauth/general/twofactorauth_retry").as_deref(),
            config("twofactorauth/general/auth_lock_expire").as_deref(),
        );
        self.guard.count_failure(limits, cx.now().as_second());
        self.save(cx).await?;
        cx.session().commit().await?;
        tracing::warn!(user = self.user.username, "a wrong second factor");
        Err(error.into())
    }

    /// Gives the token for a recovery code, which is used up.
    pub(super) async fn recover(mut self, cx: &mut Cx<'_>, code: &str) -> Result<String> {
        if recovery::take(&mut self.guard, code) {
            self.succeed(cx).await
        } else {
            self.fail(cx, Error::InvalidCode).await
        }
    }

    /// Records that the second factor was right, and gives the token.
    pub(super) async fn succeed(mut self, cx: &mut Cx<'_>) -> Result<String> {
        self.guard.succeed();
        self.save(cx).await?;
        cx.session().commit().await?;
        identity::issue_token(cx, self.user.id).await
    }
}

/// Both checks before a second factor is looked at: name and password, then whether the user has the provider
/// (`spec/auth.md §4.5`) and is not locked. The user is held.
pub(super) async fn with_password(
    cx: &mut Cx<'_>,
    username: &str,
    password: String,
    code: &str,
) -> Result<Held> {
    let held = signed_in(cx, username, password).await?;
    if !provider::is_forced(cx, code) {
        return Err(Error::NotAllowed.into());
    }
    if !held.config.is_active(code) {
        return Err(Error::NotConfigured.into());
    }
    held.unless_locked(cx)
}

/// The user of a name and password, held.
pub(super) async fn signed_in(cx: &mut Cx<'_>, username: &str, password: String) -> Result<Held> {
    let user_id = identity::sign_in(cx, username, password).await?;
    Ok(Held::user(cx, user_id).await?.ok_or(Error::Locked)?)
}

/// The user of a tfat who is about to configure a provider. The user is held.
///
/// Magento looks at the signature last, and so tells strangers what others have configured.
pub(super) async fn with_tfat(cx: &mut Cx<'_>, token: &str, code: &str) -> Result<Held> {
    let Some(held) = tfat_user(cx, token).await? else {
        return Err(Error::BadTfat.into());
    };
    if !provider::is_forced(cx, code) {
        return Err(Error::NotAllowed.into());
    }
    if held.config.is_active(code) {
        return Err(Error::AlreadyConfigured.into());
    }
    Ok(held)
}

/// The user of a tfat, held; `None` when it is not valid.
pub(super) async fn tfat_user(cx: &mut Cx<'_>, token: &str) -> Result<Option<Held>> {
    let two_factor = two_factor(cx)?;
    let Some(tfat) = tfat::verify(&two_factor.keys, token, cx.now().as_second()) else {
        return Ok(None);
    };
    let held = Held::user(cx, tfat.user_id).await?;
    Ok(held.filter(|held| !held.guard.voids(tfat.issued)))
}
