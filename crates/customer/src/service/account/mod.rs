//! Accounts: signing up, confirming, passwords (`Magento_Customer` account management).

pub(crate) mod confirm;
pub(crate) mod create;
pub(crate) mod email;
pub(crate) mod letters;
pub(crate) mod password;
pub(crate) mod reset;
pub(crate) mod rules;

use std::sync::Arc;

use contract::port::{CustomerAccount, Customers, Stores as _};
use contract::{BoxFuture, Cx, Error, Operation, Result, StoreScope, Value};
use identity::{Lock, Lockout, is_storable};
use store::Scopes;

use crate::repo;
use crate::repo::customer::CustomerRow;

/// The operations of this service.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &confirm::ACTIVATE,
    &confirm::ACTIVATE_BY_ID,
    &confirm::GET_CONFIRMATION_STATUS,
    &confirm::RESEND_CONFIRMATION,
    &create::CREATE_ACCOUNT,
    &email::IS_EMAIL_AVAILABLE,
    &password::CHANGE_PASSWORD_BY_ID,
    &reset::INITIATE_PASSWORD_RESET,
    &reset::RESET_PASSWORD,
    &reset::VALIDATE_RESET_PASSWORD_LINK_TOKEN,
];

/// Longest e-mail address that an account can have, in characters.
const EMAIL: usize = 255;

/// The accounts as other domains see them.
pub struct Accounts;

impl Customers for Accounts {
    fn account<'a>(
        &'a self,
        id: i64,
        session: &'a mut db::Session,
    ) -> BoxFuture<'a, Result<Option<CustomerAccount>>> {
        Box::pin(repo::account::account(session, id))
    }
}

/// The website of the call: that of the path's store view, the default one in `all` (`spec/scopes.md` fact 34).
pub(crate) fn website_of_call(cx: &Cx<'_>) -> Result<i64> {
    match cx.scope().website_id {
        0 => Ok(cx.service::<Arc<Scopes>>()?.default_scope().website_id),
        website => Ok(website),
    }
}

/// A configuration value of a website.
pub(crate) fn website_config(cx: &Cx<'_>, path: &str, website_id: i64) -> Result<Option<Arc<str>>> {
    let website = StoreScope {
        store_id: 0,
        website_id,
        group_id: 0,
        code: Arc::from(""),
    };
    Ok(cx.service::<Arc<Scopes>>()?.config(path, &website))
}

/// Whether all websites share their accounts (`customer/account_share/scope`).
pub(crate) fn is_shared(cx: &Cx<'_>) -> bool {
    cx.default_config("customer/account_share/scope").as_deref() == Some("0")
}

/// The customer with an e-mail address in a website, or in any when accounts are shared.
pub(crate) async fn find_by_email(cx: &mut Cx<'_>, email: &str, website: i64) -> Result<Option<CustomerRow>> {
    if !is_storable(email, EMAIL) {
        return Ok(None);
    }
    let website = (!is_shared(cx)).then_some(website);
    repo::customer::by_email(cx.session(), email, website).await
}

/// As [`find_by_email`]; without a website, that of the call.
///
/// # Errors
/// Magento's 404, in which a website that was not sent is a text (golden `cust.pwreset-wNone.eu_en`).
pub(crate) async fn by_email(cx: &mut Cx<'_>, email: &str, website: Option<i64>) -> Result<CustomerRow> {
    let (id, shown) = match website {
        Some(id) => (id, Value::from(id)),
        None => {
            let id = website_of_call(cx)?;
            (id, Value::from(id.to_string()))
        }
    };
    let found = find_by_email(cx, email, id).await?;
    found.ok_or_else(|| {
        Error::not_found("No such entity with %fieldName = %fieldValue, %field2Name = %field2Value")
            .with("fieldName", "email")
            .with("fieldValue", email)
            .with("field2Name", "websiteId")
            .with("field2Value", shown)
    })
}

/// The lock-out columns of a customer.
pub(crate) fn lock(row: &CustomerRow) -> Lock {
    Lock {
        failures: row.failures_num,
        first_failure: row.first_failure.clone(),
        expires: row.lock_expires.clone(),
    }
}

/// Counts a wrong password against the account; whether it is locked now.
pub(crate) async fn count_failure(cx: &mut Cx<'_>, customer_id: i64) -> Result<bool> {
    cx.session().begin().await?;
    // Read again, and held: failures at the same time are all counted, and no lock is overwritten.
    let Some(lock) = repo::account::lock_of(cx.session(), customer_id).await? else {
        return Ok(false);
    };
    let now = cx.now_text();
    let locked = lock.is_in_force(&now);
    match Lockout::of_customers(cx).after_failure(lock, cx.now()) {
        Some(next) => {
            repo::account::set_lock(cx.session(), customer_id, &next).await?;
            Ok(next.is_in_force(&now))
        }
        None => Ok(locked),
    }
}

/// Whether the account has a key that has to come back before it can be used.
pub(crate) fn awaits_confirmation(cx: &Cx<'_>, row: &CustomerRow) -> Result<bool> {
    if row.confirmation.as_deref().unwrap_or_default().is_empty() {
        return Ok(false);
    }
    let website = row.website_id.unwrap_or_default();
    for path in [confirm::REQUIRED, "customer/account_information/confirm"] {
        if website_config(cx, path, website)?.as_deref() == Some("1") {
            return Ok(true);
        }
    }
    Ok(false)
}
