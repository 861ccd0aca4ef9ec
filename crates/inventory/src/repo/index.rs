//! `inventory_stock_2`, `inventory_stock_3`, …: what can be sold of products in a stock.

use contract::Result;
use db::schema::{is_made, make};
use db::{FromRow, Param, Row, Session, dialect, params};
use rust_decimal::Decimal;

use crate::schema::index::INVENTORY_STOCK_INDEX;

/// Rows of one statement.
const ROWS: usize = 1000;

/// What can be sold of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IndexRow {
    pub(crate) sku: String,
    /// What its enabled sources offer together; reservations are not taken off.
    pub(crate) quantity: Decimal,
    pub(crate) salable: bool,
}

impl FromRow for IndexRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            sku: row.get(0)?,
            quantity: row.get(1)?,
            salable: row.get(2)?,
        })
    }
}

fn table(stock_id: i64) -> String {
    format!("inventory_stock_{stock_id}")
}

fn from(stock_id: i64) -> String {
    ["{", &table(stock_id), "}"].concat()
}

/// Whether a stock has an index.
pub(crate) async fn is_there(session: &mut Session, stock_id: i64) -> Result<bool> {
    Ok(is_made(session, &table(stock_id)).await?)
}

/// Makes the index of a stock unless it is there. On MySQL this commits what was written so far.
pub(crate) async fn create(session: &mut Session, stock_id: i64) -> Result<()> {
    Ok(make(session, &INVENTORY_STOCK_INDEX, &table(stock_id)).await?)
}

/// The rows of products.
pub(crate) async fn rows(session: &mut Session, stock_id: i64, skus: &[&str]) -> Result<Vec<IndexRow>> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = "SELECT sku, quantity, is_salable FROM ".to_owned() + &from(stock_id);
    sql.push_str(" WHERE sku IN (");
    sql.push_str(&dialect::placeholders(skus.len()));
    sql.push(')');
    let values: Vec<Param> = skus.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &values).await?)
}

/// Writes rows.
pub(crate) async fn save(session: &mut Session, stock_id: i64, rows: &[IndexRow]) -> Result<()> {
    for rows in rows.chunks(ROWS) {
        let sql = dialect::upsert_rows(
            session.engine(),
            &table(stock_id),
            &["sku", "quantity", "is_salable"],
            &["sku"],
            &["quantity", "is_salable"],
            rows.len(),
        );
        let values: Vec<Param> = rows
            .iter()
            .flat_map(|row| [(&row.sku).into(), row.quantity.into(), row.salable.into()])
            .collect();
        session.execute(&sql, &values).await?;
    }
    Ok(())
}

/// Removes the rows of products.
pub(crate) async fn delete(session: &mut Session, stock_id: i64, skus: &[&str]) -> Result<()> {
    for skus in skus.chunks(ROWS) {
        let mut sql = "DELETE FROM ".to_owned() + &from(stock_id);
        sql.push_str(" WHERE sku IN (");
        sql.push_str(&dialect::placeholders(skus.len()));
        sql.push(')');
        let values: Vec<Param> = skus.iter().copied().map(Param::from).collect();
        session.execute(&sql, &values).await?;
    }
    Ok(())
}

/// Removes all rows.
pub(crate) async fn clear(session: &mut Session, stock_id: i64) -> Result<()> {
    let sql = "DELETE FROM ".to_owned() + &from(stock_id);
    session.execute(&sql, params![]).await?;
    Ok(())
}
