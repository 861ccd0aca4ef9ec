//! `inventory_reservation`: what is promised of products; negative until it is shipped.

use std::collections::HashMap;

use contract::Result;
use db::{Param, Session, dialect, params, text_key};
use rust_decimal::Decimal;

/// The sums of a stock's reservations of products, by the SKU's key; none where there is no reservation.
pub(crate) async fn sums(
    session: &mut Session,
    stock_id: i64,
    skus: &[&str],
) -> Result<HashMap<String, Decimal>> {
    let mut sums: HashMap<String, Decimal> = HashMap::new();
    if skus.is_empty() {
        return Ok(sums);
    }
    let mut sql =
        "SELECT sku, quantity FROM {inventory_reservation} WHERE stock_id = ? AND sku IN (".to_owned();
    sql.push_str(&dialect::placeholders(skus.len()));
    sql.push(')');
    let mut values = params![stock_id].to_vec();
    values.extend(skus.iter().copied().map(Param::from));
    // Added here, not by SQL: decimals are text on SQLite.
    let rows: Vec<(String, Decimal)> = session.fetch_all(&sql, &values).await?;
    for (sku, quantity) in rows {
        *sums.entry(text_key(&sku)).or_default() += quantity;
    }
    Ok(sums)
}

/// The reservations of products in stocks: stock, SKU, quantity.
pub(crate) async fn of_stocks(
    session: &mut Session,
    stock_ids: &[i64],
    skus: &[&str],
) -> Result<Vec<(i64, String, Decimal)>> {
    if stock_ids.is_empty() || skus.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql =
        "SELECT stock_id, sku, quantity FROM {inventory_reservation} WHERE stock_id IN (".to_owned();
    sql.push_str(&dialect::placeholders(stock_ids.len()));
    sql.push_str(") AND sku IN (");
    sql.push_str(&dialect::placeholders(skus.len()));
    sql.push(')');
    let mut values: Vec<Param> = stock_ids.iter().copied().map(Param::from).collect();
    values.extend(skus.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &values).await?)
}

/// Follows a change of SKU.
pub(crate) async fn rename(session: &mut Session, from: &str, to: &str) -> Result<()> {
    let sql = "UPDATE {inventory_reservation} SET sku = ? WHERE sku = ?";
    session.execute(sql, params![to, from]).await?;
    Ok(())
}

/// Removes the reservations of a product.
pub(crate) async fn delete(session: &mut Session, sku: &str) -> Result<()> {
    let sql = "DELETE FROM {inventory_reservation} WHERE sku = ?";
    session.execute(sql, params![sku]).await?;
    Ok(())
}
