//! Writing custom options.
//!
//! Titles belong to a store view, prices to a website if `catalog/price/scope` says so; what is saved first is
//! the default too (`spec/scopes.md` fact 29). Everything else is the same in all scopes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use contract::{Cx, Error, Given, Result, StoreScope};
use store::Scopes;

use super::rules::{self, Group};
use crate::data::option::{CustomOption, CustomOptionValue};
use crate::repo::option::{self as repo, OptionRecord, Owner, PriceRow, Stored, TitleRow, ValueRecord};
use crate::repo::product::ProductRow;

/// What the save of a product with `options` in its body does: those not given are removed.
///
/// The options belong to this product, whatever their `product_sku` says.
///
/// # Errors
/// As [`save_one`]; a required option of a simple product that is part of another.
pub(crate) async fn replace(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    mut given: Vec<CustomOption>,
) -> Result<()> {
    for option in &given {
        rules::product_sku(option)?;
    }
    let required = given.iter().any(|option| option.is_require == Some(true));
    let composite = matches!(product.type_id.as_str(), "grouped" | "configurable" | "bundle");
    if required && !is_new && !composite && repo::is_part(cx.session(), product.id).await? {
        return Err(Error::invalid(
            "Required custom options cannot be added to a simple product that is a part of a composite product.",
        ));
    }
    let stored = if is_new {
        Vec::new()
    } else {
        repo::stored(cx.session(), product.id).await?
    };
    let kept: HashSet<i64> = given.iter().filter_map(|option| option.option_id).collect();
    let ids = stored.iter().filter_map(|stored| stored.option.id);
    let gone: Vec<i64> = ids.filter(|id| !kept.contains(id)).collect();
    repo::delete_options(cx.session(), &gone).await?;
    if given.is_empty() {
        return Ok(());
    }
    save_all(cx, scope, product, &stored, &mut given).await?;
    raise_flags(cx, product, required).await?;
    Ok(())
}

/// What the save of a product without `options` in its body does in a store view: the titles and prices that
/// the view shows become its own (the rows of option 3 after `async.put-none`).
pub(crate) async fn save_again(cx: &mut Cx<'_>, scope: &StoreScope, product: &ProductRow) -> Result<()> {
    if scope.store_id == 0 || !product.has_options {
        return Ok(());
    }
    let loaded = super::load_many(cx, scope, std::slice::from_ref(product)).await?;
    let options = loaded.into_values().next().unwrap_or_default();
    let target = Target::new(cx, scope)?;
    save_option_scopes(cx, &target, &options).await?;
    let mut rows = ScopedRows::default();
    for value in options.iter().flat_map(|option| option.values.iter().flatten()) {
        rows.value(&target, value.option_type_id.unwrap_or_default(), value);
    }
    rows.save(cx, &target, Owner::Value).await
}

/// Saves one option; the answer is the option as it was given, with its id.
///
/// # Errors
/// The option breaks a rule; its id, or that of a value, is not one of this product's.
pub(super) async fn save_one(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    option: CustomOption,
) -> Result<CustomOption> {
    repo::lock(cx.session(), product.id).await?;
    let stored = repo::stored(cx.session(), product.id).await?;
    let mut options = [option];
    save_all(cx, scope, product, &stored, &mut options).await?;
    let [option] = options;
    Ok(option)
}

/// Notes on the product that it has options, and required ones. Magento never takes that back (the database
/// after golden `options.delete`). Whether anything changed.
pub(super) async fn raise_flags(cx: &mut Cx<'_>, product: &ProductRow, required: bool) -> Result<bool> {
    let news = !product.has_options || (required && !product.required_options);
    if news {
        repo::raise_flags(cx.session(), product.id, required).await?;
    }
    Ok(news)
}

/// Checks and writes options; each new one gets its id. A fixed number of statements.
async fn save_all(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    stored: &[Stored],
    options: &mut [CustomOption],
) -> Result<()> {
    let target = Target::new(cx, scope)?;
    let (mut records, mut gone) = (Vec::with_capacity(options.len()), Vec::new());
    let by_id = stored
        .iter()
        .map(|stored| (stored.option.id.unwrap_or_default(), stored));
    let by_id: HashMap<i64, &Stored> = by_id.collect();
    for option in &mut *options {
        rules::check(option)?;
        if rules::group(option) == Some(Group::File)
            && let Given::Value(list) = &mut option.file_extension
        {
            *list = rules::file_extensions(list);
        }
        let old = find(&by_id, option.option_id)?;
        records.push(record(product.id, option, old));
        gone.extend(removed(option, old)?);
    }
    let session = cx.session();
    repo::delete_values(session, &gone).await?;
    let known = stored.iter().filter_map(|stored| stored.option.id).collect();
    repo::save_options(session, &mut records, &known).await?;
    for (option, record) in options.iter_mut().zip(&records) {
        option.option_id = record.id;
    }
    save_option_scopes(cx, &target, options).await?;
    save_values(cx, &target, stored, options).await
}

/// Where titles and prices go.
struct Target {
    store_id: i64,
    /// The store views that a price is written for besides the default.
    price_stores: Vec<i64>,
    /// Whether a default price that is there stays.
    keeps_default_price: bool,
    prices_by_website: bool,
}

impl Target {
    fn new(cx: &Cx<'_>, scope: &StoreScope) -> Result<Self> {
        let prices_by_website = cx.default_config("catalog/price/scope").as_deref() == Some("1");
        let own = prices_by_website && scope.store_id != 0;
        let scopes = cx.service::<Arc<Scopes>>()?;
        Ok(Self {
            store_id: scope.store_id,
            price_stores: if own {
                scopes.views_of_website(scope.website_id)
            } else {
                Vec::new()
            },
            keeps_default_price: own,
            prices_by_website,
        })
    }

    /// The stores whose price of a value goes when the value is sent without one.
    fn unpriced_stores(&self) -> Vec<i64> {
        match (self.prices_by_website, self.store_id) {
            (false, _) => Vec::new(),
            (true, 0) => vec![0],
            (true, _) => self.price_stores.clone(),
        }
    }
}

/// The stored option with the id given, `None` for a new option.
fn find<'a>(stored: &HashMap<i64, &'a Stored>, id: Option<i64>) -> Result<Option<&'a Stored>> {
    let Some(id) = id else { return Ok(None) };
    let found = stored.get(&id).copied();
    found.map(Some).ok_or_else(|| Error::not_found("No such entity."))
}

/// The row of an option: what is not given stays as it is.
fn record(product_id: i64, option: &CustomOption, old: Option<&Stored>) -> OptionRecord {
    let old = match old {
        Some(old) => old.option.clone(),
        // The default of the column: a new option is required unless it is said not to be.
        None => OptionRecord {
            product_id,
            is_require: true,
            ..OptionRecord::default()
        },
    };
    OptionRecord {
        id: old.id,
        product_id: old.product_id,
        r#type: option.r#type.clone().or(old.r#type),
        is_require: option.is_require.unwrap_or(old.is_require),
        sku: newer(&option.sku, old.sku),
        max_characters: newer(&option.max_characters, old.max_characters),
        file_extension: newer(&option.file_extension, old.file_extension),
        image_size_x: newer(&option.image_size_x, old.image_size_x),
        image_size_y: newer(&option.image_size_y, old.image_size_y),
        sort_order: option.sort_order.unwrap_or(old.sort_order),
    }
}

/// What is given, else what is stored.
fn newer<T: Clone>(given: &Given<T>, stored: Option<T>) -> Option<T> {
    if given.is_given() {
        given.value().cloned()
    } else {
        stored
    }
}

/// The values that the option has and is not given; none when it is given no values at all. Magento would move
/// values of another option here; they are refused.
fn removed(option: &CustomOption, old: Option<&Stored>) -> Result<Vec<i64>> {
    let values = option.values.as_deref().unwrap_or_default();
    let old = old.map(|old| old.values.as_slice()).unwrap_or_default();
    let given = values.iter().filter_map(|value| value.option_type_id);
    let given: HashSet<i64> = given.collect();
    let own: HashSet<i64> = old.iter().filter_map(|old| old.id).collect();
    if let Some(foreign) = given.difference(&own).min() {
        return Err(Error::no_such_entity("option_type_id", *foreign));
    }
    if values.is_empty() {
        return Ok(Vec::new());
    }
    Ok(own.difference(&given).copied().collect())
}

async fn save_option_scopes(cx: &mut Cx<'_>, target: &Target, options: &[CustomOption]) -> Result<()> {
    let mut rows = ScopedRows::default();
    for option in options {
        let id = option.option_id.unwrap_or_default();
        rows.title(target, id, option.title.as_deref());
        // Options of other groups have their prices at their values.
        if rules::group(option) != Some(Group::Select)
            && let (Some(price), Some(price_type)) = (option.price, option.price_type.as_deref())
        {
            rows.price(target, id, price, price_type);
        }
    }
    rows.save(cx, target, Owner::Option).await
}

async fn save_values(
    cx: &mut Cx<'_>,
    target: &Target,
    stored: &[Stored],
    options: &[CustomOption],
) -> Result<()> {
    let old = stored.iter().flat_map(|stored| &stored.values);
    let old: HashMap<i64, &ValueRecord> = old.filter_map(|old| Some((old.id?, old))).collect();
    let (mut records, mut values): (Vec<ValueRecord>, Vec<&CustomOptionValue>) = (Vec::new(), Vec::new());
    for option in options {
        for value in option.values.as_deref().unwrap_or_default() {
            let old = value.option_type_id.and_then(|id| old.get(&id));
            let old = old.map(|old| (*old).clone()).unwrap_or_default();
            records.push(ValueRecord {
                id: old.id,
                option_id: option.option_id.unwrap_or_default(),
                sku: newer(&value.sku, old.sku),
                sort_order: value.sort_order.unwrap_or(old.sort_order),
            });
            values.push(value);
        }
    }
    let known = old.keys().copied().collect();
    repo::save_values(cx.session(), &mut records, &known).await?;
    let (mut rows, mut unpriced) = (ScopedRows::default(), Vec::new());
    for (record, value) in records.iter().zip(values) {
        let id = record.id.unwrap_or_default();
        rows.value(target, id, value);
        if value.price.is_none() && price_type(value).is_none() {
            unpriced.push(id);
        }
    }
    repo::delete_value_prices(cx.session(), &unpriced, &target.unpriced_stores()).await?;
    rows.save(cx, target, Owner::Value).await
}

fn price_type(value: &CustomOptionValue) -> Option<&str> {
    value
        .price_type
        .as_deref()
        .filter(|price_type| !price_type.is_empty())
}

/// Titles and prices to be written.
#[derive(Default)]
struct ScopedRows {
    default_titles: Vec<TitleRow>,
    titles: Vec<TitleRow>,
    default_prices: Vec<PriceRow>,
    prices: Vec<PriceRow>,
}

impl ScopedRows {
    fn title(&mut self, target: &Target, id: i64, title: Option<&str>) {
        let Some(title) = title.filter(|title| !title.is_empty()) else {
            return;
        };
        let row = |store_id| TitleRow {
            id,
            store_id,
            title: title.to_owned(),
        };
        self.default_titles.push(row(0));
        if target.store_id != 0 {
            self.titles.push(row(target.store_id));
        }
    }

    fn value(&mut self, target: &Target, id: i64, value: &CustomOptionValue) {
        self.title(target, id, value.title.as_deref());
        if let (Some(price), Some(price_type)) = (value.price, price_type(value)) {
            self.price(target, id, price, price_type);
        }
    }

    fn price(&mut self, target: &Target, id: i64, price: rust_decimal::Decimal, price_type: &str) {
        let row = |store_id| PriceRow {
            id,
            store_id,
            price,
            price_type: price_type.to_owned(),
        };
        self.default_prices.push(row(0));
        self.prices
            .extend(target.price_stores.iter().map(|store_id| row(*store_id)));
    }

    async fn save(self, cx: &mut Cx<'_>, target: &Target, owner: Owner) -> Result<()> {
        let session = cx.session();
        repo::save_titles(session, owner, &self.default_titles, target.store_id != 0).await?;
        repo::save_titles(session, owner, &self.titles, false).await?;
        let keeps = target.keeps_default_price;
        repo::save_prices(session, owner, &self.default_prices, keeps).await?;
        repo::save_prices(session, owner, &self.prices, false).await
    }
}
