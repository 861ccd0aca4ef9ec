//! `catalog_product_entity_tier_price`.

use contract::Result;
use db::{FromRow, Param, Row, Session, at_scale, dialect, params};
use rust_decimal::Decimal;

/// A tier price as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TierRow {
    pub(crate) value_id: i64,
    pub(crate) entity_id: i64,
    pub(crate) all_groups: bool,
    pub(crate) group_id: i64,
    pub(crate) qty: Decimal,
    pub(crate) value: Decimal,
    pub(crate) percentage: Option<Decimal>,
    pub(crate) website_id: i64,
    /// The product's price in a store view; only [`load`] reads it.
    pub(crate) price: Option<Decimal>,
}

impl FromRow for TierRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            value_id: row.get(0)?,
            entity_id: row.get(1)?,
            all_groups: row.get(2)?,
            group_id: row.get(3)?,
            qty: row.get(4)?,
            value: row.get(5)?,
            percentage: row.get(6)?,
            website_id: row.get(7)?,
            price: row.get(8)?,
        })
    }
}

const COLUMNS: &str = "SELECT t.value_id, t.entity_id, t.all_groups, t.customer_group_id, t.qty, t.value, \
                       t.percentage_value, t.website_id, ";

/// The tier prices of the products by quantity, those of `websites` or of all; with the products' prices (an
/// attribute) in the store view. One statement.
///
/// Rows of one quantity come as the engine finds them: Magento asks for no more order than this.
pub(crate) async fn load(
    session: &mut Session,
    ids: &[i64],
    websites: Option<&[i64]>,
    price_id: i64,
    store_id: i64,
) -> Result<Vec<TierRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let price = "(SELECT p.value FROM {catalog_product_entity_decimal} p \
                 WHERE p.entity_id = t.entity_id AND p.attribute_id = ? AND p.store_id = ?)";
    let mut sql = COLUMNS.to_owned() + "COALESCE(" + price + ", " + price + ") FROM ";
    sql.push_str("{catalog_product_entity_tier_price} t WHERE t.entity_id IN (");
    sql.push_str(&dialect::placeholders(ids.len()));
    sql.push(')');
    let mut params = params![price_id, store_id, price_id, 0].to_vec();
    params.extend(ids.iter().copied().map(Param::from));
    if let Some(websites) = websites {
        sql.push_str(" AND t.website_id IN (");
        sql.push_str(&dialect::placeholders(websites.len()));
        sql.push(')');
        params.extend(websites.iter().copied().map(Param::from));
    }
    sql.push_str(" ORDER BY t.qty");
    Ok(session.fetch_all(&sql, &params).await?)
}

/// All tier prices of the products, as the engine finds them: Magento asks for no order.
pub(crate) async fn all(session: &mut Session, ids: &[i64]) -> Result<Vec<TierRow>> {
    let mut rows = Vec::new();
    for ids in ids.chunks(IDS) {
        let sql = COLUMNS.to_owned()
            + "NULL FROM {catalog_product_entity_tier_price} t WHERE t.entity_id IN ("
            + &dialect::placeholders(ids.len())
            + ")";
        let params: Vec<Param> = ids.iter().copied().map(Param::from).collect();
        rows.extend(session.fetch_all::<TierRow>(&sql, &params).await?);
    }
    Ok(rows)
}

/// The engines take 32,000 parameters in a statement.
const IDS: usize = 30_000;
const ROWS: usize = 4_000;

/// Inserts tier prices, or changes price and percentage of those with the same product, group, quantity and
/// website; `value_id` does not count.
pub(crate) async fn save(session: &mut Session, rows: &[TierRow]) -> Result<()> {
    const TABLE: &str = "catalog_product_entity_tier_price";
    const KEY: [&str; 5] = [
        "entity_id",
        "all_groups",
        "customer_group_id",
        "qty",
        "website_id",
    ];
    const VALUES: [&str; 2] = ["value", "percentage_value"];
    for rows in rows.chunks(ROWS) {
        let columns = [KEY.as_slice(), VALUES.as_slice()].concat();
        let sql = dialect::upsert_rows(session.engine(), TABLE, &columns, &KEY, &VALUES, rows.len());
        let row = |row: &TierRow| {
            [
                Param::from(row.entity_id),
                Param::from(row.all_groups),
                Param::from(row.group_id),
                Param::from(at_scale(row.qty, 4)),
                Param::from(row.website_id),
                Param::from(at_scale(row.value, 6)),
                Param::from(row.percentage.map(|percentage| at_scale(percentage, 2))),
            ]
        };
        let params: Vec<Param> = rows.iter().flat_map(row).collect();
        session.execute(&sql, &params).await?;
    }
    Ok(())
}

/// Removes tier prices by their ids.
pub(crate) async fn delete(session: &mut Session, ids: &[i64]) -> Result<()> {
    delete_where(session, "value_id", ids).await
}

/// Removes all tier prices of the products.
pub(crate) async fn delete_of(session: &mut Session, ids: &[i64]) -> Result<()> {
    delete_where(session, "entity_id", ids).await
}

async fn delete_where(session: &mut Session, column: &str, ids: &[i64]) -> Result<()> {
    for ids in ids.chunks(IDS) {
        let mut sql = "DELETE FROM {catalog_product_entity_tier_price} WHERE ".to_owned();
        sql.push_str(column);
        sql.push_str(" IN (");
        sql.push_str(&dialect::placeholders(ids.len()));
        sql.push(')');
        let params: Vec<Param> = ids.iter().copied().map(Param::from).collect();
        session.execute(&sql, &params).await?;
    }
    Ok(())
}
