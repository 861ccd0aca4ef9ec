//! Addresses.

pub(crate) mod check;
mod draft;
pub(crate) mod load;
pub(crate) mod save;

use contract::{Cx, Error, Operation, Result, operation};

use crate::data::address::Address;
use crate::repo;
use crate::repo::address::AddressRow;
use crate::service::customer;

/// The operations of this service.
pub(crate) static OPERATIONS: &[&Operation] = &[&GET_BY_ID, &DELETE_BY_ID];

async fn find(cx: &mut Cx<'_>, address_id: i64) -> Result<AddressRow> {
    let found = repo::address::by_id(cx.session(), address_id).await?;
    found.ok_or_else(|| Error::no_such_entity("addressId", address_id))
}

/// Gets an address.
#[operation("customerAddressRepositoryV1", "Addresses of customers.")]
#[route(GET "/V1/customers/addresses/:addressId" => "Magento_Customer::manage")]
pub(crate) async fn get_by_id(cx: &mut Cx<'_>, address_id: i64) -> Result<Address> {
    let row = find(cx, address_id).await?;
    let owner = customer::find(cx, row.customer_id.unwrap_or_default()).await?;
    load::one(cx, row, &owner).await
}

/// Deletes an address. It is no default address any more.
#[operation("customerAddressRepositoryV1")]
#[route(DELETE "/V1/addresses/:addressId" => "Magento_Customer::manage")]
pub(crate) async fn delete_by_id(cx: &mut Cx<'_>, address_id: i64) -> Result<bool> {
    let row = find(cx, address_id).await?;
    let owner = customer::find(cx, row.customer_id.unwrap_or_default()).await?;
    repo::address::delete(cx.session(), &[row.id]).await?;
    let gone = |default: Option<i64>| default == Some(row.id);
    let mut changes = Vec::new();
    if gone(owner.default_billing) {
        changes.push(("default_billing", db::Param::Null));
    }
    if gone(owner.default_shipping) {
        changes.push(("default_shipping", db::Param::Null));
    }
    repo::customer::update(cx.session(), owner.id, &changes).await?;
    customer::grid::write(cx, owner.id).await?;
    Ok(true)
}
