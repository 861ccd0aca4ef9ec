//! The admin's list of customers.

use contract::{Cx, Result};

use crate::repo;
use crate::repo::address::AddressRow;
use crate::repo::customer::CustomerRow;
use crate::repo::grid::GridRow;

/// Writes the row of a customer again.
///
/// # Errors
/// The database refuses.
pub(crate) async fn write(cx: &mut Cx<'_>, customer_id: i64) -> Result<()> {
    let Some(row) = repo::customer::by_id(cx.session(), customer_id).await? else {
        return repo::grid::delete(cx.session(), &[customer_id]).await;
    };
    let addresses = repo::address::of_customers(cx.session(), &[customer_id]).await?;
    repo::grid::save(cx.session(), &[grid_row(&row, &addresses)]).await
}

/// The row of a customer who has these addresses.
fn grid_row<'a>(customer: &'a CustomerRow, addresses: &'a [AddressRow]) -> GridRow<'a> {
    let find = |id: Option<i64>| addresses.iter().find(|address| Some(address.id) == id);
    let (billing, shipping) = (find(customer.default_billing), find(customer.default_shipping));
    let name = [
        &customer.prefix,
        &customer.firstname,
        &customer.middlename,
        &customer.lastname,
        &customer.suffix,
    ];
    GridRow {
        customer,
        name: words(name.map(Option::as_deref)),
        shipping_full: shipping.map(full).unwrap_or_default(),
        billing_full: billing.map(full).unwrap_or_default(),
        billing,
    }
}

/// Street, city, region and postcode.
fn full(address: &AddressRow) -> String {
    words([
        Some(address.street.as_str()),
        Some(address.city.as_str()),
        address.region.as_deref(),
        address.postcode.as_deref(),
    ])
}

/// What is there, with spaces in between.
fn words<const N: usize>(parts: [Option<&str>; N]) -> String {
    let there = parts.into_iter().flatten().map(str::trim);
    there
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
