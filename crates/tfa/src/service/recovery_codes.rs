//! Recovery codes over REST. Magento has no such routes.

use contract::{Caller, Cx, Error as CallError, Result, operation};

use super::steps::{Held, signed_in};
use crate::error::Error;
use crate::recovery;

/// Makes ten new recovery codes for the administrator who calls, in place of the old ones; they are shown this once.
/// Asks for the password again.
#[operation("magnetiteTwoFactorRecoveryCodesV1", "Recovery codes of a second factor.")]
#[route(POST "/V1/magnetite/two-factor/recovery-codes" => "anonymous")]
pub(crate) async fn create(cx: &mut Cx<'_>, password: String) -> Result<Vec<String>> {
    let mut held = again(cx, password).await?;
    let codes = recovery::renew(&mut held.guard, &mut |bytes| cx.random(bytes));
    held.save(cx).await?;
    tracing::info!(user = held.user.username, "new recovery codes");
    Ok(codes)
}

/// Gives a token for name, password and a recovery code, which is used up: for who has lost every provider.
#[operation("magnetiteTwoFactorRecoveryCodesV1")]
#[route(POST "/V1/magnetite/two-factor/recovery-codes/authenticate" => "anonymous")]
pub(crate) async fn authenticate(
    cx: &mut Cx<'_>,
    username: String,
    password: String,
    code: String,
) -> Result<String> {
    let held = signed_in(cx, &username, password).await?.unless_locked(cx)?;
    // What has not the form of a code is a wrong one.
    held.recover(cx, &recovery::normal(&code).unwrap_or_default())
        .await
}

/// The administrator who calls, held, who has given the password once more: a token that was stolen is not enough to
/// change the second factor.
pub(super) async fn again(cx: &mut Cx<'_>, password: String) -> Result<Held> {
    let Caller::Admin(id) = cx.caller() else {
        return Err(CallError::not_authorized_for("Magento_Backend::admin"));
    };
    let known = identity::hold_admin_user(cx.session(), id).await?;
    let known = known.ok_or(Error::Locked)?;
    identity::sign_in(cx, &known.username, password).await?;
    Ok(Held::user(cx, id).await?.ok_or(Error::Locked)?)
}
