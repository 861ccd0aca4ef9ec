//! Special prices, with their first and last moment.

use std::sync::Arc;

use contract::{Cx, Result, operation};
use eav::metadata::Attribute;
use eav::values::Write;
use jiff::civil::DateTime;

use super::{Failures, Products, attribute, is_below_zero, is_global, is_store, text};
use crate::data::price::{PriceUpdateResult, SpecialPrice};
use crate::repo;
use crate::repo::price::SpecialAttributes;

const TYPES: [&str; 4] = ["simple", "virtual", "bundle", "downloadable"];
/// How a row is named in the texts.
const ROW: &str = "Row ID: SKU = %SKU, Store ID: %storeId, Price From: %priceFrom, Price To: %priceTo.";

struct Attributes {
    price: Arc<Attribute>,
    from: Arc<Attribute>,
    to: Arc<Attribute>,
}

impl Attributes {
    fn of(cx: &Cx<'_>) -> Result<Self> {
        Ok(Self {
            price: attribute(cx, "special_price")?,
            from: attribute(cx, "special_from_date")?,
            to: attribute(cx, "special_to_date")?,
        })
    }
}

/// Return product's special price; SKUs that there are not are left out.
#[operation("catalogSpecialPriceStorageV1", "Special prices of many products.")]
#[route(POST "/V1/products/special-price-information" => "Magento_Catalog::catalog")]
pub(crate) async fn get(cx: &mut Cx<'_>, skus: Vec<String>) -> Result<Vec<SpecialPrice>> {
    let products = Products::find(cx, skus.iter().map(String::as_str))
        .await?
        .of_types(&TYPES);
    let attributes = Attributes::of(cx)?;
    let ids = SpecialAttributes {
        price: attributes.price.id,
        from: attributes.from.id,
        to: attributes.to.id,
    };
    let rows = repo::price::special_prices(cx.session(), &ids, &products.ids()).await?;
    Ok(rows
        .into_iter()
        .map(|row| SpecialPrice {
            price: row.value,
            store_id: Some(row.store_id),
            sku: products.sku_of(row.entity_id),
            price_from: row.from,
            price_to: row.to,
            ..SpecialPrice::default()
        })
        .collect())
}

/// Add or update product's special price, each in its store view only.
#[operation("catalogSpecialPriceStorageV1")]
#[route(POST "/V1/products/special-price" => "Magento_Catalog::catalog")]
pub(crate) async fn update(cx: &mut Cx<'_>, prices: Vec<SpecialPrice>) -> Result<Vec<PriceUpdateResult>> {
    let (valid, failures) = check_all(cx, &prices).await?;
    let attributes = Attributes::of(cx)?;
    let given = |date: &Option<String>| date.clone().filter(|date| !date.is_empty());
    let mut writes = Vec::new();
    for (id, price) in valid {
        let write = |attribute, value| Write {
            entity_id: id,
            attribute,
            stores: vec![price.store_id.unwrap_or_default()],
            value: Some(value),
            delete: false,
        };
        writes.extend(
            price
                .price
                .map(|value| write(&*attributes.price, value.to_string())),
        );
        writes.extend(given(&price.price_from).map(|date| write(&*attributes.from, date)));
        writes.extend(given(&price.price_to).map(|date| write(&*attributes.to, date)));
    }
    super::save(cx, &super::last_of_each(writes)).await?;
    Ok(failures.0)
}

/// Delete product's special price in the store views that are named, whatever the price.
#[operation("catalogSpecialPriceStorageV1")]
#[route(POST "/V1/products/special-price-delete" => "Magento_Catalog::catalog")]
pub(crate) async fn delete(cx: &mut Cx<'_>, prices: Vec<SpecialPrice>) -> Result<Vec<PriceUpdateResult>> {
    let (valid, failures) = check_all(cx, &prices).await?;
    let attributes = Attributes::of(cx)?;
    let mut writes = Vec::new();
    for (id, price) in valid {
        for attribute in [&attributes.price, &attributes.from, &attributes.to] {
            writes.push(Write {
                entity_id: id,
                attribute,
                stores: vec![price.store_id.unwrap_or_default()],
                value: None,
                delete: true,
            });
        }
    }
    super::save(cx, &super::last_of_each(writes)).await?;
    Ok(failures.0)
}

/// The prices that nothing is wrong with, with their products; and what is wrong with the others.
async fn check_all<'a>(
    cx: &mut Cx<'_>,
    prices: &'a [SpecialPrice],
) -> Result<(Vec<(i64, &'a SpecialPrice)>, Failures)> {
    let skus = prices.iter().filter_map(|price| price.sku.as_deref());
    let products = Products::find(cx, skus).await?.of_types(&TYPES);
    let mut failures = Failures::default();
    let mut valid = Vec::new();
    for price in prices {
        let before = failures.0.len();
        let product = products.get(price.sku.as_deref());
        check(cx, price, product.is_some(), &mut failures)?;
        if let (Some(product), true) = (product, failures.0.len() == before) {
            valid.push((product.id, price));
        }
    }
    Ok((valid, failures))
}

fn check(cx: &Cx<'_>, price: &SpecialPrice, is_known: bool, failures: &mut Failures) -> Result<()> {
    let row = [
        ("SKU", price.sku.clone()),
        ("storeId", price.store_id.map(|id| id.to_string())),
        ("priceFrom", price.price_from.clone()),
        ("priceTo", price.price_to.clone()),
    ];
    let mut add = |text: &str, first: Option<(&'static str, Option<String>)>| {
        let parameters: Vec<_> = first.into_iter().chain(row.clone()).collect();
        failures.add_filled(&format!("{text} {ROW}"), &parameters);
    };
    if !is_known {
        add(
            "The product that was requested doesn't exist. Verify the product and try again.",
            None,
        );
    }
    if is_global(cx) && price.store_id != Some(0) {
        add(
            "Could not change non global Price when price scope is global.",
            None,
        );
    }
    if !is_store(cx, price.store_id)? {
        add("Requested store is not found.", None);
    }
    if is_below_zero(price.price) {
        add(
            "Invalid attribute Price = %price.",
            Some(("price", text(price.price))),
        );
    }
    // Magento's text tells the last moment whichever of the two is wrong (`specialprice.set`).
    for (label, date) in [("Price From", &price.price_from), ("Price To", &price.price_to)] {
        if date
            .as_ref()
            .is_some_and(|date| !date.is_empty() && !is_moment(date))
        {
            add(
                "Invalid attribute %label = %priceTo.",
                Some(("label", Some(label.to_owned()))),
            );
        }
    }
    Ok(())
}

/// Whether the text is a moment in exactly the form `YYYY-MM-DD HH:MM:SS`.
fn is_moment(text: &str) -> bool {
    let parsed = DateTime::strptime("%Y-%m-%d %H:%M:%S", text);
    parsed.is_ok_and(|moment| moment.strftime("%Y-%m-%d %H:%M:%S").to_string() == text)
}
