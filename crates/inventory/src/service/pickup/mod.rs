//! Places where customers pick their orders up.

mod area;

use std::collections::{HashMap, HashSet};

use contract::search::{Filter, FilterGroup, PageSize, SearchCriteria, SortField, SortOrder};
use contract::{Cx, Error, Operation, Result, operation};

use crate::data::pickup::{
    PickupFilter, PickupFilters, PickupLocation, PickupSearch, PickupSearchResult, ProductInfo,
};
use crate::data::source::Source;
use crate::repo;
use crate::service::stock_resolver::resolve;

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[&EXECUTE];

/// What asks for the nearest places first.
const DISTANCE: &str = "distance";

/// Get Pickup Locations according to the results of filtration by Search Request.
#[operation("inventoryInStorePickupApiGetPickupLocationsV1", "Pickup locations.")]
#[route(GET "/V1/inventory/in-store-pickup/pickup-locations/" => "anonymous")]
pub(crate) async fn execute(cx: &mut Cx<'_>, search_request: PickupSearch) -> Result<PickupSearchResult> {
    let distances = match &search_request.area {
        Some(area) => Some(area::distances(cx, area).await?),
        None => None,
    };
    let mut conditions = vec![
        condition("enabled", "1", "eq"),
        condition("is_pickup_location_active", "1", "eq"),
    ];
    if let Some(filters) = &search_request.filters {
        conditions.extend(of_fields(filters)?);
    }
    if let Some(distances) = &distances {
        conditions.push(one_of(distances.keys().map(String::as_str)));
    }
    let codes = of_scope(cx, &search_request).await?;
    conditions.push(one_of(codes.iter().map(String::as_str)));
    let products = search_request.extension_attributes.0.products_info.as_deref();
    if let Some(products) = products.filter(|products| !products.is_empty()) {
        let codes = knowing(cx, products).await?;
        conditions.push(one_of(codes.iter().map(String::as_str)));
    }
    let criteria = SearchCriteria {
        filter_groups: conditions,
        sort_orders: Some(sorts(&search_request)),
        page_size: PageSize(search_request.page_size),
        current_page: search_request.current_page,
    };
    let (mut sources, total_count) = repo::sources::search(cx.session(), &criteria.to_search()).await?;
    if let Some(distances) = &distances {
        by_distance(&mut sources, distances, &search_request);
    }
    Ok(PickupSearchResult {
        items: sources.into_iter().map(location).collect(),
        search_request,
        total_count,
    })
}

fn condition(field: &str, value: &str, condition_type: &str) -> FilterGroup {
    FilterGroup {
        filters: Some(vec![Filter {
            field: Some(field.to_owned()),
            value: Some(value.to_owned()),
            condition_type: Some(condition_type.to_owned()),
        }]),
    }
}

fn one_of<'a>(codes: impl Iterator<Item = &'a str>) -> FilterGroup {
    let codes: Vec<&str> = codes.collect();
    condition("source_code", &codes.join(","), "in")
}

fn of_fields(filters: &PickupFilters) -> Result<Vec<FilterGroup>> {
    let fields = [
        ("country_id", &filters.country),
        ("region_id", &filters.region_id),
        ("region", &filters.region),
        ("postcode", &filters.postcode),
        ("city", &filters.city),
        ("street", &filters.street),
        ("source_code", &filters.pickup_location_code),
        ("frontend_name", &filters.name),
    ];
    let sent = fields
        .into_iter()
        .filter_map(|(field, filter)| Some((field, filter.as_ref()?)));
    sent.map(|(field, filter)| of_field(field, filter)).collect()
}

fn of_field(field: &str, filter: &PickupFilter) -> Result<FilterGroup> {
    // Magento dies of a filter without a value.
    let value = filter
        .value
        .as_deref()
        .ok_or_else(|| Error::required(["value"]))?;
    Ok(condition(
        field,
        value,
        filter.condition_type.as_deref().unwrap_or("eq"),
    ))
}

/// The sources of the stock that sells through the channel.
async fn of_scope(cx: &mut Cx<'_>, search: &PickupSearch) -> Result<Vec<String>> {
    let code = search.scope_code.as_deref();
    // Magento dies of a search without it.
    let code = code.ok_or_else(|| Error::required(["scopeCode"]))?;
    let kind = search.scope_type.as_deref().unwrap_or_default();
    let stock_id = resolve(cx, kind, code).await?;
    let links = repo::stock_source_link::of_stocks(cx.session(), &[stock_id]).await?;
    Ok(links.into_iter().filter_map(|link| link.source_code).collect())
}

/// The sources that know all of the products, offered or not.
async fn knowing(cx: &mut Cx<'_>, products: &[ProductInfo]) -> Result<Vec<String>> {
    let skus: Option<HashSet<&str>> = products.iter().map(|product| product.sku.as_deref()).collect();
    let skus = skus.ok_or_else(|| Error::required(["sku"]))?;
    let asked: Vec<&str> = skus.iter().copied().collect();
    let mut known: HashMap<String, usize> = HashMap::new();
    for item in repo::source_item::by_skus(cx.session(), &asked).await? {
        *known.entry(item.source_code.unwrap_or_default()).or_default() += 1;
    }
    known.retain(|_, count| *count == skus.len());
    Ok(known.into_keys().collect())
}

/// The sort orders that the database can follow. Distance rules out all others; without a place it means nothing.
fn sorts(search: &PickupSearch) -> Vec<SortOrder> {
    let sorts = search.sort.as_deref().unwrap_or_default();
    let is_distance = |sort: &SortOrder| sort.field.0.as_deref() == Some(DISTANCE);
    if search.area.is_some() && sorts.iter().any(is_distance) {
        return Vec::new();
    }
    let sorts = sorts.iter().filter(|sort| !is_distance(sort));
    sorts
        .map(|sort| SortOrder {
            field: SortField(sort.field.0.as_deref().map(|field| column(field).to_owned())),
            direction: sort.direction.clone(),
        })
        .collect()
}

fn column(field: &str) -> &str {
    match field {
        "name" => "frontend_name",
        "pickup_location_code" => "source_code",
        "description" => "frontend_description",
        other => other,
    }
}

/// The nearest first, or last if the search says so; another sort order stays.
fn by_distance(sources: &mut [Source], distances: &HashMap<String, f64>, search: &PickupSearch) {
    let sort = search.sort.iter().flatten();
    let sort = sort.rev().find(|sort| sort.field.0.as_deref() == Some(DISTANCE));
    let ascending = match (&search.sort, sort) {
        (None, _) => true,
        (Some(_), Some(sort)) => sort.direction.is_ascending(),
        (Some(_), None) => return,
    };
    let distance = |source: &Source| {
        let code = source.source_code.as_deref().unwrap_or_default();
        distances.get(code).copied().unwrap_or(f64::MAX)
    };
    sources.sort_by(|a, b| {
        let order = distance(a).total_cmp(&distance(b));
        if ascending { order } else { order.reverse() }
    });
}

/// A source as customers see it.
fn location(source: Source) -> PickupLocation {
    let pickup = source.extension_attributes.0;
    PickupLocation {
        pickup_location_code: source.source_code,
        name: pickup.frontend_name,
        email: source.email.into_value(),
        fax: source.fax.into_value(),
        contact_name: source.contact_name.into_value(),
        description: pickup
            .frontend_description
            .filter(|text| !matches!(text.as_str(), "" | "0")),
        latitude: source.latitude.into_value(),
        longitude: source.longitude.into_value(),
        country_id: source.country_id,
        region_id: source.region_id.into_value(),
        region: source.region.into_value(),
        city: source.city.into_value(),
        street: source.street.into_value(),
        postcode: source.postcode,
        phone: source.phone.into_value(),
        ..PickupLocation::default()
    }
}

#[cfg(test)]
mod tests;
