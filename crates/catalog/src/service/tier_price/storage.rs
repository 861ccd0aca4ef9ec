//! Tier prices of many products at once, with customer groups by name. What is wrong with one is told in a list,
//! and the others are saved. The number of statements does not depend on how many there are.

use std::collections::{HashMap, HashSet};

use contract::{Cx, Error, Result, operation};
use customer::Group;
use rust_decimal::Decimal;

use super::rules::base_currency;
use crate::data::price::{PriceUpdateResult, StoredTierPrice};
use crate::repo;
use crate::repo::tier_price::TierRow;
use crate::service::price::{Failures, Products, text};
use crate::service::price_index;

const TYPES: [&str; 4] = ["simple", "virtual", "bundle", "downloadable"];
/// How a row is named in the texts.
const ROW: &str =
    "Row ID: SKU = %SKU, Website ID: %websiteId, Customer Group: %customerGroup, Quantity: %qty.";
/// The name of all groups together.
const ALL_GROUPS: &str = "all groups";
const FIXED: &str = "fixed";
const DISCOUNT: &str = "discount";

/// Return product prices; SKUs that there are not are left out.
#[operation("catalogTierPriceStorageV1", "Tier prices of many products.")]
#[route(POST "/V1/products/tier-prices-information" => "Magento_Catalog::catalog")]
pub(crate) async fn get(cx: &mut Cx<'_>, skus: Vec<String>) -> Result<Vec<StoredTierPrice>> {
    let products = Products::find(cx, skus.iter().map(String::as_str))
        .await?
        .of_types(&TYPES);
    let rows = repo::tier_price::all(cx.session(), &products.ids()).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let groups = customer::groups(cx.session()).await?;
    Ok(rows
        .iter()
        .map(|row| stored_price(row, &products, &groups))
        .collect())
}

fn stored_price(row: &TierRow, products: &Products, groups: &[Group]) -> StoredTierPrice {
    let group = groups.iter().find(|group| group.id == row.group_id);
    let group = match row.all_groups {
        true => Some(ALL_GROUPS.to_owned()),
        false => group.map(|group| group.code.clone()),
    };
    StoredTierPrice {
        price: Some(row.percentage.unwrap_or(row.value)),
        price_type: Some(if row.percentage.is_some() { DISCOUNT } else { FIXED }.to_owned()),
        website_id: Some(row.website_id),
        sku: products.sku_of(row.entity_id),
        customer_group: group,
        quantity: Some(row.qty),
        ..StoredTierPrice::default()
    }
}

/// Add or update product prices.
#[operation("catalogTierPriceStorageV1")]
#[route(POST "/V1/products/tier-prices" => "Magento_Catalog::catalog")]
pub(crate) async fn update(cx: &mut Cx<'_>, prices: Vec<StoredTierPrice>) -> Result<Vec<PriceUpdateResult>> {
    let mut check = Check::new(cx, &prices).await?;
    check.existing = repo::tier_price::all(cx.session(), &check.products.ids()).await?;
    let valid = check.run(cx, &prices)?;
    let rows = check.rows(&valid);
    repo::tier_price::save(cx.session(), &rows).await?;
    price_index::refresh(cx, &check.products.ids()).await?;
    Ok(check.failures.0)
}

/// Remove existing tier prices and replace them with the new ones.
#[operation("catalogTierPriceStorageV1")]
#[route(PUT "/V1/products/tier-prices" => "Magento_Catalog::catalog")]
pub(crate) async fn replace(cx: &mut Cx<'_>, prices: Vec<StoredTierPrice>) -> Result<Vec<PriceUpdateResult>> {
    let mut check = Check::new(cx, &prices).await?;
    let valid = check.run(cx, &prices)?;
    let rows = check.rows(&valid);
    let mut ids: Vec<i64> = rows.iter().map(|row| row.entity_id).collect();
    ids.sort_unstable();
    ids.dedup();
    repo::tier_price::delete_of(cx.session(), &ids).await?;
    repo::tier_price::save(cx.session(), &rows).await?;
    price_index::refresh(cx, &ids).await?;
    Ok(check.failures.0)
}

/// Delete product tier prices: those of the group and quantity that have the price, whatever their website.
#[operation("catalogTierPriceStorageV1")]
#[route(POST "/V1/products/tier-prices-delete" => "Magento_Catalog::catalog")]
pub(crate) async fn delete(cx: &mut Cx<'_>, prices: Vec<StoredTierPrice>) -> Result<Vec<PriceUpdateResult>> {
    let mut check = Check::new(cx, &prices).await?;
    let valid = check.run(cx, &prices)?;
    let stored = repo::tier_price::all(cx.session(), &check.products.ids()).await?;
    let mut by_product: HashMap<i64, Vec<&TierRow>> = HashMap::new();
    for row in &stored {
        by_product.entry(row.entity_id).or_default().push(row);
    }
    let matching = |wanted: TierRow| {
        let of_product = by_product.get(&wanted.entity_id)?;
        let found = of_product.iter().find(|row| is_meant(row, &wanted))?;
        Some(found.value_id)
    };
    let ids: Vec<i64> = check.rows(&valid).into_iter().filter_map(matching).collect();
    repo::tier_price::delete(cx.session(), &ids).await?;
    price_index::refresh(cx, &check.products.ids()).await?;
    Ok(check.failures.0)
}

fn is_meant(stored: &TierRow, wanted: &TierRow) -> bool {
    stored.all_groups == wanted.all_groups
        && stored.group_id == wanted.group_id
        && stored.qty == wanted.qty
        && (!stored.value.is_zero() && stored.value == wanted.value
            || stored.percentage.is_some() && stored.percentage == wanted.percentage)
}

/// What is checked of the prices of a call, and what that takes.
struct Check {
    products: Products,
    groups: Vec<Group>,
    /// What is stored, where new prices must not contradict it.
    existing: Vec<TierRow>,
    failures: Failures,
}

/// What two prices must not have in common.
type Key = (String, String, Decimal);

fn key(price: &StoredTierPrice) -> Key {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let quantity = price.quantity.unwrap_or_default().normalize();
    (
        text(&price.sku),
        text(&price.customer_group).to_lowercase(),
        quantity,
    )
}

impl Check {
    async fn new(cx: &mut Cx<'_>, prices: &[StoredTierPrice]) -> Result<Self> {
        let products = Products::find(cx, prices.iter().filter_map(|price| price.sku.as_deref())).await?;
        let mut groups = Vec::new();
        if !prices.is_empty() {
            groups = customer::groups(cx.session()).await?;
        }
        Ok(Self {
            products,
            groups,
            existing: Vec::new(),
            failures: Failures::default(),
        })
    }

    /// The prices that nothing is wrong with.
    ///
    /// # Errors
    /// One names a SKU that there is not: Magento gives up then.
    fn run<'a>(&mut self, cx: &Cx<'_>, prices: &'a [StoredTierPrice]) -> Result<Vec<&'a StoredTierPrice>> {
        let mut alike: HashMap<Key, Vec<usize>> = HashMap::new();
        for (place, price) in prices.iter().enumerate() {
            alike.entry(key(price)).or_default().push(place);
        }
        let mut stored: HashMap<Key, Vec<StoredTierPrice>> = HashMap::new();
        for row in &self.existing {
            let row = stored_price(row, &self.products, &self.groups);
            stored.entry(key(&row)).or_default().push(row);
        }
        let mut valid = Vec::new();
        for (place, price) in prices.iter().enumerate() {
            let before = self.failures.0.len();
            self.values(price)?;
            let currency = base_currency(cx, price.website_id.unwrap_or_default())?;
            if currency.is_none() || price.website_id.is_none() {
                self.add("Invalid attribute Website ID = %websiteId.", None, price);
            }
            let others = alike.get(&key(price)).into_iter().flatten();
            for other in others.filter(|other| **other != place) {
                self.unique(&prices[*other], same_website(cx, price, &prices[*other])?);
            }
            for other in stored.get(&key(price)).into_iter().flatten() {
                // The price of a website must not be repeated for all, nor the reverse.
                let both = [
                    price.website_id.unwrap_or_default(),
                    other.website_id.unwrap_or_default(),
                ];
                self.unique(other, both.contains(&0) && both[0] != both[1]);
            }
            let group = price.customer_group.as_deref().unwrap_or_default();
            if self.group(group).is_none() {
                self.add(
                    "No such entity with Customer Group = %customerGroup.",
                    None,
                    price,
                );
            }
            if self.failures.0.len() == before {
                valid.push(price);
            }
        }
        Ok(valid)
    }

    fn values(&mut self, price: &StoredTierPrice) -> Result<()> {
        let product = self.products.get(price.sku.as_deref());
        let missing = "The product that was requested doesn't exist. Verify the product and try again.";
        let kind = product.ok_or_else(|| Error::not_found(missing))?.type_id.clone();
        if !TYPES.contains(&kind.as_str()) {
            self.add("Invalid attribute SKU = %SKU.", None, price);
        }
        let is_discount = price.price_type.as_deref() == Some(DISCOUNT);
        let in_range =
            |value: Decimal| value >= Decimal::ZERO && (!is_discount || value <= Decimal::ONE_HUNDRED);
        if !price.price.is_some_and(in_range) {
            self.add(
                "Invalid attribute Price = %price.",
                Some(text(price.price)),
                price,
            );
        }
        let is_fixed = price.price_type.as_deref() == Some(FIXED);
        if !(is_discount || is_fixed && kind != "bundle") {
            self.add(
                "Invalid attribute Price Type = %priceType.",
                Some(price.price_type.clone()),
                price,
            );
        }
        if price.quantity.is_none_or(|quantity| quantity <= Decimal::ZERO) {
            self.add("Invalid attribute Quantity = %qty.", None, price);
        }
        Ok(())
    }

    /// Refuses a price that is for the same as another one, which the text names.
    fn unique(&mut self, other: &StoredTierPrice, is_same: bool) {
        if is_same {
            let text = "We found a duplicate website, tier price, customer group and quantity: \
                        Customer Group = %customerGroup, Website ID = %websiteId, Quantity = %qty.";
            self.add(text, None, other);
        }
    }

    fn add(&mut self, message: &str, first: Option<Option<String>>, price: &StoredTierPrice) {
        // Stored quantities come with the four places of their column (`tier.add-dup-0-vs-1`).
        let quantity = match price.quantity {
            Some(quantity) if quantity.scale() == 4 => Some(quantity.to_string()),
            other => text(other),
        };
        let row = [
            price.sku.clone(),
            price.website_id.map(|id| id.to_string()),
            price.customer_group.clone(),
            quantity,
        ];
        self.failures.add(
            &format!("{message} {ROW}"),
            first.into_iter().chain(row).collect(),
        );
    }

    /// The group of this name: `None` without one, `Some(None)` for all groups.
    fn group(&self, name: &str) -> Option<Option<i64>> {
        let name = name.to_lowercase();
        if name == ALL_GROUPS {
            return Some(None);
        }
        let group = self
            .groups
            .iter()
            .find(|group| group.code.to_lowercase() == name)?;
        Some(Some(group.id))
    }

    /// The rows of valid prices; of several for the same the last.
    fn rows(&self, prices: &[&StoredTierPrice]) -> Vec<TierRow> {
        let row = |price: &&StoredTierPrice| {
            let product = self.products.get(price.sku.as_deref())?;
            let group = self.group(price.customer_group.as_deref().unwrap_or_default())?;
            let amount = price.price.unwrap_or_default();
            let is_discount = price.price_type.as_deref() == Some(DISCOUNT);
            Some(TierRow {
                value_id: 0,
                entity_id: product.id,
                all_groups: group.is_none(),
                group_id: group.unwrap_or_default(),
                qty: db::at_scale(price.quantity.unwrap_or_default(), 4),
                value: db::at_scale(if is_discount { Decimal::ZERO } else { amount }, 6),
                percentage: is_discount.then(|| db::at_scale(amount, 2)),
                website_id: price.website_id.unwrap_or_default(),
                price: None,
            })
        };
        let mut seen = HashSet::new();
        let key = |row: &TierRow| {
            (
                row.entity_id,
                row.all_groups,
                row.group_id,
                row.qty,
                row.website_id,
            )
        };
        let mut rows: Vec<TierRow> = prices
            .iter()
            .rev()
            .filter_map(row)
            .filter(|row| seen.insert(key(row)))
            .collect();
        rows.reverse();
        rows
    }
}

/// Whether two prices of a call are for the same website: one for all websites is, where the other website has the
/// default base currency.
fn same_website(cx: &Cx<'_>, one: &StoredTierPrice, other: &StoredTierPrice) -> Result<bool> {
    let (one, other) = (
        one.website_id.unwrap_or_default(),
        other.website_id.unwrap_or_default(),
    );
    if one != 0 && other != 0 {
        return Ok(one == other);
    }
    let currency = base_currency(cx, one.max(other))?;
    Ok(currency.is_some() && currency == cx.default_config("currency/options/base"))
}
