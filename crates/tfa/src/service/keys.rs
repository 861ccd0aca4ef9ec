//! Further keys of an administrator who is signed in: a spare one belongs into a drawer. Magento has one key for each.

use contract::{Cx, Result, operation};

use super::recovery_codes::again;
use super::u2fkey::{begin_registration, finish_registration};
use crate::data::WebAuthnRequest;
use crate::error::Error;
use crate::provider::{self, U2FKEY};

/// Gives what a browser needs to register a further key of the administrator who calls. Asks for the password again.
#[operation("magnetiteTwoFactorKeysV1", "Further keys of a second factor.")]
#[route(POST "/V1/magnetite/two-factor/keys/configure" => "anonymous")]
pub(crate) async fn configure(cx: &mut Cx<'_>, password: String) -> Result<WebAuthnRequest> {
    let held = again(cx, password).await?;
    if !provider::is_forced(cx, U2FKEY) {
        return Err(Error::NotAllowed.into());
    }
    begin_registration(cx, held).await
}

/// Adds the key that was registered. Asks for the password again.
#[operation("magnetiteTwoFactorKeysV1")]
#[route(POST "/V1/magnetite/two-factor/keys/activate" => "anonymous")]
pub(crate) async fn activate(
    cx: &mut Cx<'_>,
    password: String,
    public_key_credential_json: String,
) -> Result<()> {
    let held = again(cx, password).await?;
    finish_registration(cx, held, &public_key_credential_json).await
}
