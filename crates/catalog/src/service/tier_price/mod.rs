//! Tier prices: the part of products, the routes of groups, and the storage for many products.
//!
//! A tier price belongs to a website, 0 for all. A store view shows those of all websites as its own, in its base
//! currency; the default scope shows what is stored (`spec/scopes.md` fact 31).

mod group_price;
mod rules;
mod storage;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use contract::{Cx, Extension, Operation, Result, StoreScope};
use rust_decimal::Decimal;

use self::rules::{ALL_GROUPS, Given, Scope};
use crate::data::tier_price::{TierPrice, TierPriceExtension};
use crate::repo;
use crate::repo::product::ProductRow;
use crate::repo::tier_price::TierRow;

pub(crate) static OPERATIONS: &[&Operation] = &[
    &group_price::ADD,
    &group_price::REMOVE,
    &group_price::GET_LIST,
    &storage::GET,
    &storage::UPDATE,
    &storage::REPLACE,
    &storage::DELETE,
];

/// By product. One statement, and one for the rates where a website has another base currency.
pub(crate) async fn load_many(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<TierPrice>>> {
    let prices = Scope::of(cx, scope)?;
    let rows = prices.load(cx, products).await?;
    let rate = match prices.website_id != 0 && rows.iter().any(|row| row.website_id == 0) {
        true => prices.rate(cx).await?,
        false => Decimal::ONE,
    };
    let bundles: Vec<i64> = products
        .iter()
        .filter(|product| product.type_id == "bundle")
        .map(|product| product.id)
        .collect();
    let mut by_product: HashMap<i64, Vec<TierRow>> = HashMap::new();
    for row in rows {
        by_product.entry(row.entity_id).or_default().push(row);
    }
    let shown = |(id, rows): (i64, Vec<TierRow>)| {
        // The tier prices of bundles are percentages, which no rate changes.
        let rate = if bundles.contains(&id) { Decimal::ONE } else { rate };
        (id, prices.shown(rows, rate).iter().map(tier_price).collect())
    };
    Ok(by_product.into_iter().map(shown).collect())
}

fn tier_price(row: &TierRow) -> TierPrice {
    TierPrice {
        customer_group_id: Some(rules::group_of(row)),
        qty: Some(row.qty),
        value: Some(row.value),
        extension_attributes: Extension(TierPriceExtension {
            percentage_value: row.percentage,
            website_id: Some(row.website_id),
        }),
    }
}

/// What the save of a product with this part does: the tier prices of the scope become those that are given.
pub(crate) async fn replace(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    given: Vec<TierPrice>,
) -> Result<()> {
    let prices = Scope::of(cx, scope)?;
    let old = match is_new {
        true => Vec::new(),
        false => prices.load(cx, std::slice::from_ref(product)).await?,
    };
    let row = |price: TierPrice| {
        let extension = price.extension_attributes.0;
        let group = price.customer_group_id.unwrap_or_default();
        Given {
            percentage: extension.percentage_value,
            value: price.value,
            row: TierRow {
                value_id: 0,
                entity_id: product.id,
                all_groups: group == ALL_GROUPS,
                group_id: if group == ALL_GROUPS { 0 } else { group },
                qty: price.qty.unwrap_or_default(),
                value: price.value.unwrap_or_default(),
                percentage: extension
                    .percentage_value
                    .filter(|percentage| !percentage.is_zero()),
                website_id: extension.website_id.unwrap_or(prices.website_id),
                price: None,
            },
        }
    };
    let given: Vec<Given> = given.into_iter().map(row).collect();
    prices.check(cx, &old, &given)?;
    let new = given
        .into_iter()
        .map(|given| given.row)
        .filter(|row| !row.qty.is_zero());
    let new: Vec<TierRow> = new.collect();
    rules::check_groups(cx, &new, "The product was unable to be saved. Please try again.").await?;
    write(cx, &old, &new).await
}

/// Makes stored rows those that are wanted.
async fn write(cx: &mut Cx<'_>, old: &[TierRow], new: &[TierRow]) -> Result<()> {
    let kept = |row: &&TierRow| new.iter().any(|other| rules::same_key(row, other));
    let gone: Vec<i64> = old
        .iter()
        .filter(|row| !kept(row))
        .map(|row| row.value_id)
        .collect();
    let changed = |row: &&TierRow| {
        let stored = old.iter().find(|other| rules::same_key(row, other));
        !stored.is_some_and(|stored| stored.value == row.value && stored.percentage == row.percentage)
    };
    let changed: Vec<TierRow> = new.iter().filter(changed).cloned().collect();
    if !gone.is_empty() {
        repo::tier_price::delete(cx.session(), &gone).await?;
    }
    repo::tier_price::save(cx.session(), &changed).await
}
