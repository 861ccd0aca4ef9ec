//! What can go wrong in this crate, and how the contract says it.

use contract::Error as CallError;

use crate::password::HasherError;
use crate::token::header::oauth::{self, OAuthError};
use crate::token::jwt::SignError;

/// An error of this crate's operations.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Unknown user, wrong password, inactive, expired or locked account: one answer for all of them.
    #[error(
        "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
    )]
    SignInFailed,
    /// The user has no role (`spec/auth.md §1.5`).
    #[error("More permissions are needed to access this.")]
    NoRole,
    /// Signed with OAuth 1.0a, and refused.
    #[error(transparent)]
    OAuth(#[from] OAuthError),
    /// Hashing failed.
    #[error("password hashing failed")]
    Hasher(#[from] HasherError),
    /// Signing failed.
    #[error("token signing failed")]
    Sign(#[from] SignError),
    /// The database failed.
    #[error("database error")]
    Database(#[from] db::Error),
}

/// The one answer to a sign-in that fails, whatever the reason: unknown name, wrong password, an account that is
/// inactive, expired, locked or not confirmed.
pub fn sign_in_failed() -> CallError {
    Error::SignInFailed.into()
}

impl From<Error> for CallError {
    fn from(error: Error) -> Self {
        match error {
            Error::SignInFailed | Error::NoRole => Self::unauthorized(error.to_string()),
            Error::OAuth(error) => oauth_error(&error),
            Error::Hasher(HasherError::Busy) => {
                Self::new(contract::Kind::TooManyRequests, "Too Many Requests")
            }
            Error::Hasher(error) => Self::internal(error),
            Error::Sign(error) => Self::internal(error),
            Error::Database(error) => error.into(),
        }
    }
}

fn oauth_error(error: &OAuthError) -> CallError {
    if let OAuthError::Required(names) = error {
        return CallError::required(names.iter().copied());
    }
    let text = error.to_string();
    let mut answer = match error.kind() {
        oauth::Kind::Input => CallError::invalid(text),
        oauth::Kind::Oauth => CallError::unauthorized(text),
    };
    for value in error.parameters() {
        answer = answer.with_next(value);
    }
    answer
}
