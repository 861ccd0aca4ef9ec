//! Prices of many products at once: base, special and cost prices. What is wrong with one is told in a list, and
//! the others are saved. The number of statements does not depend on how many there are.

mod base;
mod cost;
mod special;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use contract::{Cx, Error, Kind, Operation, Result};
use eav::metadata::Attribute;
use eav::values::{ValueTables, Write};
use rust_decimal::Decimal;
use store::Scopes;
use wire::php;

use crate::data::price::PriceUpdateResult;
use crate::repo;
use crate::repo::product::ProductRow;

pub(crate) static OPERATIONS: &[&Operation] = &[
    &base::GET,
    &base::UPDATE,
    &special::GET,
    &special::UPDATE,
    &special::DELETE,
    &cost::GET,
    &cost::UPDATE,
    &cost::DELETE,
];

const PRODUCT: ValueTables = ValueTables::new("catalog_product_entity");

/// SKUs of one statement: the engines take 32,000 parameters.
const SKUS: usize = 30_000;

/// The products of a call, by SKU as the client spelled it.
#[derive(Default)]
pub(crate) struct Products {
    by_sku: HashMap<String, ProductRow>,
    sku_of: HashMap<i64, String>,
}

impl Products {
    /// Those of the SKUs that there are, whatever their type. One statement.
    pub(crate) async fn find<'a>(cx: &mut Cx<'_>, skus: impl Iterator<Item = &'a str>) -> Result<Self> {
        let mut seen = HashSet::new();
        let skus: Vec<String> = skus
            .map(str::trim)
            .filter(|sku| !sku.is_empty() && seen.insert(*sku))
            .map(str::to_owned)
            .collect();
        let mut rows = HashMap::new();
        for skus in skus.chunks(SKUS) {
            let found = repo::product::by_skus(cx.session(), skus).await?;
            rows.extend(found.into_iter().map(|row| (row.sku.to_lowercase(), row)));
        }
        let mut products = Self::default();
        for sku in skus {
            if let Some(row) = rows.get(&sku.to_lowercase()) {
                products.sku_of.entry(row.id).or_insert_with(|| sku.clone());
                products.by_sku.insert(sku, row.clone());
            }
        }
        Ok(products)
    }

    /// Leaves only products of these types.
    pub(crate) fn of_types(mut self, types: &[&str]) -> Self {
        self.keep(|row| types.contains(&row.type_id.as_str()));
        self
    }

    fn keep(&mut self, wanted: impl Fn(&ProductRow) -> bool) {
        self.by_sku.retain(|_, row| wanted(row));
        let ids: HashSet<i64> = self.by_sku.values().map(|row| row.id).collect();
        self.sku_of.retain(|id, _| ids.contains(id));
    }

    pub(crate) fn get(&self, sku: Option<&str>) -> Option<&ProductRow> {
        self.by_sku.get(sku?.trim())
    }

    /// The ids, ascending.
    pub(crate) fn ids(&self) -> Vec<i64> {
        let mut ids: Vec<i64> = self.sku_of.keys().copied().collect();
        ids.sort_unstable();
        ids
    }

    /// The SKU of a product as the client spelled it first.
    pub(crate) fn sku_of(&self, id: i64) -> Option<String> {
        self.sku_of.get(&id).cloned()
    }
}

/// A product attribute.
fn attribute(cx: &Cx<'_>, code: &'static str) -> Result<Arc<Attribute>> {
    let metadata = eav::metadata(cx)?;
    let found = metadata.entity_type("catalog_product")?.attribute(code).cloned();
    found.ok_or_else(|| Error::internal(format!("there is no attribute {code}")))
}

/// Whether there is a store view (or the default scope) of this id.
fn is_store(cx: &Cx<'_>, store_id: Option<i64>) -> Result<bool> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    Ok(store_id.is_some_and(|id| scopes.view(id).is_some()))
}

/// Whether prices are the same everywhere.
fn is_global(cx: &Cx<'_>) -> bool {
    matches!(
        cx.default_config("catalog/price/scope").as_deref(),
        None | Some("" | "0")
    )
}

/// What is wrong with prices, in order.
#[derive(Default)]
pub(crate) struct Failures(pub(crate) Vec<PriceUpdateResult>);

impl Failures {
    /// A text whose placeholders clients fill in from the parameters.
    pub(crate) fn add(&mut self, message: &str, parameters: Vec<Option<String>>) {
        self.0.push(PriceUpdateResult {
            message: message.to_owned(),
            parameters,
            ..PriceUpdateResult::default()
        });
    }

    /// A text whose placeholders are filled in here; those of the longest names first, as PHP's `strtr` does.
    fn add_filled(&mut self, message: &str, parameters: &[(&str, Option<String>)]) {
        let mut filled = String::new();
        let mut rest = message;
        while let Some(start) = rest.find('%') {
            filled.push_str(&rest[..start]);
            rest = &rest[start + 1..];
            let named = parameters.iter().filter(|(name, _)| rest.starts_with(name));
            match named.max_by_key(|(name, _)| name.len()) {
                Some((name, value)) => {
                    filled.push_str(value.as_deref().unwrap_or_default());
                    rest = &rest[name.len()..];
                }
                None => filled.push('%'),
            }
        }
        filled.push_str(rest);
        let values = parameters.iter().map(|(_, value)| value.clone()).collect();
        self.add(&filled, values);
    }
}

/// A number as PHP casts it to text.
pub(crate) fn text(number: Option<Decimal>) -> Option<String> {
    number.as_ref().map(php::decimal_to_json)
}

fn is_below_zero(price: Option<Decimal>) -> bool {
    price.is_none_or(|price| price < Decimal::ZERO)
}

/// Of several writes to one value the last: a statement may not have two.
fn last_of_each(writes: Vec<Write<'_>>) -> Vec<Write<'_>> {
    let mut seen = HashSet::new();
    let key = |write: &Write<'_>| (write.entity_id, write.attribute.id, write.stores.clone());
    let mut kept: Vec<Write<'_>> = writes
        .into_iter()
        .rev()
        .filter(|write| seen.insert(key(write)))
        .collect();
    kept.reverse();
    kept
}

/// Writes values.
///
/// # Errors
/// Magento's text when a number or date does not fit.
async fn save(cx: &mut Cx<'_>, writes: &[Write<'_>]) -> Result<()> {
    let saved = eav::values::save(cx.session(), &PRODUCT, writes).await;
    saved.map_err(|error| match error.kind() {
        Kind::Invalid => Error::invalid("Could not save Prices."),
        _ => error,
    })
}
