//! Customers as they are answered.

use std::collections::HashMap;
use std::sync::Arc;

use contract::{Cx, Extension, Result};
use store::Scopes;

use crate::data::address::Address;
use crate::data::customer::{Customer, CustomerExtension};
use crate::repo;
use crate::repo::customer::CustomerRow;
use crate::repo::subscriber::SubscriberRow;
use crate::service::address;
use crate::service::entity;

/// Customers with addresses, custom attributes and subscription, in the order given. Three statements, one more if
/// an address names a region, and one more for each entity that has attributes besides columns.
pub(crate) async fn many(cx: &mut Cx<'_>, rows: Vec<CustomerRow>) -> Result<Vec<Customer>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let found = repo::address::of_customers(cx.session(), &ids).await?;
    let defaults: HashMap<i64, [Option<i64>; 2]> = rows
        .iter()
        .map(|row| (row.id, [row.default_billing, row.default_shipping]))
        .collect();
    let mut addresses: HashMap<i64, Vec<Address>> = HashMap::new();
    for address in address::load::many(cx, found, &defaults).await? {
        let owner = address.customer_id.unwrap_or_default();
        addresses.entry(owner).or_default().push(address);
    }
    let subscribed = subscriptions(cx, &rows).await?;
    let metadata = eav::metadata(cx)?;
    let of = (entity::CUSTOMER, &entity::CUSTOMER_VALUES);
    let values = entity::load(cx, &metadata, of, &ids).await?;
    let attributes = entity::stored(&metadata, entity::CUSTOMER)?;
    let customers = rows.into_iter().map(|row| {
        let id = row.id;
        Customer {
            addresses: Some(addresses.remove(&id).unwrap_or_default()),
            extension_attributes: Extension(CustomerExtension {
                is_subscribed: Some(subscribed.get(&id).is_some_and(SubscriberRow::is_subscribed)),
                assistance_allowed: None,
            }),
            custom_attributes: entity::custom(&attributes, &values, id),
            ..customer(row)
        }
    });
    Ok(customers.collect())
}

/// A customer as [`many`] gives it.
pub(crate) async fn one(cx: &mut Cx<'_>, row: CustomerRow) -> Result<Customer> {
    Ok(many(cx, vec![row]).await?.pop().unwrap_or_default())
}

/// The columns of a customer.
fn customer(row: CustomerRow) -> Customer {
    Customer {
        id: Some(row.id),
        group_id: Some(row.group_id),
        default_billing: row.default_billing.map(|id| id.to_string()),
        default_shipping: row.default_shipping.map(|id| id.to_string()),
        confirmation: row.confirmation,
        created_at: Some(row.created_at),
        updated_at: Some(row.updated_at),
        created_in: row.created_in,
        dob: row.dob,
        email: Some(row.email),
        firstname: row.firstname,
        lastname: row.lastname,
        middlename: row.middlename,
        prefix: row.prefix,
        suffix: row.suffix,
        gender: row.gender,
        store_id: row.store_id,
        taxvat: row.taxvat,
        website_id: row.website_id,
        disable_auto_group_change: Some(i64::from(row.disable_auto_group_change)),
        ..Customer::default()
    }
}

/// The subscriptions of customers, each in the website of the customer. One statement.
pub(crate) async fn subscriptions(
    cx: &mut Cx<'_>,
    rows: &[CustomerRow],
) -> Result<HashMap<i64, SubscriberRow>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let found = repo::subscriber::of_customers(cx.session(), &ids).await?;
    let scopes = cx.service::<Arc<Scopes>>()?;
    let websites: HashMap<i64, Option<i64>> = rows.iter().map(|row| (row.id, row.website_id)).collect();
    let here = |row: &SubscriberRow| {
        let website = row
            .store_id
            .and_then(|id| scopes.view(id))
            .map(|view| view.website_id);
        websites.get(&row.customer_id).copied().flatten() == website
    };
    let here = found.into_iter().filter(here);
    Ok(here.map(|row| (row.customer_id, row)).collect())
}
