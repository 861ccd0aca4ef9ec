//! Duo Security: it needs that company's service, which is not called (`spec/auth.md §4.7`).

use contract::{Cx, Result, operation};

use crate::data::DuoData;
use crate::error::Error;

const NAME: &str = "Duo Security";

fn refusal<T>() -> Result<T> {
    Err(Error::NotServed(NAME).into())
}

/// Refused: Duo Security is not served.
#[operation("twoFactorAuthDuoConfigureV1", "Duo Security is not served.")]
#[route(POST "/V1/tfa/provider/duo_security/configure" => "anonymous")]
pub(crate) async fn get_configuration_data(_: &mut Cx<'_>, tfa_token: String) -> Result<DuoData> {
    drop(tfa_token);
    refusal()
}

/// Refused: Duo Security is not served.
#[operation("twoFactorAuthDuoConfigureV1")]
#[route(POST "/V1/tfa/provider/duo_security/activate" => "anonymous")]
pub(crate) async fn activate(_: &mut Cx<'_>, tfa_token: String, signature_response: String) -> Result<()> {
    drop((tfa_token, signature_response));
    refusal()
}

/// Refused: Duo Security is not served.
#[operation("twoFactorAuthDuoAuthenticateV1", "Duo Security is not served.")]
#[route(POST "/V1/tfa/provider/duo_security/get-authentication-data" => "anonymous")]
pub(crate) async fn get_authenticate_data(
    _: &mut Cx<'_>,
    username: String,
    password: String,
) -> Result<DuoData> {
    drop((username, password));
    refusal()
}

/// Refused: Duo Security is not served.
#[operation("twoFactorAuthDuoAuthenticateV1")]
#[route(POST "/V1/tfa/provider/duo_security/authenticate" => "anonymous")]
pub(crate) async fn create_admin_access_token_with_credentials(
    _: &mut Cx<'_>,
    username: String,
    password: String,
    signature_response: String,
) -> Result<String> {
    drop((username, password, signature_response));
    refusal()
}
