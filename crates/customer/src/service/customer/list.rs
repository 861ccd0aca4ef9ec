//! Searches for customers. They are the same in every store view (`spec/scopes.md` fact 34).

use contract::search::SearchCriteria;
use contract::{Cx, Result, operation};
use eav::search::{Overrides, Query, Searched};

use super::load;
use crate::data::customer::CustomerSearchResults;
use crate::repo::search as repo;
use crate::service::entity::{CUSTOMER, CUSTOMER_VALUES};

/// Searches for customers.
#[operation("customerCustomerRepositoryV1")]
#[route(GET "/V1/customers/search" => "Magento_Customer::customer")]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
) -> Result<CustomerSearchResults> {
    let metadata = eav::metadata(cx)?;
    let searched = Searched {
        tables: CUSTOMER_VALUES,
        entity: metadata.entity_type(CUSTOMER)?,
        columns: repo::SEARCHED,
    };
    let overrides = Overrides::default();
    let mut query = Query::new(cx.session().engine(), searched, &overrides, 0);
    for group in &search_criteria.filter_groups {
        query.filter(group.filters.iter().flatten())?;
    }
    for order in search_criteria.sort_orders.iter().flatten() {
        let field = order.field.0.as_deref().unwrap_or_default();
        query.sort(field, order.direction.is_ascending());
    }
    let total_count = repo::count(cx.session(), &query).await?;
    let window = search_criteria.to_search().window;
    let rows = if total_count > window.map_or(0, |(_, offset)| offset) {
        let plan = repo::plan(cx.session(), &query, total_count, window).await?;
        repo::page(cx.session(), &query, plan, total_count, window).await?
    } else {
        Vec::new()
    };
    Ok(CustomerSearchResults {
        items: load::many(cx, rows).await?,
        search_criteria,
        total_count,
    })
}
