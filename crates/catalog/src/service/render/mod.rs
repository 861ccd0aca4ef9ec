//! Products as storefronts show them: names, pictures, buttons, and prices with their HTML (`spec/scopes.md`
//! fact 45).

mod money;
#[cfg(test)]
mod tests;
mod view;

use std::sync::Arc;

use contract::port::Stores as _;
use contract::search::SearchCriteria;
use contract::{Cx, Error, Operation, Result, StoreScope, operation};
use eav::search::{Query, Searched};
use eav::values::ValueTables;
use rust_decimal::Decimal;
use store::Scopes;

use self::money::Money;
use self::view::View;
use crate::data::render::ProductRenderSearchResults;
use crate::repo;
use crate::repo::product::ProductRow;
use crate::repo::product_list as list;

pub(crate) static OPERATIONS: &[&Operation] = &[&GET_LIST];

const PRODUCT: ValueTables = ValueTables::new("catalog_product_entity");

/// Collect and retrieve the list of product render info: those that have an indexed price in the website of the
/// store view. The path's store view only sets the language. A fixed number of statements.
#[operation("catalogProductRenderListV1", "Products as storefronts show them.")]
#[route(GET "/V1/products-render-info" => "anonymous", force("requestTarget" = "%request_target%"))]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
    store_id: i64,
    currency_code: String,
    request_target: Option<String>,
) -> Result<ProductRenderSearchResults> {
    let scopes = cx.service::<Arc<Scopes>>()?.clone();
    let scope = scopes.view(store_id).filter(|_| store_id != 0).ok_or_else(|| {
        Error::not_found("The store that was requested wasn't found. Verify the store and try again.")
    })?;
    let rows = search(cx, &search_criteria, &scope).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(ProductRenderSearchResults::default());
    }
    let prices = repo::render::prices(cx.session(), scope.website_id, &ids).await?;
    let paths = repo::render::paths(cx.session(), store_id, &ids).await?;
    let values = eav::values::load(cx.session(), &PRODUCT, &ids, store_id).await?;
    let rate = rate(cx, &scopes, &scope).await?;
    let metadata = eav::metadata(cx)?;
    let locale = cx.config("general/locale/code").unwrap_or_else(|| "en_US".into());
    let base = cx.config("web/unsecure/base_url").unwrap_or_default();
    let view = View {
        urls: store::base_urls(cx, &scope)?,
        uenc: view::uenc(&base, request_target.as_deref().unwrap_or_default()),
        money: Money::new(&locale, &currency_code),
        entity: metadata.entity_type("catalog_product")?,
        locale,
        currency_code,
        scope,
        rate,
        values,
        prices,
        paths,
    };
    Ok(ProductRenderSearchResults {
        items: rows.iter().map(|row| view.product(row)).collect(),
    })
}

/// The products of the page.
async fn search(cx: &mut Cx<'_>, criteria: &SearchCriteria, scope: &StoreScope) -> Result<Vec<ProductRow>> {
    let metadata = eav::metadata(cx)?;
    let searched = Searched {
        tables: PRODUCT,
        entity: metadata.entity_type("catalog_product")?,
        columns: list::SEARCHED,
    };
    let filters = criteria
        .filter_groups
        .iter()
        .flat_map(|group| group.filters.iter().flatten());
    let filtered = filters.filter_map(|filter| filter.field.as_deref());
    let sorts = criteria.sort_orders.iter().flatten();
    let sorted = sorts.filter_map(|sort| sort.field.0.as_deref());
    let codes = ["status", "visibility"].into_iter().chain(filtered).chain(sorted);
    let named: Vec<_> = codes.filter_map(|code| searched.attribute(code)).collect();
    let stores = [scope.store_id];
    let overrides = eav::search::overrides(cx.session(), &PRODUCT, &named, &stores).await?;
    let engine = cx.session().engine();
    let mut query = Query::new(engine, searched, &overrides, scope.store_id);
    let shown = [query.require("status")?, query.require("visibility")?];
    query.join_table(list::price_index(scope.website_id));
    for group in &criteria.filter_groups {
        query.filter(group.filters.iter().flatten())?;
    }
    for sort in criteria.sort_orders.iter().flatten() {
        let field = sort.field.0.as_deref().unwrap_or_default();
        match field {
            "price" => query.sort_sql(field, list::INDEX_PRICE, sort.direction.is_ascending()),
            _ => query.sort(field, sort.direction.is_ascending()),
        }
    }
    let shown = [shown[0].as_str(), shown[1].as_str()];
    let window = criteria.to_search().window;
    let count = list::count(cx.session(), &query).await?;
    if count == 0 {
        return Ok(Vec::new());
    }
    let plan = list::plan(cx.session(), &query, count, window).await?;
    let found = list::page(cx.session(), &query, shown, true, plan, count, window).await?;
    Ok(found.into_iter().map(|found| found.row).collect())
}

/// What one unit of the website's base currency is in the currency that the store view shows.
async fn rate(cx: &mut Cx<'_>, scopes: &Scopes, scope: &StoreScope) -> Result<Decimal> {
    let is_global = matches!(
        cx.default_config("catalog/price/scope").as_deref(),
        None | Some("" | "0")
    );
    let base = match is_global {
        true => cx.default_config("currency/options/base"),
        false => scopes.config("currency/options/base", scope),
    };
    let shown = scopes.config("currency/options/default", scope);
    let (Some(base), Some(shown)) = (base, shown) else {
        return Ok(Decimal::ONE);
    };
    if base == shown {
        return Ok(Decimal::ONE);
    }
    let rates = directory::rates(cx.session(), &base).await?;
    let rate = rates
        .into_iter()
        .find(|(to, _)| **to == *shown)
        .map(|(_, rate)| rate);
    Ok(rate.filter(|rate| !rate.is_zero()).unwrap_or(Decimal::ONE))
}
