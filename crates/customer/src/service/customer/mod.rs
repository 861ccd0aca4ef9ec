//! Customers.

mod delete;
mod draft;
pub(crate) mod grid;
mod list;
pub(crate) mod load;
pub(crate) mod save;
pub(crate) mod subscribe;
#[cfg(test)]
mod tests;
mod validate;

use contract::{Cx, Error, Operation, Result, operation};

use crate::data::address::Address;
use crate::data::customer::Customer;
use crate::data::found::Found;
use crate::repo;
use crate::repo::customer::CustomerRow;

/// The operations of this service.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &GET_BY_ID,
    &delete::DELETE_BY_ID,
    &save::SAVE,
    &validate::VALIDATE,
    &list::GET_LIST,
    &GET_DEFAULT_BILLING_ADDRESS,
    &GET_DEFAULT_SHIPPING_ADDRESS,
    &IS_READONLY,
];

/// The customer with this id.
///
/// # Errors
/// Magento's 404.
pub(crate) async fn find(cx: &mut Cx<'_>, customer_id: i64) -> Result<CustomerRow> {
    let found = repo::customer::by_id(cx.session(), customer_id).await?;
    found.ok_or_else(|| Error::no_such_entity("customerId", customer_id))
}

/// Gets a customer.
#[operation("customerCustomerRepositoryV1", "Customers.")]
#[route(GET "/V1/customers/:customerId" => "Magento_Customer::customer")]
#[route(GET "/V1/customers/me" => "self", force("customerId" = "%customer_id%"))]
pub(crate) async fn get_by_id(cx: &mut Cx<'_>, customer_id: i64) -> Result<Customer> {
    let row = find(cx, customer_id).await?;
    load::one(cx, row).await
}

/// Gets the default billing address of a customer.
#[operation("customerAccountManagementV1", "Accounts of customers.")]
#[route(GET "/V1/customers/:customerId/billingAddress" => "Magento_Customer::manage")]
#[route(GET "/V1/customers/me/billingAddress" => "self", force("customerId" = "%customer_id%"))]
pub(crate) async fn get_default_billing_address(cx: &mut Cx<'_>, customer_id: i64) -> Result<Found<Address>> {
    let row = find(cx, customer_id).await?;
    let address = row.default_billing;
    Ok(Found(address_of(cx, row, address).await?))
}

/// Gets the default shipping address of a customer.
#[operation("customerAccountManagementV1")]
#[route(GET "/V1/customers/:customerId/shippingAddress" => "Magento_Customer::manage")]
#[route(GET "/V1/customers/me/shippingAddress" => "self", force("customerId" = "%customer_id%"))]
pub(crate) async fn get_default_shipping_address(
    cx: &mut Cx<'_>,
    customer_id: i64,
) -> Result<Found<Address>> {
    let row = find(cx, customer_id).await?;
    let address = row.default_shipping;
    Ok(Found(address_of(cx, row, address).await?))
}

/// An address if it is one of the customer's.
async fn address_of(cx: &mut Cx<'_>, row: CustomerRow, id: Option<i64>) -> Result<Option<Address>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let Some(found) = repo::address::by_id(cx.session(), id).await? else {
        return Ok(None);
    };
    if found.customer_id != Some(row.id) {
        return Ok(None);
    }
    Ok(Some(super::address::load::one(cx, found, &row).await?))
}

/// Tells whether a customer may not be changed: never.
#[operation("customerAccountManagementV1")]
#[route(GET "/V1/customers/:customerId/permissions/readonly" => "Magento_Customer::customer")]
pub(crate) async fn is_readonly(cx: &mut Cx<'_>, customer_id: i64) -> Result<bool> {
    find(cx, customer_id).await?;
    Ok(false)
}
