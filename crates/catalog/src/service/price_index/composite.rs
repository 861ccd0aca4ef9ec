//! Prices of products that contain others.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::source::{Site, Source};
use super::{Rows, basic};
use crate::repo::price_index::PriceRow;
use crate::repo::price_index::source::SelectionRow;
use crate::repo::product::ProductRow;

/// A configurable product: its own price, from the lowest to the highest of its variations.
pub(super) fn configurable(source: &Source, product: &ProductRow, rows: &Rows) -> Vec<PriceRow> {
    let mut made = basic::own(source, product);
    for row in &mut made {
        let prices = || {
            let of_child = |child| rows.get(&(child, row.website, row.group))?.r#final;
            source.children(product.id).filter_map(of_child)
        };
        if let (Some(min), Some(max)) = (prices().min(), prices().max()) {
            row.min = Some(min);
            row.max = Some(max);
        }
    }
    made
}

/// A group has no price of its own; no rows where none of its products has any.
pub(super) fn grouped(
    source: &Source,
    product: &ProductRow,
    required: &BTreeSet<i64>,
    rows: &Rows,
) -> Vec<PriceRow> {
    let mut made = Vec::new();
    for site in source.sites(product) {
        for group in &source.groups {
            let children = source.children(product.id);
            let found = children.filter_map(|child| rows.get(&(child, site.id, *group)));
            let found: Vec<&PriceRow> = found.collect();
            let Some(first) = found.first() else { continue };
            let counted = |row: &&PriceRow, price: Option<Decimal>| match required.contains(&row.product) {
                true => Some(Decimal::ZERO),
                false => price,
            };
            made.push(PriceRow {
                product: product.id,
                group: *group,
                website: site.id,
                tax_class: first.tax_class,
                price: None,
                r#final: None,
                min: found.iter().filter_map(|row| counted(row, row.min)).min(),
                max: found.iter().filter_map(|row| counted(row, row.max)).max(),
                tier: None,
            });
        }
    }
    made
}

/// A bundle: with a fixed price, its own and what selections add; else the sum of what is chosen.
pub(super) fn bundle(source: &Source, product: &ProductRow, rows: &Rows) -> Vec<PriceRow> {
    let mut made = Vec::new();
    for site in source.sites(product) {
        let is_fixed = source.value(product.id, "price_type", site.store) == Some("1");
        for group in &source.groups {
            let price = match is_fixed {
                true => source.number(product.id, "price", site.store).unwrap_or_default(),
                false => Decimal::ZERO,
            };
            // Special prices of bundles are percentages of the price.
            let factor = source
                .special(product.id, site)
                .map_or(Decimal::ONE, |percent| percent / Decimal::ONE_HUNDRED);
            let lowest = price * factor;
            let price_of = |selection: &SelectionRow| match is_fixed {
                true => Some(fixed(selection, lowest, factor)),
                false => {
                    let row = rows.get(&(selection.product, site.id, *group))?;
                    Some(row.min? * selection.qty * factor)
                }
            };
            let Some((least, most)) = options(source, product.id, site, &price_of) else {
                continue;
            };
            made.push(PriceRow {
                product: product.id,
                group: *group,
                website: site.id,
                tax_class: if is_fixed {
                    source.tax_class(product.id, site.store)
                } else {
                    0
                },
                price: Some(price),
                r#final: Some(lowest),
                min: Some(lowest + least),
                max: Some(lowest + most),
                tier: None,
            });
        }
    }
    made
}

fn fixed(selection: &SelectionRow, price: Decimal, factor: Decimal) -> Decimal {
    let amount = match selection.is_percent {
        true => price * selection.value / Decimal::ONE_HUNDRED,
        false => selection.value * factor,
    };
    amount * selection.qty
}

/// The least that must be paid for what must be chosen (for the cheapest choice, when nothing must), and the most
/// that can be. `None` when there is nothing to choose.
fn options(
    source: &Source,
    bundle: i64,
    site: &Site,
    price_of: &dyn Fn(&SelectionRow) -> Option<Decimal>,
) -> Option<(Decimal, Decimal)> {
    let mut selections: BTreeMap<i64, SelectionRow> = BTreeMap::new();
    for row in source.selections.iter().filter(|row| row.bundle == bundle) {
        let own = row.website == Some(site.id);
        let entry = selections.entry(row.selection).or_insert_with(|| row.clone());
        if own {
            entry.is_percent = row.website_is_percent;
            entry.value = row.website_value;
        }
    }
    let mut by_option: BTreeMap<i64, (bool, bool, Vec<Decimal>)> = BTreeMap::new();
    for row in selections.values() {
        let is_single = matches!(row.kind.as_str(), "select" | "radio");
        let entry = by_option
            .entry(row.option)
            .or_insert_with(|| (row.required, is_single, Vec::new()));
        entry.2.extend(price_of(row));
    }
    by_option.retain(|_, (_, _, prices)| !prices.is_empty());
    let lowest = |prices: &Vec<Decimal>| prices.iter().min().copied().unwrap_or_default();
    let must: Vec<Decimal> = by_option
        .values()
        .filter(|(required, ..)| *required)
        .map(|(_, _, prices)| lowest(prices))
        .collect();
    let least = match must.is_empty() {
        true => by_option.values().map(|(_, _, prices)| lowest(prices)).min()?,
        false => must.iter().sum(),
    };
    let most = by_option.values().map(|(_, is_single, prices)| match is_single {
        true => prices.iter().max().copied().unwrap_or_default(),
        false => prices.iter().sum(),
    });
    Some((least, most.sum()))
}
