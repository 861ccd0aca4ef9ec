//! The routes of administrators: `/V1/tfa/…` (`spec/auth.md §4.4`).

use contract::{Cx, Error as CallError, Result, operation};

use super::steps::Held;
use super::two_factor;
use crate::data::Provider;
use crate::error::Error;
use crate::provider;
use crate::user_config::UserConfig;

/// Lists all providers, those that are off too.
#[operation("twoFactorAuthTfaV1", "Providers of a second factor.")]
#[route(GET "/V1/tfa/installed-providers" => "Magento_TwoFactorAuth::tfa")]
pub(crate) async fn get_all_providers(cx: &mut Cx<'_>) -> Result<Vec<Provider>> {
    Ok(provider::all().map(|info| Provider::of(cx, info)).collect())
}

/// Lists the providers that every administrator has to use.
#[operation("twoFactorAuthTfaV1")]
#[route(GET "/V1/tfa/forced-providers" => "Magento_TwoFactorAuth::tfa")]
pub(crate) async fn get_forced_providers(cx: &mut Cx<'_>) -> Result<Vec<Provider>> {
    Ok(forced(cx))
}

/// Lists the providers of an administrator.
#[operation("twoFactorAuthTfaV1")]
#[route(GET "/V1/tfa/user-providers/:userId" => "Magento_TwoFactorAuth::tfa")]
pub(crate) async fn get_user_providers(cx: &mut Cx<'_>, user_id: i64) -> Result<Vec<Provider>> {
    // Those that are forced are everybody's.
    let _ = user_id;
    Ok(forced(cx))
}

/// Lists the providers that an administrator has yet to configure.
#[operation("twoFactorAuthTfaV1")]
#[route(GET "/V1/tfa/providers-to-activate/:userId" => "Magento_TwoFactorAuth::tfa")]
pub(crate) async fn get_providers_to_activate(cx: &mut Cx<'_>, user_id: i64) -> Result<Vec<Provider>> {
    let two_factor = two_factor(cx)?;
    let config = UserConfig::load(cx.session(), &two_factor.keys, user_id).await?;
    Ok(to_activate(cx, &config))
}

/// Sets the list of an administrator's own providers.
#[operation("twoFactorAuthTfaV1")]
#[route(PUT "/V1/tfa/user-providers/:userId" => "Magento_TwoFactorAuth::tfa")]
pub(crate) async fn set_providers_codes(
    cx: &mut Cx<'_>,
    user_id: i64,
    providers_codes: String,
) -> Result<bool> {
    let codes: Vec<_> = providers_codes.split(',').map(str::trim).collect();
    for code in &codes {
        assert_forced(cx, code)?;
    }
    let mut held = hold(cx, user_id).await?;
    held.config.set_providers(&codes);
    held.save(cx).await?;
    Ok(true)
}

/// Tells the provider that an administrator prefers.
#[operation("twoFactorAuthUserConfigManagerV1", "Providers of users.")]
#[route(GET "/V1/tfa/default-provider-code/:userId" => "Magento_TwoFactorAuth::tfa")]
pub(crate) async fn get_default_provider(cx: &mut Cx<'_>, user_id: i64) -> Result<String> {
    let two_factor = two_factor(cx)?;
    let config = UserConfig::load(cx.session(), &two_factor.keys, user_id).await?;
    Ok(config.default_provider().to_owned())
}

/// Sets the provider that an administrator prefers.
#[operation("twoFactorAuthTfaV1")]
#[route(PUT "/V1/tfa/default-provider-code/:userId" => "Magento_TwoFactorAuth::tfa")]
pub(crate) async fn set_default_provider_code(
    cx: &mut Cx<'_>,
    user_id: i64,
    provider_code: String,
) -> Result<bool> {
    assert_forced(cx, &provider_code)?;
    let mut held = hold(cx, user_id).await?;
    held.config.set_default_provider(&provider_code);
    held.save(cx).await?;
    Ok(true)
}

/// Magento runs into the foreign key for an unknown user.
async fn hold(cx: &mut Cx<'_>, user_id: i64) -> Result<Held> {
    let held = Held::user(cx, user_id).await?;
    held.ok_or_else(|| CallError::no_such_entity("user_id", user_id))
}

fn assert_forced(cx: &Cx<'_>, code: &str) -> Result<()> {
    if provider::is_forced(cx, code) {
        return Ok(());
    }
    Err(Error::UnknownProvider(code.to_owned()).into())
}

/// The forced providers.
pub(super) fn forced(cx: &Cx<'_>) -> Vec<Provider> {
    let forced = provider::forced(cx);
    forced.into_iter().map(|info| Provider::of(cx, info)).collect()
}

/// Those that a user has yet to configure.
pub(super) fn to_activate(cx: &Cx<'_>, config: &UserConfig) -> Vec<Provider> {
    let forced = provider::forced(cx).into_iter();
    forced
        .filter(|info| !config.is_active(info.code))
        .map(|info| Provider::of(cx, info))
        .collect()
}
