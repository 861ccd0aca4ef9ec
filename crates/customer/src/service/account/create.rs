//! Signing up.

use std::sync::Arc;

use contract::port::Stores as _;
use contract::{Cx, Error, Result, operation};
use db::Param;
use identity::Identity;
use mail::Template;
use secrecy::SecretString;
use store::Scopes;

use super::{by_email, confirm, letters, reset, rules};
use crate::data::customer::Customer;
use crate::service::customer::{find, save};

/// The right to manage customers, without which nobody chooses a group.
const MANAGE: &str = "Magento_Customer::manage";

/// Create customer account. Perform necessary business operations like sending email.
///
/// Open to everybody: what a guest must not choose is refused (the group) or set by the server (key of confirmation,
/// hash, tokens).
#[operation("customerAccountManagementV1")]
#[route(POST "/V1/customers" => "anonymous")]
pub(crate) async fn create_account(
    cx: &mut Cx<'_>,
    customer: Customer,
    password: Option<String>,
    redirect_url: Option<String>,
) -> Result<Customer> {
    // Where the storefront would lead afterwards: the mail has no use for it.
    drop(redirect_url);
    if customer.group_id.is_some() && !cx.allows(MANAGE) {
        return Err(Error::not_authorized_for(MANAGE));
    }
    let email = customer.email.clone().unwrap_or_default();
    let mut secure: Vec<(&'static str, Param)> = Vec::new();
    let with_password = password.is_some();
    if let Some(password) = password {
        rules::check_strength(cx, &password)?;
        rules::check_differs(&email, &password)?;
        let identity = cx.service::<Arc<Identity>>()?.clone();
        let hash = identity.hash_password(cx, SecretString::from(password)).await?;
        secure.push(("password_hash", hash.into()));
    }
    if customer.id.is_some_and(|id| id != 0) {
        // An account cannot be made again; the answer tells whether there is one, as Magento's does.
        by_email(cx, &email, None).await?;
        return Err(Error::invalid("This customer already exists in this store."));
    }
    let (token, link) = reset::link(cx)?;
    secure.extend(link);
    let key = confirm::is_required(cx, website_of(cx, &customer)?)?.then(|| reset::random_key(cx));
    secure.push(("confirmation", key.clone().into()));
    let made = save::create(cx, customer, secure).await?;
    let row = find(cx, made.id.unwrap_or_default()).await?;
    match key {
        _ if !with_password => letters::send(cx, &row, Template::WelcomeWithoutPassword, &token)?,
        Some(key) => letters::send(cx, &row, Template::Confirm, &key)?,
        None => letters::send(cx, &row, Template::Welcome, "")?,
    }
    Ok(Customer {
        confirmation: None,
        ..made
    })
}

/// The website that a new customer will belong to.
fn website_of(cx: &Cx<'_>, customer: &Customer) -> Result<i64> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    let given = |id: Option<i64>| id.filter(|id| *id != 0);
    let of_view = || scopes.view(given(customer.store_id)?).map(|view| view.website_id);
    Ok(given(customer.website_id)
        .or_else(of_view)
        .unwrap_or_else(|| scopes.default_scope().website_id))
}
