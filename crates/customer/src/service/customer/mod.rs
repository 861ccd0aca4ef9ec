//! Customers.

use contract::{Cx, Error, Result};

use crate::repo;
use crate::repo::customer::CustomerRow;

/// The customer with this id.
///
/// # Errors
/// Magento's 404.
pub(crate) async fn find(cx: &mut Cx<'_>, customer_id: i64) -> Result<CustomerRow> {
    let found = repo::customer::by_id(cx.session(), customer_id).await?;
    found.ok_or_else(|| Error::no_such_entity("customerId", customer_id))
}
