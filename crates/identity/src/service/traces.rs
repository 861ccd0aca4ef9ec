//! What signing in leaves behind about a customer: shown and deleted when the customer asks for it.

use db::{Result, Session};

use super::attempt::log_name;
use crate::access::user_type;
use crate::repo::{revocation, token_request};

/// What is kept about a customer's sign-ins. Tokens themselves are not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInTraces {
    /// Failed requests for tokens under the e-mail address.
    pub failures: i64,
    /// When the opaque tokens were given, UTC.
    pub tokens: Vec<String>,
    /// The second (Unix time) up to which signed tokens are void.
    pub revoked_before: Option<i64>,
}

/// What is kept about a customer's sign-ins.
///
/// # Errors
/// The database cannot be read.
pub async fn sign_in_traces(session: &mut Session, customer_id: i64, email: &str) -> Result<SignInTraces> {
    let (name, kind) = (log_name(email), token_request::CUSTOMER);
    let failures = token_request::failures(session, &name, kind, "1970-01-02 00:00:00").await?;
    let tokens = revocation::opaque_of_customer(session, customer_id).await?;
    let revoked_before = revocation::before(session, user_type::CUSTOMER, customer_id).await?;
    Ok(SignInTraces {
        failures,
        tokens,
        revoked_before,
    })
}

/// Deletes what is kept about a customer's sign-ins, and voids all tokens given up to `second` (Unix time). The caller
/// commits.
///
/// # Errors
/// The database refuses.
pub async fn forget_sign_ins(
    session: &mut Session,
    customer_id: i64,
    email: &str,
    second: i64,
) -> Result<()> {
    token_request::forget(session, &log_name(email), token_request::CUSTOMER).await?;
    revocation::forget_opaque_of_customer(session, customer_id).await?;
    revocation::revoke(session, user_type::CUSTOMER, customer_id, second).await
}
