//! Deletes customers.

use contract::{Cx, Result, operation};
use identity::{UserKind, revoke_user_tokens};

use super::find;
use crate::repo;

/// Deletes a customer with addresses, values, tokens and subscription.
#[operation("customerCustomerRepositoryV1")]
#[route(DELETE "/V1/customers/:customerId" => "Magento_Customer::delete")]
pub(crate) async fn delete_by_id(cx: &mut Cx<'_>, customer_id: i64) -> Result<bool> {
    let row = find(cx, customer_id).await?;
    revoke_user_tokens(cx, UserKind::Customer, row.id).await?;
    repo::subscriber::delete(cx.session(), row.id).await?;
    repo::customer::delete(cx.session(), row.id).await?;
    repo::grid::delete(cx.session(), &[row.id]).await?;
    Ok(true)
}
