//! JSON Web Tokens, interchangeable with those of a Magento that has the same key (`spec/auth.md` §2.2–2.5).

mod claims;
mod key;
#[cfg(test)]
mod tests;

pub use claims::Claims;
pub use key::{Algorithm, JwtKey, SignError};

/// Why a token is not accepted. The client never sees it: any refused bearer is a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Not three base64url parts, or a part is not the JSON it should be.
    #[error("not a JSON web token")]
    Malformed,
    /// The header names another algorithm than the configured one.
    #[error("signed with another algorithm")]
    Algorithm,
    /// The signature was made with another key, or the token was altered.
    #[error("wrong signature")]
    Signature,
    /// A required claim is absent or empty (`0`, `"0"`, `""`, `false`, `null`).
    #[error("claim {0} is missing")]
    MissingClaim(&'static str),
    /// A required claim is there but is not a whole number (or, for the user, not a positive one).
    #[error("claim {0} is not usable")]
    InvalidClaim(&'static str),
}

/// Lifetime in minutes when nothing is configured.
const DEFAULT_MINUTES: i64 = 60;

/// Lifetime in minutes for a value that is not a positive number.
const FALLBACK_MINUTES: i64 = 30;

/// A hundred years in minutes: more would only overflow the arithmetic of callers.
const MAX_MINUTES: i64 = 52_560_000;

/// The lifetime of a token in minutes from `webapi/jwtauth/{admin,customer}_expiration`
/// (`spec/auth.md` §2.4): 60 when unset, 30 for zero, negative and non-numeric values. A fraction is cut off.
#[must_use]
pub fn lifetime_minutes(config: Option<&str>) -> i64 {
    let Some(text) = config else {
        return DEFAULT_MINUTES;
    };
    match text.trim().parse::<f64>() {
        // The cast saturates, so that no number can panic.
        Ok(minutes) if minutes.is_finite() && minutes >= 1.0 => (minutes as i64).min(MAX_MINUTES),
        _ => FALLBACK_MINUTES,
    }
}
