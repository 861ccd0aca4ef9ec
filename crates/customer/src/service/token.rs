//! Access tokens of customers (`spec/auth.md §1.10`, `§2.6`).
//!
//! As with administrators, the password is checked between two looks at the locks: the first one spares the work,
//! the second one stands in the transaction that writes the outcome.

use std::sync::Arc;

use contract::{Cx, Error, Operation, Result, operation};
use identity::password::PasswordHash;
use identity::{
    Attempt, Identity, UserKind, issue_user_token, require_credentials, revoke_user_tokens, sign_in_failed,
};
use secrecy::SecretString;

use super::account;
use crate::repo;
use crate::repo::customer::CustomerRow;

/// The operations of this service.
pub(crate) static OPERATIONS: &[&Operation] = &[&CREATE_CUSTOMER_ACCESS_TOKEN, &REVOKE_CUSTOMER_ACCESS_TOKEN];

/// How a sign-in that gives no token ends.
enum Refusal {
    /// It is refused, and what was counted stays.
    Counted,
    /// Something else went wrong.
    Error(Error),
}

impl<E: Into<Error>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// Create access token for admin given the customer credentials.
#[operation("integrationCustomerTokenServiceV1", "Access tokens of customers.")]
#[route(POST "/V1/integration/customer/token" => "anonymous")]
pub(crate) async fn create_customer_access_token(
    cx: &mut Cx<'_>,
    username: String,
    password: String,
) -> Result<String> {
    require_credentials(&username, &password)?;
    match sign_in(cx, &username, SecretString::from(password)).await {
        Ok(customer) => issue_user_token(cx, UserKind::Customer, customer).await,
        Err(Refusal::Counted) => {
            cx.session().commit().await?;
            Err(sign_in_failed())
        }
        Err(Refusal::Error(error)) => Err(error),
    }
}

/// Revoke token by customer id.
#[operation("integrationCustomerTokenServiceV1")]
#[route(POST "/V1/integration/customer/revoke-customer-token" => "self", force("customerId" = "%customer_id%"))]
pub(crate) async fn revoke_customer_access_token(cx: &mut Cx<'_>, customer_id: i64) -> Result<bool> {
    revoke_user_tokens(cx, UserKind::Customer, customer_id).await?;
    Ok(true)
}

/// Checks e-mail and password, and records the outcome; the id of the customer.
async fn sign_in(cx: &mut Cx<'_>, username: &str, password: SecretString) -> Result<i64, Refusal> {
    let requests = Attempt::new(cx, UserKind::Customer, username);
    if requests.is_throttled(cx).await? {
        return Err(Refusal::Counted);
    }
    let website = account::website_of_call(cx)?;
    let customer = account::find_by_email(cx, username, website).await?;
    // Hashing waits for its turn: nobody else waits for our connection meanwhile.
    cx.session().release();
    let identity = cx.service::<Arc<Identity>>()?.clone();
    let now = cx.now_text();
    let open = |row: &CustomerRow| row.is_active && !account::lock(row).is_in_force(&now);
    let Some(customer) = customer.filter(open) else {
        // As much work as a password costs, so that the time does not tell which addresses have an account.
        identity.password_of_nobody(password).await?;
        requests.count_failure(cx).await?;
        return Err(Refusal::Counted);
    };
    let stored = customer.password_hash.clone().unwrap_or_default();
    if !identity.password_fits(password.clone(), &stored).await? {
        requests.count_failure(cx).await?;
        account::count_failure(cx, customer.id).await?;
        return Err(Refusal::Counted);
    }
    if !may_sign_in(cx, &customer, website).await? {
        requests.count_failure(cx).await?;
        return Err(Refusal::Counted);
    }
    let upgraded = if PasswordHash::parse(&stored).needs_rehash() {
        Some(identity.hash_password(cx, password).await?)
    } else {
        None
    };
    cx.session().begin().await?;
    // In the order in which failures hold them.
    let throttled = requests.is_throttled(cx).await?;
    let lock = repo::account::lock_of(cx.session(), customer.id).await?;
    if throttled || lock.is_none_or(|lock| lock.is_in_force(&now)) {
        return Err(Refusal::Counted);
    }
    requests.forget(cx).await?;
    repo::account::unlock(cx.session(), customer.id).await?;
    if let Some(hash) = upgraded {
        repo::account::upgrade_hash(cx.session(), customer.id, &stored, &hash).await?;
    }
    repo::account::record_login(cx.session(), customer.id, &now).await?;
    Ok(customer.id)
}

/// Whether somebody with the right password may come in: the account is confirmed, as far as it has to be, and its
/// group is not shut out from the website (`spec/scopes.md` fact 35).
async fn may_sign_in(cx: &mut Cx<'_>, customer: &CustomerRow, website: i64) -> Result<bool> {
    if account::awaits_confirmation(cx, customer)? {
        return Ok(false);
    }
    Ok(!repo::account::is_shut_out(cx.session(), customer.group_id, website).await?)
}
