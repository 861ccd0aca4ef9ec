//! `catalog_product_index_price`, and what it is made from.

pub(crate) mod source;

use contract::Result;
use db::{FromRow, Param, Row, Session, at_scale, dialect};
use rust_decimal::Decimal;

/// A row: the prices of a product for a customer group on a website, with the places of their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PriceRow {
    pub(crate) product: i64,
    pub(crate) group: i64,
    pub(crate) website: i64,
    pub(crate) tax_class: i64,
    pub(crate) price: Option<Decimal>,
    pub(crate) r#final: Option<Decimal>,
    pub(crate) min: Option<Decimal>,
    pub(crate) max: Option<Decimal>,
    pub(crate) tier: Option<Decimal>,
}

/// Product, website, customer group.
pub(crate) type Key = (i64, i64, i64);

impl PriceRow {
    pub(crate) fn key(&self) -> Key {
        (self.product, self.website, self.group)
    }

    /// The row as its columns keep it.
    pub(crate) fn settled(mut self) -> Self {
        for price in [
            &mut self.price,
            &mut self.r#final,
            &mut self.min,
            &mut self.max,
            &mut self.tier,
        ] {
            *price = price.map(|price| at_scale(price, PLACES));
        }
        self
    }
}

/// Places of the price columns.
const PLACES: u32 = 6;

impl FromRow for PriceRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            product: row.get(0)?,
            group: row.get(1)?,
            website: row.get(2)?,
            tax_class: row.get::<Option<i64>>(3)?.unwrap_or_default(),
            price: row.get(4)?,
            r#final: row.get(5)?,
            min: row.get(6)?,
            max: row.get(7)?,
            tier: row.get(8)?,
        })
    }
}

const COLUMNS: &[&str] = &[
    "entity_id",
    "customer_group_id",
    "website_id",
    "tax_class_id",
    "price",
    "final_price",
    "min_price",
    "max_price",
    "tier_price",
];

/// The rows of products.
pub(crate) async fn load(session: &mut Session, ids: &[i64]) -> Result<Vec<PriceRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql =
        "SELECT entity_id, customer_group_id, website_id, tax_class_id, price, final_price, min_price, \
                   max_price, tier_price FROM {catalog_product_index_price} WHERE entity_id IN ("
            .to_owned();
    sql.push_str(&dialect::placeholders(ids.len()));
    sql.push(')');
    Ok(session.fetch_all(&sql, &numbers(ids)).await?)
}

/// Rows of one statement at most.
const ROWS: usize = 3_000;

const KEY: &[&str] = &["entity_id", "customer_group_id", "website_id"];

/// Removes rows: product, website and customer group of each.
pub(crate) async fn delete(session: &mut Session, keys: &[Key]) -> Result<()> {
    for keys in keys.chunks(ROWS) {
        let sql = "DELETE FROM {catalog_product_index_price} WHERE ".to_owned()
            + &dialect::row_in(session.engine(), KEY, keys.len());
        let params = keys.iter().flat_map(|(product, website, group)| {
            [Param::from(*product), Param::from(*group), Param::from(*website)]
        });
        session.execute(&sql, &params.collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// Adds rows, or changes those with their keys.
pub(crate) async fn save(session: &mut Session, rows: &[PriceRow]) -> Result<()> {
    for rows in rows.chunks(ROWS) {
        let values = &COLUMNS[KEY.len()..];
        let table = "catalog_product_index_price";
        let sql = dialect::upsert_rows(session.engine(), table, COLUMNS, KEY, values, rows.len());
        let params = rows.iter().flat_map(|row| {
            [
                Param::from(row.product),
                Param::from(row.group),
                Param::from(row.website),
                Param::from(row.tax_class),
                Param::from(row.price),
                Param::from(row.r#final),
                Param::from(row.min),
                Param::from(row.max),
                Param::from(row.tier),
            ]
        });
        session.execute(&sql, &params.collect::<Vec<_>>()).await?;
    }
    Ok(())
}

pub(crate) fn numbers(ids: &[i64]) -> Vec<Param> {
    ids.iter().copied().map(Param::from).collect()
}
