//! What can go wrong in this crate, and how the contract says it. The texts are Magento's (`spec/auth.md §4`), but for
//! those of providers that are not served.

use contract::Error as CallError;
use wire::Value;

/// An error of this crate's operations.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// No provider is forced: nobody gets in.
    #[error("Please ask an administrator with sufficient access to configure 2FA first")]
    NothingForced,
    /// A forced provider is not configured; the user has mail.
    #[error(
        "You are required to configure personal Two-Factor Authorization in order to login. Please check your email."
    )]
    ConfigurationRequired {
        /// Codes of the forced providers.
        forced: Vec<&'static str>,
        /// Those of them that the user has configured.
        active: Vec<&'static str>,
    },
    /// The mail could not be sent.
    #[error("Failed to send the message. Please contact the administrator")]
    MailFailed,
    /// All is configured: there are other endpoints.
    #[error("Please use the 2fa provider-specific endpoints to obtain a token.")]
    UseProviders {
        /// Codes of the configured providers.
        active: Vec<&'static str>,
    },
    /// A tfat that is not ours, too old, or of nobody.
    #[error("Invalid two-factor authorization token")]
    BadTfat,
    /// The same, on the routes that list providers.
    #[error("Invalid token.")]
    BadToken,
    /// The provider is not among the forced ones.
    #[error("Provider is not allowed.")]
    NotAllowed,
    /// The user has not configured the provider.
    #[error("Provider is not configured.")]
    NotConfigured,
    /// The user has configured the provider before.
    #[error("Provider is already configured.")]
    AlreadyConfigured,
    /// A wrong code, or one that has been used.
    #[error("Invalid code.")]
    InvalidCode,
    /// Too many wrong codes: as the password step says it.
    #[error(
        "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
    )]
    Locked,
    /// An answer without a challenge that waits for it.
    #[error("U2f authentication prompt not sent.")]
    NoPrompt,
    /// A registration that was not begun.
    #[error("U2f key registration was not started.")]
    NoRegistration,
    /// A key that is not the user's, or does not prove to be.
    #[error("Invalid U2F key.")]
    InvalidKey,
    /// A registration that cannot be read.
    #[error("Invalid U2F key data")]
    InvalidKeyData,
    /// WebAuthn knows domains only.
    #[error("Keys need a domain name. Set twofactorauth/u2fkey/webapi_challenge_domain.")]
    NoDomain,
    /// More keys than anybody has.
    #[error("There are too many keys. Reset the provider to begin anew.")]
    TooManyKeys,
    /// The provider is not among the user's.
    #[error("Unknown or not enabled provider %1 for this user")]
    UnknownProvider(String),
    /// A provider of Magento that needs the service of another company.
    #[error("%1 is not supported by this server. Use google or u2fkey.")]
    NotServed(&'static str),
    /// What is kept of a user, or an encryption key, cannot be used.
    #[error("the configuration of a second factor cannot be written")]
    Unusable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database failed.
    #[error("database error")]
    Database(#[from] db::Error),
}

impl Error {
    /// A failure of what is kept, with its cause.
    pub(crate) fn unusable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unusable(source.into())
    }
}

impl From<Error> for CallError {
    fn from(error: Error) -> Self {
        let text = error.to_string();
        match error {
            Error::NothingForced
            | Error::MailFailed
            | Error::NotAllowed
            | Error::NotConfigured
            | Error::AlreadyConfigured
            | Error::NoPrompt
            | Error::NoRegistration
            | Error::InvalidKey
            | Error::InvalidKeyData
            | Error::NoDomain
            | Error::TooManyKeys => Self::invalid(text),
            Error::ConfigurationRequired { forced, active } => Self::invalid(text)
                .with("providers", codes(&forced))
                .with("active_providers", codes(&active)),
            Error::UseProviders { active } => Self::invalid(text).with("active_providers", codes(&active)),
            Error::BadTfat | Error::BadToken | Error::InvalidCode | Error::Locked => Self::unauthorized(text),
            Error::UnknownProvider(code) => Self::not_found(text).with_next(code),
            Error::NotServed(name) => Self::invalid(text).with_next(name),
            Error::Unusable(source) => Self::internal(source),
            Error::Database(error) => error.into(),
        }
    }
}

fn codes(codes: &[&'static str]) -> Value {
    codes.iter().copied().map(Value::from).collect()
}
