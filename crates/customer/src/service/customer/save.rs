//! Creates and changes customers.

use std::sync::Arc;

use contract::{Caller, Cx, Error, Result, StoreScope, operation};
use db::Param;
use store::Scopes;

use super::draft::{self, Columns, Home};
use super::{find, grid, load, subscribe};
use crate::data::address::Address;
use crate::data::customer::Customer;
use crate::repo;
use crate::repo::customer::CustomerRow;
use crate::service::address::check::allowed_countries;
use crate::service::address::save::{Defaults, replace};
use crate::service::attribute::Overrides;
use crate::service::{account, entity, group, rules};

/// Create or update a customer.
///
/// In `/V1/customers/:customerId` what is absent stays as it is, addresses too. In `/V1/customers/me` the names must be
/// sent. Addresses that are sent replace all.
#[operation("customerCustomerRepositoryV1")]
#[route(PUT "/V1/customers/:customerId" => "Magento_Customer::manage")]
#[route(PUT "/V1/customers/me" => "self",
    force("customerId" = "%customer_id%"),
    force("customer.id" = "%customer_id%"),
    force("customer.group_id" = "%customer_group_id%"),
    force("customer.website_id" = "%customer_website_id%"),
    force("customer.store_id" = "%customer_store_id%"))]
pub(crate) async fn save(
    cx: &mut Cx<'_>,
    customer: Customer,
    password_hash: Option<String>,
    customer_id: Option<String>,
) -> Result<Customer> {
    let own = matches!(cx.caller(), Caller::Customer(_));
    let path = customer_id.and_then(|id| id.parse().ok());
    let customer = match path.filter(|id| !own && *id != 0) {
        Some(id) => merged(cx, id, customer).await?,
        None => customer,
    };
    let mut secure = Columns::new();
    if let Some(hash) = password_hash.filter(|hash| !hash.is_empty() && !own) {
        secure.push(("password_hash", Param::from(repo::shortened(&hash, 128))));
        secure.push(("rp_token", Param::Null));
        secure.push(("rp_token_created_at", Param::Null));
    }
    let scope = cx.scope().clone();
    match customer.id.filter(|id| *id != 0) {
        Some(id) => {
            let before = find(cx, id).await?;
            update(cx, &scope, customer, before, secure).await
        }
        None => create(cx, customer, secure).await,
    }
}

/// The customer of the path with what was sent over it; an id that was sent wins (golden
/// `put-override.customer-id-differs`).
async fn merged(cx: &mut Cx<'_>, id: i64, sent: Customer) -> Result<Customer> {
    let row = find(cx, id).await?;
    let now = load::one(cx, row).await?;
    let custom = if sent.custom_attributes.0.is_empty() {
        now.custom_attributes
    } else {
        sent.custom_attributes
    };
    Ok(Customer {
        id: sent.id.or(now.id),
        group_id: sent.group_id.or(now.group_id),
        default_billing: sent.default_billing.or(now.default_billing),
        default_shipping: sent.default_shipping.or(now.default_shipping),
        confirmation: sent.confirmation.or(now.confirmation),
        created_at: now.created_at,
        updated_at: now.updated_at,
        created_in: sent.created_in.or(now.created_in),
        dob: sent.dob.or(now.dob),
        email: sent.email.or(now.email),
        firstname: sent.firstname.or(now.firstname),
        lastname: sent.lastname.or(now.lastname),
        middlename: sent.middlename.or(now.middlename),
        prefix: sent.prefix.or(now.prefix),
        suffix: sent.suffix.or(now.suffix),
        gender: sent.gender.or(now.gender),
        store_id: sent.store_id.or(now.store_id),
        taxvat: sent.taxvat.or(now.taxvat),
        website_id: sent.website_id.or(now.website_id),
        addresses: sent.addresses.or(now.addresses),
        disable_auto_group_change: sent.disable_auto_group_change.or(now.disable_auto_group_change),
        extension_attributes: sent.extension_attributes,
        custom_attributes: custom,
    })
}

/// Changes a customer: the members that are there. `scope` is the store view whose rules count, `secure` are columns
/// that no member sets.
///
/// # Errors
/// Magento's 400 and 404.
pub(crate) async fn update(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    mut customer: Customer,
    before: CustomerRow,
    secure: Columns,
) -> Result<Customer> {
    check_defaults(&customer)?;
    let website = customer.website_id.or(before.website_id).unwrap_or_default();
    let store = customer.store_id.or(before.store_id).unwrap_or_default();
    let home = Home::of(cx, website, store)?;
    check(cx, scope, &customer, website, before.id).await?;
    let mut columns = draft::columns(cx, &customer);
    draft::without_reset(&customer, &before, &mut columns);
    columns.push(("website_id", Param::from(home.website_id)));
    columns.push(("store_id", Param::from(home.store.store_id)));
    columns.push(("updated_at", Param::from(cx.now_text())));
    columns.extend(secure);
    let row = CustomerRow {
        store_id: Some(home.store.store_id),
        default_billing: chosen(&customer, &customer.default_billing, before.default_billing),
        default_shipping: chosen(&customer, &customer.default_shipping, before.default_shipping),
        ..before
    };
    let (billing, shipping) = (row.default_billing, row.default_shipping);
    let defaults = match customer.addresses.take() {
        Some(addresses) => replace(cx, scope, &row, addresses).await?,
        None => Defaults { billing, shipping },
    };
    columns.push(("default_billing", Param::from(defaults.billing)));
    columns.push(("default_shipping", Param::from(defaults.shipping)));
    repo::customer::update(cx.session(), row.id, &columns).await?;
    let saved = finish(cx, row.id, &customer).await?;
    if let Some(new) = saved
        .email
        .as_deref()
        .filter(|new| !new.eq_ignore_ascii_case(&row.email))
    {
        account::letters::email_changed(cx, &row, new)?;
    }
    Ok(saved)
}

/// Makes a new customer with its addresses; those in countries that the store view does not allow are dropped
/// (`spec/scopes.md` fact 33). `secure` are columns that no member sets.
///
/// # Errors
/// Magento's 400 and 404.
pub(crate) async fn create(cx: &mut Cx<'_>, mut customer: Customer, secure: Columns) -> Result<Customer> {
    let home = Home::of_new(cx, &customer)?;
    let named = |id: Option<i64>| id.is_some_and(|id| id != 0);
    // Magento forgets the store view of the path where the account names none.
    let scope = if named(customer.store_id) || named(customer.website_id) {
        cx.scope().clone()
    } else {
        home.store.clone()
    };
    let scopes = cx.service::<Arc<Scopes>>()?;
    customer.website_id = Some(home.website_id);
    customer.store_id = Some(home.store.store_id);
    customer.created_in = scopes.view_name(home.store.store_id);
    customer.group_id = customer
        .group_id
        .or_else(|| group::default_of(scopes, &home.store));
    check(cx, &scope, &customer, home.website_id, 0).await?;
    let now = cx.now_text();
    let mut columns = draft::columns(cx, &customer);
    columns.push(("website_id", Param::from(home.website_id)));
    columns.push(("store_id", Param::from(home.store.store_id)));
    columns.push(("created_at", Param::from(now.as_str())));
    columns.push(("updated_at", Param::from(now.as_str())));
    let own = |column: &str| secure.iter().any(|(known, _)| *known == column);
    columns.retain(|(column, _)| !own(column));
    columns.extend(secure);
    let id = repo::customer::insert(cx.session(), &columns).await?;
    let row = find(cx, id).await?;
    let addresses = customer.addresses.take().unwrap_or_default();
    let addresses = allowed(cx, &home, addresses)?;
    let defaults = replace(cx, &scope, &row, addresses).await?;
    if defaults != Defaults::default() {
        let columns = [
            ("default_billing", Param::from(defaults.billing)),
            ("default_shipping", Param::from(defaults.shipping)),
        ];
        repo::customer::update(cx.session(), id, &columns).await?;
    }
    finish(cx, id, &customer).await
}

/// The addresses that a new customer of a store view can have, without ids.
fn allowed(cx: &Cx<'_>, home: &Home, addresses: Vec<Address>) -> Result<Vec<Address>> {
    let countries = allowed_countries(cx, home.store.store_id)?;
    let here = |address: &Address| {
        let country = address.country_id.as_ref();
        country.is_some_and(|country| countries.contains(country))
    };
    let new = |address| Address { id: None, ..address };
    Ok(addresses.into_iter().filter(here).map(new).collect())
}

/// The rules for the customer itself: group, e-mail address, attributes, names, in Magento's order.
async fn check(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    customer: &Customer,
    website_id: i64,
    id: i64,
) -> Result<()> {
    if let Some(group) = customer.group_id.filter(|id| *id != 0)
        && repo::group::by_id(cx.session(), group).await?.is_none()
    {
        return Err(Error::invalid("The specified customer group id does not exist."));
    }
    let email = customer.email.as_deref().unwrap_or_default();
    if email.is_empty() {
        return Err(Error::invalid(
            "The customer email is missing. Enter and try again.",
        ));
    }
    // Magento's tables hold no such characters: MySQL would make question marks of them, and mail go elsewhere.
    if email.chars().any(|c| c > '\u{ffff}') {
        return Err(Error::invalid("\"Email\" is not a valid email address."));
    }
    let holder = account::find_by_email(cx, email, website_id).await?;
    if holder.is_some_and(|holder| holder.id != id) {
        return Err(Error::invalid(
            "A customer with the same email address already exists in an associated website.",
        ));
    }
    let metadata = eav::metadata(cx)?;
    let overrides = Overrides::of(cx, scope.website_id).await?;
    let views = overrides.all(metadata.entity_type(entity::CUSTOMER)?);
    let mut wrong = rules::check(cx, &views, |code| draft::value(customer, code)).await?;
    wrong.extend(rules::names(
        customer.firstname.as_deref(),
        customer.lastname.as_deref(),
        customer.middlename.as_deref(),
    ));
    rules::refuse(&wrong)
}

/// A default address that is named must be among the addresses that are sent, unless one of those says that it is it.
fn check_defaults(customer: &Customer) -> Result<()> {
    let Some(addresses) = customer.addresses.as_ref().filter(|all| !all.is_empty()) else {
        return Ok(());
    };
    let billing: fn(&Address) -> Option<bool> = |address| address.default_billing;
    let shipping: fn(&Address) -> Option<bool> = |address| address.default_shipping;
    let named = [
        ("default_billing", &customer.default_billing, billing),
        ("default_shipping", &customer.default_shipping, shipping),
    ];
    for (field, id, said) in named {
        let Some(id) = id.as_deref().filter(|id| !rules::is_empty(id)) else {
            continue;
        };
        let fits = |address: &Address| {
            said(address) == Some(true) || address.id.is_some_and(|known| id.parse() == Ok(known))
        };
        if !addresses.iter().any(fits) {
            let text = "The %fieldName value is invalid. Set the correct value and try again.";
            return Err(Error::invalid(text).with("fieldName", field));
        }
    }
    Ok(())
}

/// The default address before addresses are written: one that was sent counts only among addresses that were sent too.
fn chosen(customer: &Customer, sent: &Option<String>, before: Option<i64>) -> Option<i64> {
    let addresses = customer.addresses.as_deref().unwrap_or_default();
    let sent = sent.as_deref().and_then(|id| id.parse().ok());
    let own = |id: &i64| addresses.iter().any(|address| address.id == Some(*id));
    sent.filter(own).or(before)
}

/// Values, subscription and the admin's list; the customer as it is now.
async fn finish(cx: &mut Cx<'_>, id: i64, sent: &Customer) -> Result<Customer> {
    let metadata = eav::metadata(cx)?;
    let attributes = entity::stored(&metadata, entity::CUSTOMER)?;
    let writes = entity::writes(id, &attributes, &sent.custom_attributes)?;
    eav::values::save(cx.session(), &entity::CUSTOMER_VALUES, &writes).await?;
    let row = find(cx, id).await?;
    subscribe::save(cx, &row, sent.extension_attributes.0.is_subscribed).await?;
    grid::write(cx, id).await?;
    load::one(cx, row).await
}
