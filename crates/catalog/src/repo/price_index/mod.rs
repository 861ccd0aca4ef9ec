//! `catalog_product_index_price`, and what it is made from.

pub(crate) mod source;

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect};
use rust_decimal::Decimal;

/// A row: the prices of a product for a customer group on a website.
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

/// Removes the rows of products.
pub(crate) async fn delete(session: &mut Session, ids: &[i64]) -> Result<()> {
    let sql = "DELETE FROM {catalog_product_index_price} WHERE entity_id IN (".to_owned()
        + &dialect::placeholders(ids.len())
        + ")";
    session.execute(&sql, &numbers(ids)).await?;
    Ok(())
}

/// Adds rows.
pub(crate) async fn insert(session: &mut Session, rows: &[PriceRow]) -> Result<()> {
    for rows in rows.chunks(ROWS) {
        let sql = dialect::insert_rows("catalog_product_index_price", COLUMNS, rows.len());
        let params = rows.iter().flat_map(|row| {
            [
                Param::from(row.product),
                Param::from(row.group),
                Param::from(row.website),
                Param::from(row.tax_class),
                Param::from(row.price.map(six_places)),
                Param::from(row.r#final.map(six_places)),
                Param::from(row.min.map(six_places)),
                Param::from(row.max.map(six_places)),
                Param::from(row.tier.map(six_places)),
            ]
        });
        session.execute(&sql, &params.collect::<Vec<_>>()).await?;
    }
    Ok(())
}

fn six_places(value: Decimal) -> Decimal {
    let mut value = value.round_dp_with_strategy(6, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    value.rescale(6);
    value
}

pub(crate) fn numbers(ids: &[i64]) -> Vec<Param> {
    ids.iter().copied().map(Param::from).collect()
}
