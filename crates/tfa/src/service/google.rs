//! The provider `google`: time-based codes (`spec/auth.md §4.5`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::{Cx, Result, operation};
use secrecy::ExposeSecret as _;

use super::steps::{Held, with_password, with_tfat};
use super::{host, nonce};
use crate::data::GoogleConfigure;
use crate::error::Error;
use crate::provider::GOOGLE;
use crate::{recovery, totp};

/// Gives the secret for an application, as text and as a QR code.
#[operation("twoFactorAuthGoogleConfigureV1", "Configures time-based codes.")]
#[route(POST "/V1/tfa/provider/google/configure" => "anonymous")]
pub(crate) async fn get_configuration_data(cx: &mut Cx<'_>, tfa_token: String) -> Result<GoogleConfigure> {
    let mut held = with_tfat(cx, &tfa_token, GOOGLE).await?;
    let known = held.config.secret(&held.two_factor.keys, GOOGLE);
    let secret = match known {
        Some(secret) => secret,
        None => {
            let secret = totp::new_secret(&mut |bytes| cx.random(bytes));
            let keys = held.two_factor.keys.clone();
            held.config.set_secret(&keys, GOOGLE, &secret, nonce(cx))?;
            held.save(cx).await?;
            secret
        }
    };
    let url = totp::provisioning_url(&secret, &host(cx), &held.user.email);
    let png = totp::picture(&url).ok_or_else(|| Error::unusable("the QR code would be too large"))?;
    Ok(GoogleConfigure {
        qr_code_base64: STANDARD.encode(png),
        secret_code: secret.expose_secret().to_owned(),
        ..GoogleConfigure::default()
    })
}

/// Activates the provider with a first code.
///
/// The code is not used up: Magento's clients sign in with the same one right after.
#[operation("twoFactorAuthGoogleConfigureV1")]
#[route(POST "/V1/tfa/provider/google/activate" => "anonymous")]
pub(crate) async fn activate(cx: &mut Cx<'_>, tfa_token: String, otp: String) -> Result<()> {
    let mut held = with_tfat(cx, &tfa_token, GOOGLE).await?;
    if step_of(cx, &held, &otp).is_none() {
        return Err(Error::InvalidCode.into());
    }
    held.config.activate(GOOGLE)?;
    held.save(cx).await
}

/// Gives a token for name, password and code.
///
/// A recovery code may stand in for the time-based one.
#[operation("twoFactorAuthGoogleAuthenticateV1", "Tokens for time-based codes.")]
#[route(POST "/V1/tfa/provider/google/authenticate" => "anonymous")]
pub(crate) async fn create_admin_access_token(
    cx: &mut Cx<'_>,
    username: String,
    password: String,
    otp: String,
) -> Result<String> {
    let mut held = with_password(cx, &username, password, GOOGLE).await?;
    if let Some(code) = recovery::normal(&otp) {
        return held.recover(cx, &code).await;
    }
    match step_of(cx, &held, &otp) {
        None => held.fail(cx, Error::InvalidCode).await,
        // A right code that comes again is no guess, and no token.
        Some(step) if !held.guard.take_step(step) => Err(Error::InvalidCode.into()),
        Some(_) => held.succeed(cx).await,
    }
}

/// The step of a right code.
fn step_of(cx: &Cx<'_>, held: &Held, otp: &str) -> Option<i64> {
    let secret = held.config.secret(&held.two_factor.keys, GOOGLE)?;
    let own = held
        .config
        .provider(GOOGLE)
        .and_then(|members| members.get("window"));
    let own = own.and_then(wire::php::to_string_cast);
    let window = own.or_else(|| {
        let configured = cx.default_config("twofactorauth/google/otp_window");
        configured.map(|text| text.to_string())
    });
    totp::step_of(
        &secret,
        otp,
        cx.now().as_second(),
        totp::leeway(window.as_deref()),
    )
}
