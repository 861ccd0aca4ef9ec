//! Prices as values of attributes, read for many products.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};
use rust_decimal::Decimal;

/// The engines take 32,000 parameters in a statement.
const IDS: usize = 30_000;

/// A price in a store view.
pub(crate) struct PriceRow {
    pub(crate) entity_id: i64,
    pub(crate) store_id: i64,
    pub(crate) value: Option<Decimal>,
    /// Of special prices: when they begin and end.
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

impl FromRow for PriceRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            entity_id: row.get(0)?,
            store_id: row.get(1)?,
            value: row.get(2)?,
            from: row.get(3)?,
            to: row.get(4)?,
        })
    }
}

/// The values of a price attribute, by product and store view.
pub(crate) async fn prices(session: &mut Session, attribute_id: i64, ids: &[i64]) -> Result<Vec<PriceRow>> {
    let mut rows = Vec::new();
    for ids in ids.chunks(IDS) {
        let sql = "SELECT entity_id, store_id, value, NULL, NULL FROM {catalog_product_entity_decimal} \
                   WHERE attribute_id = ? AND entity_id IN ("
            .to_owned()
            + &dialect::placeholders(ids.len())
            + ") ORDER BY entity_id, store_id";
        let mut params = params![attribute_id].to_vec();
        params.extend(ids.iter().copied().map(Param::from));
        rows.extend(session.fetch_all::<PriceRow>(&sql, &params).await?);
    }
    Ok(rows)
}

/// The attributes of special prices.
pub(crate) struct SpecialAttributes {
    pub(crate) price: i64,
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// Special prices by product and store view; each once with every beginning and end that any view has, as Magento
/// joins them (`spec/scopes.md` fact 18).
pub(crate) async fn special_prices(
    session: &mut Session,
    attributes: &SpecialAttributes,
    ids: &[i64],
) -> Result<Vec<PriceRow>> {
    let mut rows = Vec::new();
    for ids in ids.chunks(IDS) {
        let sql = "SELECT p.entity_id, p.store_id, p.value, f.value, t.value \
                   FROM {catalog_product_entity_decimal} p \
                   LEFT JOIN {catalog_product_entity_datetime} f ON f.entity_id = p.entity_id AND f.attribute_id = ? \
                   LEFT JOIN {catalog_product_entity_datetime} t ON t.entity_id = p.entity_id AND t.attribute_id = ? \
                   WHERE p.attribute_id = ? AND p.entity_id IN ("
            .to_owned()
            + &dialect::placeholders(ids.len())
            + ") ORDER BY p.entity_id, p.store_id, f.store_id, t.store_id";
        let mut params = params![attributes.from, attributes.to, attributes.price].to_vec();
        params.extend(ids.iter().copied().map(Param::from));
        rows.extend(session.fetch_all::<PriceRow>(&sql, &params).await?);
    }
    Ok(rows)
}

/// Those of the products that have this value of a whole-number attribute in the default scope.
pub(crate) async fn with_value(
    session: &mut Session,
    attribute_id: i64,
    value: i64,
    ids: &[i64],
) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for ids in ids.chunks(IDS) {
        let sql = "SELECT entity_id FROM {catalog_product_entity_int} \
                   WHERE attribute_id = ? AND store_id = 0 AND value = ? AND entity_id IN ("
            .to_owned()
            + &dialect::placeholders(ids.len())
            + ")";
        let mut params = params![attribute_id, value].to_vec();
        params.extend(ids.iter().copied().map(Param::from));
        found.extend(session.fetch_all::<i64>(&sql, &params).await?);
    }
    Ok(found)
}
