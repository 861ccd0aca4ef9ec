//! What this crate asks of others.

use contract::{BoxFuture, Cx, Result};

/// What an admin user has to show beside the password before the plain endpoint gives a token.
pub trait SecondFactor: Send + Sync {
    /// Called when name and password are right and recorded as such.
    ///
    /// # Errors
    /// There is no token from this endpoint; the error says how to go on.
    fn after_password<'a>(&'a self, cx: &'a mut Cx<'_>, user_id: i64) -> BoxFuture<'a, Result<()>>;
}

/// Nothing beside the password.
pub struct PasswordAlone;

impl SecondFactor for PasswordAlone {
    fn after_password<'a>(&'a self, _: &'a mut Cx<'_>, _: i64) -> BoxFuture<'a, Result<()>> {
        Box::pin(std::future::ready(Ok(())))
    }
}
