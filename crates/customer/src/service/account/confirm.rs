//! Confirming accounts by the key that was mailed.

use contract::{Cx, Error, Result, operation};
use mail::Template;

use super::{by_email, letters, website_config};
use crate::data::customer::Customer;
use crate::repo;
use crate::repo::customer::CustomerRow;
use crate::service::customer::{find, grid, load, subscribe};

/// Whether new accounts have to be confirmed, by website.
pub(super) const REQUIRED: &str = "customer/create_account/confirm";

/// Activate a customer account using a key that was sent in a confirmation email.
#[operation("customerAccountManagementV1")]
#[route(PUT "/V1/customers/:email/activate" => "Magento_Customer::manage")]
pub(crate) async fn activate(cx: &mut Cx<'_>, email: String, confirmation_key: String) -> Result<Customer> {
    let row = by_email(cx, &email, None).await?;
    confirm(cx, row, &confirmation_key).await
}

/// Activate a customer account using a key that was sent in a confirmation email.
#[operation("customerAccountManagementV1")]
#[route(PUT "/V1/customers/me/activate" => "self", force("customerId" = "%customer_id%"))]
pub(crate) async fn activate_by_id(
    cx: &mut Cx<'_>,
    customer_id: i64,
    confirmation_key: String,
) -> Result<Customer> {
    let row = find(cx, customer_id).await?;
    confirm(cx, row, &confirmation_key).await
}

async fn confirm(cx: &mut Cx<'_>, row: CustomerRow, key: &str) -> Result<Customer> {
    let expected = row.confirmation.as_deref().unwrap_or_default();
    if expected.is_empty() {
        return Err(Error::invalid("The account is already active."));
    }
    if !same(expected, key) {
        return Err(Error::invalid(
            "The confirmation token is invalid. Verify the token and try again.",
        ));
    }
    let now = cx.now_text();
    let values = [
        ("confirmation", None::<String>.into()),
        ("updated_at", now.into()),
    ];
    repo::customer::update(cx.session(), row.id, &values).await?;
    if !repo::account::has_signed_in(cx.session(), row.id).await? {
        letters::send(cx, &row, Template::Confirmed, "")?;
    }
    let row = find(cx, row.id).await?;
    // A subscription that waited for the account, and the admin's list.
    subscribe::save(cx, &row, None).await?;
    grid::write(cx, row.id).await?;
    load::one(cx, row).await
}

/// Compares secrets so that the time does not tell where they differ.
pub(super) fn same(a: &str, b: &str) -> bool {
    use subtle::ConstantTimeEq as _;
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// Gets the account confirmation status.
#[operation("customerAccountManagementV1")]
#[route(GET "/V1/customers/:customerId/confirm" => "Magento_Customer::manage")]
pub(crate) async fn get_confirmation_status(cx: &mut Cx<'_>, customer_id: i64) -> Result<String> {
    let row = find(cx, customer_id).await?;
    let status = if !is_required(cx, row.website_id.unwrap_or_default())? {
        "account_confirmation_not_required"
    } else if row.confirmation.as_deref().unwrap_or_default().is_empty() {
        "account_confirmed"
    } else {
        "account_confirmation_required"
    };
    Ok(status.to_owned())
}

/// Whether new accounts of a website have to be confirmed.
pub(super) fn is_required(cx: &Cx<'_>, website_id: i64) -> Result<bool> {
    Ok(website_config(cx, REQUIRED, website_id)?.as_deref() == Some("1"))
}

/// Resend confirmation email.
#[operation("customerAccountManagementV1")]
#[route(POST "/V1/customers/confirm" => "Magento_Customer::manage")]
pub(crate) async fn resend_confirmation(
    cx: &mut Cx<'_>,
    email: String,
    website_id: i64,
    redirect_url: Option<String>,
) -> Result<bool> {
    // Where the storefront would lead afterwards: the mail has no use for it.
    drop(redirect_url);
    let row = by_email(cx, &email, Some(website_id)).await?;
    let key = row.confirmation.clone().unwrap_or_default();
    if key.is_empty() {
        return Err(Error::invalid("Confirmation isn't needed."));
    }
    letters::send(cx, &row, Template::Confirm, &key)?;
    Ok(true)
}
