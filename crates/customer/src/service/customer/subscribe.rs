//! The newsletter subscription that customers have.

use contract::{Cx, Result};

use super::load;
use crate::repo;
use crate::repo::customer::CustomerRow;
use crate::repo::subscriber::{NOT_ACTIVE, SUBSCRIBED, SubscriberRow, UNCONFIRMED, UNSUBSCRIBED};

/// Follows a customer's save: subscribes or unsubscribes as asked, keeps the e-mail address, and takes over a
/// subscription that the address had before there was an account.
pub(crate) async fn save(cx: &mut Cx<'_>, customer: &CustomerRow, wanted: Option<bool>) -> Result<()> {
    let found = load::subscriptions(cx, std::slice::from_ref(customer)).await?;
    let mut row = match found.into_values().next() {
        Some(row) => row,
        None => of_guest(cx, customer).await?.unwrap_or_default(),
    };
    let confirmed = customer.confirmation.as_deref().unwrap_or_default().is_empty();
    let woken = row.id != 0 && row.status == UNCONFIRMED && confirmed;
    let now = row.is_subscribed();
    let wanted = wanted.unwrap_or(now) || woken;
    let moved = row.id != 0
        && (row.customer_id != customer.id || row.email.as_deref() != Some(customer.email.as_str()));
    if wanted == now && !moved {
        return Ok(());
    }
    if wanted != now {
        let asks = cx.config("newsletter/subscription/confirm").as_deref() == Some("1");
        row.status = match (wanted, confirmed) {
            (false, _) => UNSUBSCRIBED,
            (true, false) => UNCONFIRMED,
            (true, true) if asks => NOT_ACTIVE,
            (true, true) => SUBSCRIBED,
        };
        row.store_id = customer.store_id;
    }
    row.customer_id = customer.id;
    row.email = Some(repo::shortened(&customer.email, 150).to_owned());
    let (code, now) = (code(cx), cx.now_text());
    repo::subscriber::save(cx.session(), &row, &code, &now).await
}

/// The subscription of the e-mail address in the customer's website, if no customer has it.
async fn of_guest(cx: &mut Cx<'_>, customer: &CustomerRow) -> Result<Option<SubscriberRow>> {
    let rows = repo::subscriber::of_guest(cx.session(), &customer.email).await?;
    let scopes = cx.service::<std::sync::Arc<store::Scopes>>()?;
    let here = |row: &SubscriberRow| {
        let view = row.store_id.and_then(|id| scopes.view(id));
        view.map(|view| view.website_id) == customer.website_id
    };
    Ok(rows.into_iter().find(here))
}

/// A code that nobody guesses, for the links of newsletters.
fn code(cx: &Cx<'_>) -> String {
    let mut bytes = [0u8; 16];
    cx.random(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
