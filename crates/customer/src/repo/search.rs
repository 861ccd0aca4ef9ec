//! Searches for customers.

use std::collections::HashMap;

use contract::Result;
use db::search::{Column, Kind};
use db::{Engine, Session};
use eav::search::{Plan, Query};

use super::customer::{COLUMNS, CustomerRow, by_ids};

const fn own(field: &'static str, sql: &'static str, kind: Kind) -> Column {
    Column { field, sql, kind }
}

macro_rules! billing {
    ($field:literal, $column:literal) => {
        own(
            $field,
            concat!(
                "(SELECT a.",
                $column,
                " FROM {customer_address_entity} a WHERE a.entity_id = e.default_billing)"
            ),
            Kind::Text,
        )
    };
}

/// What a search may name besides attributes with values of their own: the columns that are attributes, the whole
/// name, and what Magento joins of the default billing address. Secrets are left out: conditions would give them away
/// letter by letter.
pub(crate) const SEARCHED: &[Column] = &[
    own("entity_id", "e.entity_id", Kind::Number),
    own("website_id", "e.website_id", Kind::Number),
    own("email", "e.email", Kind::Text),
    own("group_id", "e.group_id", Kind::Number),
    own("increment_id", "e.increment_id", Kind::Text),
    own("store_id", "e.store_id", Kind::Number),
    own("created_at", "e.created_at", Kind::Time),
    own("updated_at", "e.updated_at", Kind::Time),
    own(
        "disable_auto_group_change",
        "e.disable_auto_group_change",
        Kind::Number,
    ),
    own("created_in", "e.created_in", Kind::Text),
    own("prefix", "e.prefix", Kind::Text),
    own("firstname", "e.firstname", Kind::Text),
    own("middlename", "e.middlename", Kind::Text),
    own("lastname", "e.lastname", Kind::Text),
    own("suffix", "e.suffix", Kind::Text),
    own("dob", "e.dob", Kind::Time),
    own("default_billing", "e.default_billing", Kind::Number),
    own("default_shipping", "e.default_shipping", Kind::Number),
    own("taxvat", "e.taxvat", Kind::Text),
    own("confirmation", "e.confirmation", Kind::Text),
    own("gender", "e.gender", Kind::Number),
    own("failures_num", "e.failures_num", Kind::Number),
    own("first_failure", "e.first_failure", Kind::Time),
    own("lock_expires", "e.lock_expires", Kind::Time),
    own(
        "name",
        "CONCAT_WS(' ', NULLIF(TRIM(e.prefix), ''), TRIM(e.firstname), NULLIF(TRIM(e.middlename), ''), \
         TRIM(e.lastname), NULLIF(TRIM(e.suffix), ''))",
        Kind::Text,
    ),
    billing!("billing_postcode", "postcode"),
    billing!("billing_city", "city"),
    billing!("billing_telephone", "telephone"),
    billing!("billing_region", "region"),
    billing!("billing_country_id", "country_id"),
    billing!("billing_company", "company"),
    billing!("company", "company"),
];

/// How many customers match. On SQLite the answer is kept until something is written.
pub(crate) async fn count(session: &mut Session, query: &Query<'_>) -> Result<i64> {
    let (sql, params) = query.count();
    Ok(session.count(&sql, &params).await?)
}

/// So many matches are sorted in place, more of them where nobody else waits.
const MANY: i64 = 300;

/// How many matches are found in an index in the time in which one customer is looked at.
const LOOK: i64 = 10;

/// So large a page is read by its ids.
const PAGE: i64 = 1000;

/// Which way to read a page of `count` matches on SQLite: along an index as long as that looks at fewer customers than
/// there are matches. One statement for many matches, whose answer is kept until something is written.
pub(crate) async fn plan(
    session: &mut Session,
    query: &Query<'_>,
    count: i64,
    window: Option<(i64, i64)>,
) -> Result<Plan> {
    if session.engine() == Engine::MySql {
        return Ok(Plan::Free);
    }
    // Not every customer has a row of an attribute, so its index cannot lead.
    if count <= MANY || query.leading_attribute().is_some() {
        return Ok(Plan::Match);
    }
    let all = session
        .count("SELECT COUNT(*) FROM {customer_entity}", &[])
        .await?;
    let read = window.map_or(count, |(limit, offset)| limit.saturating_add(offset));
    let walk = read.saturating_mul(all) / count <= count / LOOK;
    Ok(if walk { Plan::Walk } else { Plan::Match })
}

/// A page of the `count` matches.
pub(crate) async fn page(
    session: &mut Session,
    query: &Query<'_>,
    plan: Plan,
    count: i64,
    window: Option<(i64, i64)>,
) -> Result<Vec<CustomerRow>> {
    let short = window.is_some_and(|(limit, _)| limit <= PAGE);
    if plan == Plan::Match && count > MANY && short {
        // Indexes hold what is asked and the id: the customers themselves are read for the page only.
        let (sql, params) = query.page("e.entity_id", plan, window);
        let ids: Vec<i64> = session.fetch_all_slowly(&sql, &params).await?;
        let mut rows: HashMap<i64, CustomerRow> = HashMap::with_capacity(ids.len());
        rows.extend(by_ids(session, &ids).await?.into_iter().map(|row| (row.id, row)));
        return Ok(ids.iter().filter_map(|id| rows.remove(id)).collect());
    }
    let columns: Vec<String> = COLUMNS.iter().map(|column| format!("e.{column}")).collect();
    let (sql, params) = query.page(&columns.join(", "), plan, window);
    Ok(match plan {
        Plan::Match if count > MANY => session.fetch_all_slowly(&sql, &params).await?,
        _ => session.fetch_all(&sql, &params).await?,
    })
}

#[cfg(test)]
mod tests {
    use contract::search::Filter;
    use eav::search::{Overrides, Searched};

    use super::*;
    use crate::fixtures::both;
    use crate::service::entity::{CUSTOMER, CUSTOMER_VALUES};

    /// Names are shared by many: their index would give all of them to be sorted for a page of a few.
    #[tokio::test]
    async fn a_page_of_many_matches_is_read_in_the_order_of_ids() {
        both(async |stand| {
            let mut cx = stand.cx("all");
            let engine = cx.session().engine();
            if engine == Engine::MySql {
                return;
            }
            let metadata = eav::metadata(&cx).unwrap();
            let searched = Searched {
                tables: CUSTOMER_VALUES,
                entity: metadata.entity_type(CUSTOMER).unwrap(),
                columns: SEARCHED,
            };
            let overrides = Overrides::default();
            let mut query = Query::new(engine, searched, &overrides, 0);
            let filter = Filter {
                field: Some("lastname".to_owned()),
                value: Some("Arc%".to_owned()),
                condition_type: Some("like".to_owned()),
            };
            query.filter([&filter].into_iter()).unwrap();
            let (sql, params) = query.page("e.entity_id", Plan::Walk, Some((20, 0)));
            let mut explained = "EXPLAIN QUERY PLAN ".to_owned();
            explained.push_str(&sql);
            let steps: Vec<(i64, i64, i64, String)> =
                cx.session().fetch_all(&explained, &params).await.unwrap();
            let steps: Vec<String> = steps.into_iter().map(|(_, _, _, step)| step).collect();
            assert_eq!(steps, ["SCAN e"]);
        })
        .await;
    }
}
