//! The provider `u2fkey`: keys (`spec/auth.md §4.6`).

use contract::{Cx, Result, operation};
use wire::Value;

use super::host;
use super::steps::{Held, with_password, with_tfat};
use crate::data::WebAuthnRequest;
use crate::error::Error;
use crate::guard::Ceremony;
use crate::provider::U2FKEY;
use crate::webauthn::{Challenge, Key, Owner, Party};

/// Most keys of a user.
const MOST: usize = 20;

/// Gives what a browser needs to register a key.
#[operation("twoFactorAuthU2fKeyConfigureV1", "Configures keys.")]
#[route(POST "/V1/tfa/provider/u2fkey/configure" => "anonymous")]
pub(crate) async fn get_registration_data(cx: &mut Cx<'_>, tfa_token: String) -> Result<WebAuthnRequest> {
    let held = with_tfat(cx, &tfa_token, U2FKEY).await?;
    begin_registration(cx, held).await
}

/// Activates the provider with a first key.
#[operation("twoFactorAuthU2fKeyConfigureV1")]
#[route(POST "/V1/tfa/provider/u2fkey/activate" => "anonymous")]
pub(crate) async fn activate(
    cx: &mut Cx<'_>,
    tfa_token: String,
    public_key_credential_json: String,
) -> Result<()> {
    let held = with_tfat(cx, &tfa_token, U2FKEY).await?;
    finish_registration(cx, held, &public_key_credential_json).await
}

/// Gives what a browser needs to ask a key for its proof.
#[operation("twoFactorAuthU2fKeyAuthenticateV1", "Tokens for keys.")]
#[route(POST "/V1/tfa/provider/u2fkey/authentication-challenge" => "anonymous")]
pub(crate) async fn get_authentication_data(
    cx: &mut Cx<'_>,
    username: String,
    password: String,
) -> Result<WebAuthnRequest> {
    let mut held = with_password(cx, &username, password, U2FKEY).await?;
    let challenge = party(cx)?.begin_authentication(&keys(&held))?;
    held.guard.assertion = Some(Ceremony::new(challenge.state.clone(), cx.now().as_second()));
    held.save(cx).await?;
    Ok(request(&challenge))
}

/// Gives a token for name, password and the proof of a key.
#[operation("twoFactorAuthU2fKeyAuthenticateV1")]
#[route(POST "/V1/tfa/provider/u2fkey/verify" => "anonymous")]
pub(crate) async fn create_admin_access_token(
    cx: &mut Cx<'_>,
    username: String,
    password: String,
    public_key_credential_json: String,
) -> Result<String> {
    let mut held = with_password(cx, &username, password, U2FKEY).await?;
    let now = cx.now().as_second();
    let ceremony = held.guard.assertion.clone();
    let state = ceremony.as_ref().and_then(|ceremony| ceremony.state(now));
    let state = state.ok_or(Error::NoPrompt)?;
    let mut keys = keys(&held);
    party(cx)?.finish_authentication(state, &public_key_credential_json, &mut keys)?;
    // A challenge is answered once.
    held.guard.assertion = None;
    store(&mut held, &keys)?;
    held.succeed(cx).await
}

/// Begins the registration of a key.
pub(super) async fn begin_registration(cx: &mut Cx<'_>, mut held: Held) -> Result<WebAuthnRequest> {
    let keys = keys(&held);
    if keys.len() >= MOST {
        return Err(Error::TooManyKeys.into());
    }
    let owner = Owner {
        id: held.user.id,
        username: &held.user.username,
    };
    let challenge = party(cx)?.begin_registration(&owner, &keys)?;
    held.guard.registration = Some(Ceremony::new(challenge.state.clone(), cx.now().as_second()));
    held.save(cx).await?;
    Ok(request(&challenge))
}

/// Takes a key that was registered.
pub(super) async fn finish_registration(cx: &mut Cx<'_>, mut held: Held, answer: &str) -> Result<()> {
    let now = cx.now().as_second();
    let ceremony = held.guard.registration.take();
    let state = ceremony.as_ref().and_then(|ceremony| ceremony.state(now));
    let state = state.ok_or(Error::NoRegistration)?;
    let mut keys = keys(&held);
    keys.push(party(cx)?.finish_registration(state, answer)?);
    store(&mut held, &keys)?;
    held.config.activate(U2FKEY)?;
    held.save(cx).await
}

/// The keys of a user; one that cannot be read is left out.
fn keys(held: &Held) -> Vec<Key> {
    let registration = held
        .config
        .provider(U2FKEY)
        .and_then(|members| members.get("registration"));
    let keys = registration.and_then(|registration| registration.get("public_keys"));
    let keys = keys.and_then(Value::as_array).into_iter().flatten();
    keys.filter_map(Key::read).collect()
}

fn store(held: &mut Held, keys: &[Key]) -> std::result::Result<(), Error> {
    let keys: Vec<_> = keys.iter().filter_map(Key::write).collect();
    let members = held.config.provider_mut(U2FKEY)?;
    members.insert(
        "registration".to_owned(),
        serde_json::json!({"public_keys": keys}),
    );
    Ok(())
}

/// The domain of the keys: the configured one, else that of the base URL.
fn party(cx: &Cx<'_>) -> std::result::Result<Party, Error> {
    let own = cx.default_config("twofactorauth/u2fkey/webapi_challenge_domain");
    match own.as_deref() {
        Some(domain) if !domain.is_empty() => Party::new(domain),
        _ => Party::new(&host(cx)),
    }
}

fn request(challenge: &Challenge) -> WebAuthnRequest {
    WebAuthnRequest {
        credential_request_options_json: challenge.options.to_string(),
        ..WebAuthnRequest::default()
    }
}
