//! Filters that are no attributes, and sort orders.

use contract::search::{Filter, SearchCriteria};
use contract::{Error, Result, StoreScope};
use eav::metadata::Attribute;
use eav::search::Query;
use store::Scopes;

use crate::repo::product_list as repo;

/// A filter by where products are. It holds beside the group it stands in, not as one of its alternatives.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the website of a store, shown with that store's values.
    Store(StoreScope),
    /// In one of the websites.
    Websites(Vec<i64>),
    /// In one of the categories, or in none of them.
    Categories {
        /// The categories named.
        ids: Vec<i64>,
        /// Whether products must be in one.
        wanted: bool,
    },
    /// In no category at all: there is no such product (no id is NULL).
    Nowhere,
}

/// A group of filters.
#[derive(Debug, Default)]
pub(crate) struct Group<'a> {
    pub(crate) places: Vec<Place>,
    pub(crate) filters: Vec<&'a Filter>,
}

/// All groups of a search.
#[derive(Debug, Default)]
pub(crate) struct Groups<'a>(pub(crate) Vec<Group<'a>>);

impl Groups<'_> {
    pub(crate) fn places(&self) -> impl Iterator<Item = &Place> {
        self.0.iter().flat_map(|group| &group.places)
    }

    /// The store views whose values a search in `path` may read.
    pub(crate) fn stores(&self, path: i64) -> Vec<i64> {
        let named = self.places().filter_map(|place| match place {
            Place::Store(store) => Some(store.store_id),
            _ => None,
        });
        std::iter::once(path).chain(named).collect()
    }

    pub(crate) fn names_store(&self) -> bool {
        self.places().any(|place| matches!(place, Place::Store(_)))
    }
}

/// Takes the filters apart.
///
/// # Errors
/// Magento's 404 for a website or store that is not there (`spec/scopes.md` fact 25).
pub(crate) fn split<'a>(criteria: &'a SearchCriteria, scopes: &Scopes) -> Result<Groups<'a>> {
    let mut groups = Groups::default();
    for group in &criteria.filter_groups {
        let mut split = Group::default();
        for filter in group.filters.iter().flatten() {
            let value = filter.value.as_deref().unwrap_or_default();
            match filter.field.as_deref().unwrap_or_default() {
                "category_id" => split.places.extend(categories(filter, value)),
                "website_id" => split.places.push(Place::Websites(websites(value, scopes)?)),
                "store" | "store_id" => split.places.extend(store(value, scopes)?.map(Place::Store)),
                _ => split.filters.push(filter),
            }
        }
        groups.0.push(split);
    }
    Ok(groups)
}

/// Conditions other than those of equality count as equal.
fn categories(filter: &Filter, value: &str) -> Option<Place> {
    let condition = filter.condition_type.as_deref().unwrap_or_default();
    match condition {
        "notnull" => return None,
        "null" => return Some(Place::Nowhere),
        _ => {}
    }
    let ids = match condition {
        "in" | "nin" => value.split(',').map(whole).collect(),
        _ => vec![whole(value)],
    };
    let wanted = !matches!(condition, "neq" | "nin");
    Some(Place::Categories { ids, wanted })
}

/// The whole number that a text begins with, as PHP's cast reads it.
fn whole(text: &str) -> i64 {
    let text = text.trim_start();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.bytes().take_while(u8::is_ascii_digit).count();
    digits[..end].parse::<i64>().map_or(0, |number| sign * number)
}

/// A list of ids is taken as it is; a single id or code must be known. The condition type does not matter.
fn websites(value: &str, scopes: &Scopes) -> Result<Vec<i64>> {
    if value.contains(',') {
        return Ok(value.split(',').map(whole).collect());
    }
    if value.is_empty() {
        return Ok(vec![scopes.default_website()]);
    }
    let (found, kind) = match value.trim().parse::<i64>() {
        Ok(id) => (scopes.website_code(id).map(|_| id), "id"),
        Err(_) => (scopes.website_by_code(value), "code"),
    };
    let id = found.ok_or_else(|| {
        Error::not_found(format!(
            "The website with {kind} {value} that was requested wasn't found. Verify the website and try again."
        ))
    })?;
    Ok(vec![id])
}

/// The store named by id or code; the admin store limits nothing.
fn store(value: &str, scopes: &Scopes) -> Result<Option<StoreScope>> {
    use contract::port::Stores as _;
    let found = match value.trim().parse::<i64>() {
        Ok(id) => scopes.view(id),
        Err(_) if value == "admin" => scopes.view(0),
        Err(_) if value.is_empty() => Some(scopes.default_scope()),
        Err(_) => scopes.by_code(value).filter(|_| value != "all"),
    };
    let store = found.ok_or_else(|| {
        Error::not_found("The store that was requested wasn't found. Verify the store and try again.")
    })?;
    Ok((store.store_id != 0).then_some(store))
}

/// Sorts; whether the prices of the index are joined. In a store view that is how `price` sorts: by the lowest
/// price for guests, and products that have none there drop out (`spec/scopes.md` fact 24).
pub(crate) fn sorts<'a>(
    query: &mut Query<'a>,
    criteria: &SearchCriteria,
    scope: &StoreScope,
    category: Option<i64>,
) -> bool {
    let mut priced = false;
    for sort in criteria.sort_orders.iter().flatten() {
        let (field, ascending) = (
            sort.field.0.as_deref().unwrap_or_default(),
            sort.direction.is_ascending(),
        );
        match field {
            "position" if category.is_none() => query.sort_sql(field, "e.entity_id", ascending),
            "price" if query.store_id() != 0 => {
                if !priced {
                    query.join_table(repo::price_index(scope.website_id));
                }
                priced = true;
                query.sort_sql(field, repo::INDEX_PRICE, ascending);
            }
            _ => match query
                .attribute(field)
                .map(|attribute| (attribute, order_of(attribute)))
            {
                Some((_, Order::None)) => {}
                Some((attribute, Order::Label)) => query.sort_by_label(attribute, ascending),
                _ => query.sort(field, ascending),
            },
        }
    }
    priced
}

/// What an attribute sorts by.
enum Order {
    /// The stored value.
    Value,
    /// The label of the option.
    Label,
    /// Nothing: Magento passes over such a sort order.
    None,
}

/// Attributes with options sort as their source does it.
fn order_of(attribute: &Attribute) -> Order {
    let source = attribute.source_model.as_deref().unwrap_or_default();
    let has_options = attribute.has_input("select") || attribute.has_input("multiselect");
    match source {
        "" if has_options => Order::Label,
        "" => Order::Value,
        _ if source.ends_with("Source\\Table") => Order::Label,
        _ if source.ends_with("Source\\Boolean")
            || source.ends_with("Source\\Status")
            || source.ends_with("Product\\Visibility")
            || source.ends_with("TaxClass\\Source\\Product") =>
        {
            Order::Value
        }
        _ => Order::None,
    }
}
