//! What the holder of a tfat may see.

use contract::{Cx, Result, operation};

use super::providers;
use super::steps::tfat_user;
use crate::data::Provider;
use crate::error::Error;

/// Lists the providers of the configuration token's user.
#[operation("twoFactorAuthTfatActionsV1", "What a configuration token opens.")]
#[route(GET "/V1/tfa/tfat-user-providers" => "anonymous")]
pub(crate) async fn get_user_providers(cx: &mut Cx<'_>, tfa_token: String) -> Result<Vec<Provider>> {
    tfat_user(cx, &tfa_token).await?.ok_or(Error::BadToken)?;
    Ok(providers::forced(cx))
}

/// Lists the providers that the configuration token's user has yet to configure.
#[operation("twoFactorAuthTfatActionsV1")]
#[route(GET "/V1/tfa/tfat-providers-to-activate" => "anonymous")]
pub(crate) async fn get_providers_to_activate(cx: &mut Cx<'_>, tfa_token: String) -> Result<Vec<Provider>> {
    let held = tfat_user(cx, &tfa_token).await?.ok_or(Error::BadToken)?;
    Ok(providers::to_activate(cx, &held.config))
}
