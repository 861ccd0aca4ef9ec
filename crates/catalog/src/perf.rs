//! Products for measurements: many, plain, all of the same shape.

use std::ops::Range;

use contract::{Error, Result};
use db::Session;
use eav::metadata::{BackendType, EntityType, Metadata};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::repo;

/// A product that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub id: i64,
    /// Its SKU.
    pub sku: String,
}

/// Where the products go.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Categories that the products are spread over.
    pub categories: Vec<i64>,
    /// The website that sells them.
    pub website_id: i64,
    /// Its store views.
    pub stores: Vec<i64>,
    /// When they are made, UTC; each product is a little older than the one before it.
    pub now: Timestamp,
}

/// One product, as the rows are made from it.
pub(crate) struct Fixture {
    pub(crate) id: i64,
    pub(crate) sku: String,
    pub(crate) url_key: String,
    pub(crate) created_at: String,
    pub(crate) price: Decimal,
    pub(crate) categories: Vec<(i64, i64)>,
    pub(crate) values: Vec<(BackendType, i64, String)>,
}

const MATERIALS: [&str; 8] = [
    "Oak", "Linen", "Steel", "Wool", "Glass", "Cotton", "Copper", "Cork",
];
const THINGS: [&str; 12] = [
    "Lamp", "Chair", "Scarf", "Bottle", "Basket", "Kettle", "Blanket", "Shelf", "Mug", "Tray", "Clock",
    "Stool",
];

/// Makes categories below the root category 2, `Fixtures 1` and so on, unless there are categories already; their
/// ids. The caller commits.
///
/// # Errors
/// The database refuses, or lacks an attribute.
pub async fn categories(
    session: &mut Session,
    metadata: &Metadata,
    stores: &[i64],
    count: i64,
) -> Result<Vec<i64>> {
    let there = repo::perf::categories(session).await?;
    if !there.is_empty() {
        return Ok(there);
    }
    let entity = metadata.entity_type("catalog_category")?;
    let first = repo::perf::next_category_id(session).await?;
    let mut values = Vec::new();
    for id in first..first + count {
        let name = format!("Fixtures {}", id - first + 1);
        let key = name.to_lowercase().replace(' ', "-");
        let given = [
            ("name", name.as_str()),
            ("url_key", &key),
            ("url_path", &key),
            ("is_active", "1"),
            ("include_in_menu", "1"),
            ("is_anchor", "1"),
            ("display_mode", "PRODUCTS"),
        ];
        for (code, value) in given {
            let attribute = entity
                .attribute(code)
                .ok_or_else(|| Error::internal(format!("categories have no attribute {code}")))?;
            values.push((id, attribute.backend_type, attribute.id, value.to_owned()));
        }
    }
    repo::perf::insert_categories(
        session,
        entity.default_set_id,
        stores,
        first..first + count,
        &values,
    )
    .await?;
    Ok((first..first + count).collect())
}

/// How many ids and SKUs are in use: the number of the next product.
///
/// # Errors
/// The database cannot be read.
pub async fn next(session: &mut Session) -> Result<i64> {
    repo::perf::next_id(session).await
}

/// Makes the products with these numbers, which become their ids: `perf-000001` and so on. The caller commits.
///
/// # Errors
/// The database refuses, or lacks an attribute.
pub async fn products(
    session: &mut Session,
    metadata: &Metadata,
    plan: &Plan,
    numbers: Range<i64>,
) -> Result<Vec<Made>> {
    let entity = metadata.entity_type("catalog_product")?;
    let fixtures: Vec<Fixture> = numbers
        .map(|number| fixture(entity, plan, number))
        .collect::<Result<_>>()?;
    repo::perf::insert(session, plan, entity.default_set_id, &fixtures).await?;
    let made = fixtures.into_iter().map(|fixture| Made {
        id: fixture.id,
        sku: fixture.sku,
    });
    Ok(made.collect())
}

fn fixture(entity: &EntityType, plan: &Plan, number: i64) -> Result<Fixture> {
    // Any step without a factor in common with the lists' lengths spreads the words evenly.
    let pick = |list: &[&'static str], step: i64| {
        let index = (number * step).rem_euclid(i64::try_from(list.len()).unwrap_or(1));
        list[usize::try_from(index).unwrap_or_default()]
    };
    let name = format!("{} {} {number:06}", pick(&MATERIALS, 3), pick(&THINGS, 5));
    let url_key = name.to_lowercase().replace(' ', "-");
    let price = Decimal::new(995 + (number * 7919).rem_euclid(49_000), 2);
    let mut values = Vec::new();
    let mut put = |code: &str, value: String| -> Result<()> {
        let attribute = entity
            .attribute(code)
            .ok_or_else(|| Error::internal(format!("products have no attribute {code}")))?;
        values.push((attribute.backend_type, attribute.id, value));
        Ok(())
    };
    put("name", name.clone())?;
    put("url_key", url_key.clone())?;
    put("options_container", "container2".to_owned())?;
    put("msrp_display_actual_price_type", "0".to_owned())?;
    put("meta_title", name.clone())?;
    put("status", if number % 20 == 0 { "2" } else { "1" }.to_owned())?;
    put("visibility", if number % 10 == 0 { "1" } else { "4" }.to_owned())?;
    put("tax_class_id", "2".to_owned())?;
    put("quantity_and_stock_status", "1".to_owned())?;
    put("price", price.to_string())?;
    put("weight", Decimal::new(5 + number % 400, 1).to_string())?;
    put(
        "description",
        format!("<p>{name}: made to last, easy to mend, shipped without plastic.</p>"),
    )?;
    put("short_description", format!("{name}, made to last."))?;
    let spread = |step: i64| {
        let count = i64::try_from(plan.categories.len()).unwrap_or_default().max(1);
        let index = (number * step).rem_euclid(count);
        let id = plan.categories.get(usize::try_from(index).unwrap_or_default());
        id.map(|id| (*id, number))
    };
    let mut categories: Vec<(i64, i64)> = [spread(1), spread(7)].into_iter().flatten().collect();
    categories.dedup_by_key(|(id, _)| *id);
    let created_at = plan.now - SignedDuration::from_mins(number.rem_euclid(500_000));
    Ok(Fixture {
        id: number,
        sku: format!("perf-{number:06}"),
        url_key,
        created_at: contract::column_time(created_at),
        price,
        categories,
        values,
    })
}
