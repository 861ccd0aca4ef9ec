//! `newsletter_subscriber`.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};

/// The status of who gets the newsletter.
pub(crate) const SUBSCRIBED: i64 = 1;
/// The status of who has to confirm first.
pub(crate) const NOT_ACTIVE: i64 = 2;
/// The status of who does not want it any more.
pub(crate) const UNSUBSCRIBED: i64 = 3;
/// The status of who has to confirm the account first.
pub(crate) const UNCONFIRMED: i64 = 4;

/// A subscription.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct SubscriberRow {
    pub(crate) id: i64,
    pub(crate) store_id: Option<i64>,
    pub(crate) customer_id: i64,
    pub(crate) email: Option<String>,
    pub(crate) status: i64,
}

impl FromRow for SubscriberRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            store_id: row.get(1)?,
            customer_id: row.get(2)?,
            email: row.get(3)?,
            status: row.get(4)?,
        })
    }
}

/// The subscriptions of customers. One statement, none for no customer.
pub(crate) async fn of_customers(session: &mut Session, customers: &[i64]) -> Result<Vec<SubscriberRow>> {
    if customers.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT subscriber_id, store_id, customer_id, subscriber_email, subscriber_status \
               FROM {newsletter_subscriber} WHERE customer_id IN ("
        .to_owned()
        + &dialect::placeholders(customers.len())
        + ") ORDER BY subscriber_id";
    let params: Vec<Param> = customers.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &params).await?)
}

/// The subscriptions of an e-mail address that no customer has.
pub(crate) async fn of_guest(session: &mut Session, email: &str) -> Result<Vec<SubscriberRow>> {
    let sql = "SELECT subscriber_id, store_id, customer_id, subscriber_email, subscriber_status \
               FROM {newsletter_subscriber} WHERE subscriber_email = ? AND customer_id = 0 ORDER BY subscriber_id";
    Ok(session.fetch_all(sql, params![email]).await?)
}

/// Writes a subscription, new when its id is 0.
pub(crate) async fn save(session: &mut Session, row: &SubscriberRow, code: &str, now: &str) -> Result<()> {
    let (email, store_id) = (row.email.as_deref(), row.store_id);
    if row.id == 0 {
        let sql = "INSERT INTO {newsletter_subscriber} (store_id, change_status_at, customer_id, subscriber_email, \
                   subscriber_status, subscriber_confirm_code) VALUES (?, ?, ?, ?, ?, ?)";
        let params = params![store_id, now, row.customer_id, email, row.status, code];
        session.execute(sql, params).await?;
        return Ok(());
    }
    let sql = "UPDATE {newsletter_subscriber} SET store_id = ?, change_status_at = ?, customer_id = ?, \
               subscriber_email = ?, subscriber_status = ? WHERE subscriber_id = ?";
    let params = params![store_id, now, row.customer_id, email, row.status, row.id];
    session.execute(sql, params).await?;
    Ok(())
}

/// Deletes the subscriptions of a customer.
pub(crate) async fn delete(session: &mut Session, customer_id: i64) -> Result<()> {
    let sql = "DELETE FROM {newsletter_subscriber} WHERE customer_id = ?";
    session.execute(sql, params![customer_id]).await?;
    Ok(())
}

impl SubscriberRow {
    /// Whether they get the newsletter.
    pub(crate) fn is_subscribed(&self) -> bool {
        self.status == SUBSCRIBED
    }
}
