//! The second factor of admin users (`spec/auth.md §4`, `docs/two-factor.md`).
//!
//! With [`TwoFactor`] in a process the plain token endpoint gives no token to a user whom a provider is forced upon:
//! it tells where to go instead. The providers are `google` (time-based codes) and `u2fkey` (WebAuthn); recovery
//! codes stand in for either. A provider is configured with a signed token, the *tfat*, that the user gets by mail.
//!
//! Magento's table `tfa_user_config` holds all of it, ours beside Magento's: a Magento on the same database goes on
//! with what was configured here, and the reverse.

mod data;
mod error;
mod exemption;
mod guard;
mod provider;
mod recovery;
mod repo;
pub mod schema;
mod service;
mod tfat;
mod totp;
mod user_config;
mod webauthn;

use std::sync::Arc;

use contract::Operation;
use identity::crypt::CryptKeys;

pub use exemption::{BadExemption, Exemptions};
pub use provider::installed;
pub use service::command::{CommandError, Commands};

/// The operations of this crate.
pub static OPERATIONS: &[&Operation] = &[
    &service::providers::GET_ALL_PROVIDERS,
    &service::providers::GET_FORCED_PROVIDERS,
    &service::providers::GET_USER_PROVIDERS,
    &service::providers::SET_PROVIDERS_CODES,
    &service::providers::GET_PROVIDERS_TO_ACTIVATE,
    &service::providers::GET_DEFAULT_PROVIDER,
    &service::providers::SET_DEFAULT_PROVIDER_CODE,
    &service::tfat::GET_USER_PROVIDERS,
    &service::tfat::GET_PROVIDERS_TO_ACTIVATE,
    &service::google::GET_CONFIGURATION_DATA,
    &service::google::ACTIVATE,
    &service::google::CREATE_ADMIN_ACCESS_TOKEN,
    &service::duo::GET_CONFIGURATION_DATA,
    &service::duo::ACTIVATE,
    &service::duo::GET_AUTHENTICATE_DATA,
    &service::duo::CREATE_ADMIN_ACCESS_TOKEN_WITH_CREDENTIALS,
    &service::authy::SEND_DEVICE_REGISTRATION_PROMPT,
    &service::authy::ACTIVATE,
    &service::authy::SEND_TOKEN,
    &service::authy::CREATE_ADMIN_ACCESS_TOKEN_WITH_CREDENTIALS,
    &service::authy::CREAT_ADMIN_ACCESS_TOKEN_WITH_ONE_TOUCH,
    &service::u2fkey::GET_REGISTRATION_DATA,
    &service::u2fkey::ACTIVATE,
    &service::u2fkey::GET_AUTHENTICATION_DATA,
    &service::u2fkey::CREATE_ADMIN_ACCESS_TOKEN,
    &service::keys::CONFIGURE,
    &service::keys::ACTIVATE,
    &service::recovery_codes::CREATE,
    &service::recovery_codes::AUTHENTICATE,
];

/// The second factor of a running process.
pub struct TwoFactor {
    keys: Arc<CryptKeys>,
    exemptions: Exemptions,
    /// Where Magento's Admin pages are, below the base URL.
    admin_path: String,
}

impl TwoFactor {
    /// What the second factor works with. `admin_path` is the path of Magento's Admin pages below the base URL, which
    /// the link of the mail leads to unless `twofactorauth/general/webapi_notification_url` names another place.
    pub fn new(keys: Arc<CryptKeys>, exemptions: Exemptions, admin_path: String) -> Self {
        Self {
            keys,
            exemptions,
            admin_path,
        }
    }
}
