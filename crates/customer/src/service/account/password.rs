//! Changing a password with the old one.

use std::sync::Arc;

use contract::{Cx, Error, Result, operation};
use db::Param;
use identity::Identity;
use mail::Template;
use secrecy::SecretString;

use super::{count_failure, letters, lock, rules};
use crate::repo;
use crate::repo::customer::CustomerRow;

/// Change customer password.
#[operation("customerAccountManagementV1")]
#[route(PUT "/V1/customers/me/password" => "self", force("customerId" = "%customer_id%"))]
pub(crate) async fn change_password_by_id(
    cx: &mut Cx<'_>,
    customer_id: i64,
    current_password: String,
    new_password: String,
) -> Result<bool> {
    let found = repo::customer::by_id(cx.session(), customer_id).await?;
    let row = found.ok_or_else(|| Error::unauthorized("Invalid login or password."))?;
    cx.session().release();
    check_current(cx, &row, SecretString::from(current_password)).await?;
    rules::check_differs(&row.email, &new_password)?;
    rules::check_strength(cx, &new_password)?;
    set(cx, &row, new_password, &[]).await?;
    Ok(true)
}

/// The old password is right, and the account not locked: a token must not serve to try out passwords.
async fn check_current(cx: &mut Cx<'_>, row: &CustomerRow, password: SecretString) -> Result<()> {
    let identity = cx.service::<Arc<Identity>>()?.clone();
    if lock(row).is_in_force(&cx.now_text()) {
        return Err(locked());
    }
    let stored = row.password_hash.clone().unwrap_or_default();
    if identity.password_fits(password, &stored).await? {
        return Ok(());
    }
    let is_locked = count_failure(cx, row.id).await?;
    // The count stays, though the call fails.
    cx.session().commit().await?;
    Err(if is_locked {
        locked()
    } else {
        Error::unauthorized("The password doesn't match this account. Verify the password and try again.")
    })
}

fn locked() -> Error {
    Error::unauthorized("The account is locked.")
}

/// Stores a new password: sessions of the storefront end, a link for another one works no more, and the customer is
/// told. Tokens go on, as in Magento (golden `custtoken.me-after-password-change`).
pub(super) async fn set(
    cx: &mut Cx<'_>,
    row: &CustomerRow,
    password: String,
    more: &[(&'static str, Param)],
) -> Result<()> {
    let identity = cx.service::<Arc<Identity>>()?.clone();
    let hash = identity.hash_password(cx, SecretString::from(password)).await?;
    let now = cx.now_text();
    let mut values: Vec<(&'static str, Param)> = vec![
        ("password_hash", hash.into()),
        ("rp_token", None::<String>.into()),
        ("rp_token_created_at", None::<String>.into()),
        ("session_cutoff", now.clone().into()),
        ("updated_at", now.into()),
    ];
    values.extend_from_slice(more);
    repo::customer::update(cx.session(), row.id, &values).await?;
    letters::send(cx, row, Template::PasswordChanged, "")
}
