//! Searches for products.

mod criteria;
mod place;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use contract::search::SearchCriteria;
use contract::{Cx, Operation, Result, StoreScope, operation};
use eav::metadata::{Attribute, Metadata};
use eav::search::{Query, Searched};
use store::Scopes;

use self::criteria::{Groups, Place, sorts, split};
use self::place::Categories;
use super::render::{self, Known, TABLES, With};
use crate::data::product_search::ProductSearchResults;
use crate::repo::product::ProductRow;
use crate::repo::product_list::{self as repo, Found};

pub(crate) static OPERATIONS: &[&Operation] = &[&GET_LIST];

/// Searches for products. Values are those of the path's store view, its website does not matter
/// (`spec/scopes.md` fact 24); a filter by `store_id` takes both from that store (golden `search.store-2.none`).
#[operation("catalogProductRepositoryV1", "Products.")]
#[route(GET "/V1/products" => "Magento_Catalog::products", allow_insecure)]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
) -> Result<ProductSearchResults> {
    let (scope, found, total_count) = search(cx, &search_criteria).await?;
    let rows = found.into_iter().map(known).collect();
    Ok(ProductSearchResults {
        items: render::many(cx, &scope, rows, With::NoStock).await?,
        search_criteria,
        total_count,
    })
}

/// The products of a page of a search for products, for domains that follow them.
///
/// # Errors
/// As of the search itself.
pub async fn found(cx: &mut Cx<'_>, search_criteria: &SearchCriteria) -> Result<Vec<ProductRow>> {
    let (_, found, _) = search(cx, search_criteria).await?;
    Ok(found.into_iter().map(|found| found.row).collect())
}

/// The store view whose values count, the products of the page, and how many there are on all pages.
async fn search(cx: &mut Cx<'_>, search_criteria: &SearchCriteria) -> Result<(StoreScope, Vec<Found>, i64)> {
    let metadata = eav::metadata(cx)?;
    let groups = split(search_criteria, cx.service::<Arc<Scopes>>()?)?;
    let categories = Categories::read(cx, &metadata, &groups).await?;
    let mut columns = repo::SEARCHED.to_vec();
    columns.extend(categories.single().map(|_| repo::POSITION));
    let searched = Searched {
        tables: TABLES,
        entity: metadata.entity_type("catalog_product")?,
        columns: &columns,
    };
    let stores = groups.stores(cx.scope().store_id);
    let named = attributes(&searched, search_criteria);
    let overrides = eav::search::overrides(cx.session(), &TABLES, &named, &stores).await?;
    let (engine, path) = (cx.session().engine(), cx.scope().clone());
    let mut query = Query::new(engine, searched, &overrides, path.store_id);
    let shown = [query.require("status")?, query.require("visibility")?];
    if let Some(category) = categories.single() {
        query.join_table(repo::position(category));
    }
    let scope = places(&mut query, &groups, &categories, path)?;
    let priced = sorts(&mut query, search_criteria, &scope, categories.single());
    let total_count = repo::count(cx.session(), &query).await?;
    if !query.is_sorted() && total_count <= SMALL {
        own_rows_first(&mut query);
    }
    let window = search_criteria.to_search().window;
    let found = if total_count > window.map_or(0, |(_, offset)| offset) {
        let shown = [shown[0].as_str(), shown[1].as_str()];
        let plan = repo::plan(cx.session(), &query, total_count, window).await?;
        repo::page(cx.session(), &query, shown, priced, plan, total_count, window).await?
    } else {
        Vec::new()
    };
    Ok((scope, found, total_count))
}

/// Filters by attribute and by place, in the order given: a store named there counts for what follows. The store
/// view whose values are shown.
fn places<'a>(
    query: &mut Query<'a>,
    groups: &Groups<'_>,
    categories: &Categories,
    path: StoreScope,
) -> Result<StoreScope> {
    let mut scope = path;
    let mut websites = None;
    for group in &groups.0 {
        for place in &group.places {
            match place {
                Place::Store(store) => {
                    query.set_store(store.store_id);
                    scope = store.clone();
                }
                Place::Websites(ids) => websites = Some(ids.clone()),
                Place::Categories { ids, wanted } => {
                    match (*wanted, categories.with_children(ids).as_slice()) {
                        (true, [only]) if *only >= 0 => query.join_table(repo::in_category(*only)),
                        (wanted, ids) => {
                            let (sql, params) = repo::in_categories(ids, wanted);
                            query.filter_sql(sql, params);
                        }
                    }
                }
                Place::Nowhere => query.filter_sql("1 = 0".to_owned(), Vec::new()),
            }
        }
        query.filter(group.filters.iter().copied())?;
    }
    let of_store = groups.names_store().then(|| vec![scope.website_id]);
    if let Some(ids) = websites.or(of_store) {
        let (sql, params) = repo::in_websites(&ids);
        query.filter_sql(sql, params);
    }
    Ok(scope)
}

/// Up to so many matches stand in MariaDB's order where nothing sorts; more of them by id, which costs less.
const SMALL: i64 = 1_000;

fn own_rows_first(query: &mut Query<'_>) {
    if let Some(own) = query.own_rows_first("status") {
        query.sort_sql("", &own, true);
    }
}

/// What the search's statement told of a product. The index's price is shown instead of the value (golden
/// `search.sort-price.eu_en`), its other columns where no value is stored (golden `get1295`: `minimal_price`).
fn known(found: Found) -> (ProductRow, Known) {
    let (mut price, mut fallback) = (None, Vec::new());
    if let Some(index) = found.price {
        price = index.price;
        let minimal = index
            .minimal
            .map(|minimal| ("minimal_price", minimal.to_string()));
        let tax = index.tax_class_id.map(|id| ("tax_class_id", id.to_string()));
        fallback.extend(minimal.into_iter().chain(tax));
    }
    let known = Known {
        status: found.status,
        visibility: found.visibility,
        price,
        fallback,
    };
    (found.row, known)
}

/// The attributes that a search reads.
fn attributes<'a>(searched: &Searched<'a>, criteria: &SearchCriteria) -> Vec<&'a Attribute> {
    let filters = criteria
        .filter_groups
        .iter()
        .flat_map(|group| group.filters.iter().flatten());
    let sorts = criteria.sort_orders.iter().flatten();
    let mut codes = vec!["status", "visibility"];
    codes.extend(filters.filter_map(|filter| filter.field.as_deref()));
    codes.extend(sorts.filter_map(|sort| sort.field.0.as_deref()));
    let found = codes.into_iter().filter_map(|code| searched.attribute(code));
    found.collect()
}

/// The id of a category's attribute.
fn category_attribute(metadata: &Metadata, code: &str) -> Result<Option<i64>> {
    let entity = metadata.entity_type("catalog_category")?;
    Ok(entity.attribute(code).map(|attribute| attribute.id))
}
