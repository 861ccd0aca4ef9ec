//! Prices of products that contain no others, with their custom options and links.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::source::{Site, Source};
use crate::repo::price_index::PriceRow;
use crate::repo::price_index::source::OptionRow;
use crate::repo::product::ProductRow;

/// The rows of a simple, virtual or downloadable product; none for a type that nobody knows.
pub(super) fn rows(source: &Source, product: &ProductRow) -> Vec<PriceRow> {
    if !matches!(product.type_id.as_str(), "simple" | "virtual" | "downloadable") {
        return Vec::new();
    }
    let mut rows = own(source, product);
    for row in &mut rows {
        let Some(site) = source
            .sites(product)
            .into_iter()
            .find(|site| site.id == row.website)
        else {
            continue;
        };
        let (least, most) = options(source, product.id, site.store, row.r#final.unwrap_or_default());
        let (first, sum) = links(source, product.id, site);
        row.min = row.min.map(|min| min + least + first);
        row.max = row.max.map(|max| max + most + sum);
    }
    rows
}

/// The rows from the product's own price, special price and tier prices.
pub(super) fn own(source: &Source, product: &ProductRow) -> Vec<PriceRow> {
    let mut rows = Vec::new();
    for site in source.sites(product) {
        let price = source.number(product.id, "price", site.store);
        let special = source.special(product.id, site);
        for group in &source.groups {
            let tier = source.tier(product.id, site, *group, price);
            let lowest = price.map(|price| [special, tier].into_iter().flatten().fold(price, Decimal::min));
            rows.push(PriceRow {
                product: product.id,
                group: *group,
                website: site.id,
                tax_class: source.tax_class(product.id, site.store),
                price,
                r#final: lowest,
                min: lowest,
                max: lowest,
                tier,
            });
        }
    }
    rows
}

/// What custom options add to the lowest price (what must be chosen) and to the highest one.
fn options(source: &Source, product: i64, store: i64, price: Decimal) -> (Decimal, Decimal) {
    // The price in the store view, else the default one, by option and choice.
    let mut found: BTreeMap<(i64, i64), &OptionRow> = BTreeMap::new();
    for row in source.options.iter().filter(|row| row.product == product) {
        if row.store == store || row.store == 0 {
            let entry = found.entry((row.option, row.choice)).or_insert(row);
            if row.store == store {
                *entry = row;
            }
        }
    }
    let mut by_option: BTreeMap<i64, Vec<&OptionRow>> = BTreeMap::new();
    for ((option, _), row) in found {
        by_option.entry(option).or_default().push(row);
    }
    let (mut least, mut most) = (Decimal::ZERO, Decimal::ZERO);
    for rows in by_option.values() {
        let amounts = || rows.iter().map(|row| amount(row, price));
        if rows[0].required {
            least += amounts().min().unwrap_or_default();
        }
        most += match rows[0].kind.as_str() {
            "checkbox" | "multiple" => amounts().sum(),
            _ => amounts().max().unwrap_or_default(),
        };
    }
    (least, most)
}

fn amount(row: &OptionRow, price: Decimal) -> Decimal {
    match row.price_type.as_str() {
        "percent" => price * row.price / Decimal::ONE_HUNDRED,
        _ => row.price,
    }
}

/// The cheapest link and the sum of all, when links are bought one by one.
fn links(source: &Source, product: i64, site: &Site) -> (Decimal, Decimal) {
    if source.value(product, "links_purchased_separately", site.store) != Some("1") {
        return (Decimal::ZERO, Decimal::ZERO);
    }
    let mut prices: BTreeMap<i64, (i64, Decimal)> = BTreeMap::new();
    for (_, link, website, price) in source.links.iter().filter(|(owner, ..)| *owner == product) {
        if *website == site.id || *website == 0 {
            let entry = prices.entry(*link).or_insert((*website, *price));
            if *website == site.id {
                *entry = (*website, *price);
            }
        }
    }
    let prices = || prices.values().map(|(_, price)| *price);
    (prices().min().unwrap_or_default(), prices().sum())
}
