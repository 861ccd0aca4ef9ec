//! `customer_grid_flat`.

use contract::Result;
use db::{Param, Session, dialect};

use super::address::AddressRow;
use super::customer::CustomerRow;

/// A row of the admin's list of customers.
pub(crate) struct GridRow<'a> {
    pub(crate) customer: &'a CustomerRow,
    pub(crate) name: String,
    pub(crate) shipping_full: String,
    pub(crate) billing_full: String,
    pub(crate) billing: Option<&'a AddressRow>,
}

const COLUMNS: &[&str] = &[
    "entity_id",
    "name",
    "email",
    "group_id",
    "created_at",
    "website_id",
    "confirmation",
    "created_in",
    "dob",
    "gender",
    "taxvat",
    "lock_expires",
    "shipping_full",
    "billing_full",
    "billing_firstname",
    "billing_lastname",
    "billing_telephone",
    "billing_postcode",
    "billing_country_id",
    "billing_region",
    "billing_region_id",
    "billing_street",
    "billing_city",
    "billing_fax",
    "billing_vat_id",
    "billing_company",
];

fn params(row: &GridRow<'_>) -> Vec<Param> {
    let customer = row.customer;
    let text = |value: &Option<String>| Param::from(value.as_deref());
    let billing = |get: fn(&AddressRow) -> Option<&str>| Param::from(row.billing.and_then(get));
    vec![
        customer.id.into(),
        Param::from(row.name.as_str()),
        Param::from(customer.email.as_str()),
        customer.group_id.into(),
        Param::from(customer.created_at.as_str()),
        customer.website_id.into(),
        text(&customer.confirmation),
        text(&customer.created_in),
        text(&customer.dob),
        customer.gender.into(),
        text(&customer.taxvat),
        text(&customer.lock_expires),
        Param::from(row.shipping_full.as_str()),
        Param::from(row.billing_full.as_str()),
        billing(|address| Some(&address.firstname)),
        billing(|address| Some(&address.lastname)),
        billing(|address| Some(&address.telephone)),
        billing(|address| address.postcode.as_deref()),
        billing(|address| Some(&address.country_id)),
        billing(|address| address.region.as_deref()),
        Param::from(row.billing.and_then(|address| address.region_id)),
        // The column is shorter than a street may be.
        billing(|address| Some(super::shortened(&address.street, 255))),
        billing(|address| Some(&address.city)),
        billing(|address| address.fax.as_deref()),
        billing(|address| address.vat_id.as_deref()),
        billing(|address| address.company.as_deref()),
    ]
}

/// Writes rows, over those that are there. One statement.
pub(crate) async fn save(session: &mut Session, rows: &[GridRow<'_>]) -> Result<()> {
    let sql = dialect::upsert_rows(
        session.engine(),
        "customer_grid_flat",
        COLUMNS,
        &["entity_id"],
        &COLUMNS[1..],
        rows.len(),
    );
    let params: Vec<Param> = rows.iter().flat_map(params).collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Deletes rows.
pub(crate) async fn delete(session: &mut Session, customers: &[i64]) -> Result<()> {
    let sql = "DELETE FROM {customer_grid_flat} WHERE entity_id IN (".to_owned()
        + &dialect::placeholders(customers.len())
        + ")";
    let params: Vec<Param> = customers.iter().copied().map(Param::from).collect();
    session.execute(&sql, &params).await?;
    Ok(())
}
