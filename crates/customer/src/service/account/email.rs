//! Whether an e-mail address has an account.

use contract::{Cx, Result, operation};

use super::{find_by_email, website_config, website_of_call};

/// Check if given email is associated with a customer account in given website.
///
/// Unless `checkout/options/enable_guest_checkout_login` is on, the answer is always that it is available: guests are
/// not to find out who has an account (goldens `cust.email-avail-*`).
#[operation("customerAccountManagementV1")]
#[route(POST "/V1/customers/isEmailAvailable" => "anonymous")]
pub(crate) async fn is_email_available(
    cx: &mut Cx<'_>,
    customer_email: String,
    website_id: Option<i64>,
) -> Result<bool> {
    let here = cx.scope().website_id;
    let path = "checkout/options/enable_guest_checkout_login";
    let told = website_config(cx, path, website_id.unwrap_or(here))?;
    if !told.is_some_and(|value| !value.is_empty() && &*value != "0") {
        return Ok(true);
    }
    let website = match website_id {
        Some(id) => id,
        None => website_of_call(cx)?,
    };
    Ok(find_by_email(cx, &customer_email, website).await?.is_none())
}
