//! Authy: it needs that company's service, which is not called (`spec/auth.md §4.7`).

use contract::{Cx, Result, operation};

use crate::data::{AuthyDevice, AuthyRegistration};
use crate::error::Error;

const NAME: &str = "Authy";

fn refusal<T>() -> Result<T> {
    Err(Error::NotServed(NAME).into())
}

/// Refused: Authy is not served.
#[operation("twoFactorAuthAuthyConfigureV1", "Authy is not served.")]
#[route(POST "/V1/tfa/provider/authy/configure" => "anonymous")]
pub(crate) async fn send_device_registration_prompt(
    _: &mut Cx<'_>,
    tfa_token: String,
    device_data: AuthyDevice,
) -> Result<AuthyRegistration> {
    drop((tfa_token, device_data));
    refusal()
}

/// Refused: Authy is not served.
#[operation("twoFactorAuthAuthyConfigureV1")]
#[route(POST "/V1/tfa/provider/authy/activate" => "anonymous")]
pub(crate) async fn activate(_: &mut Cx<'_>, tfa_token: String, otp: String) -> Result<()> {
    drop((tfa_token, otp));
    refusal()
}

/// Refused: Authy is not served.
#[operation("twoFactorAuthAuthyAuthenticateV1", "Authy is not served.")]
#[route(POST "/V1/tfa/provider/authy/send-token/:via" => "anonymous")]
pub(crate) async fn send_token(
    _: &mut Cx<'_>,
    username: String,
    password: String,
    via: String,
) -> Result<()> {
    drop((username, password, via));
    refusal()
}

/// Refused: Authy is not served.
#[operation("twoFactorAuthAuthyAuthenticateV1")]
#[route(POST "/V1/tfa/provider/authy/authenticate" => "anonymous")]
pub(crate) async fn create_admin_access_token_with_credentials(
    _: &mut Cx<'_>,
    username: String,
    password: String,
    otp: String,
) -> Result<String> {
    drop((username, password, otp));
    refusal()
}

/// Refused: Authy is not served.
#[operation("twoFactorAuthAuthyAuthenticateV1")]
#[route(POST "/V1/tfa/provider/authy/authenticate-onetouch" => "anonymous")]
pub(crate) async fn creat_admin_access_token_with_one_touch(
    _: &mut Cx<'_>,
    username: String,
    password: String,
) -> Result<String> {
    drop((username, password));
    refusal()
}
