//! `cataloginventory_stock_status`: what storefronts and the default stock read. Its rows are of website 0.

use contract::Result;
use db::{Param, Session, at_scale, dialect};
use rust_decimal::Decimal;

use crate::item::DEFAULT_STOCK;

/// Whether a product can be had, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Status {
    pub(crate) product_id: i64,
    pub(crate) qty: Decimal,
    pub(crate) in_stock: bool,
}

/// Writes the rows.
pub(crate) async fn save(session: &mut Session, rows: &[Status]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let sql = dialect::upsert_rows(
        session.engine(),
        "cataloginventory_stock_status",
        &["product_id", "website_id", "stock_id", "qty", "stock_status"],
        &["product_id", "website_id", "stock_id"],
        &["qty", "stock_status"],
        rows.len(),
    );
    let values: Vec<Param> = rows
        .iter()
        .flat_map(|row| {
            [
                row.product_id.into(),
                0.into(),
                DEFAULT_STOCK.into(),
                at_scale(row.qty, 4).into(),
                row.in_stock.into(),
            ]
        })
        .collect();
    session.execute(&sql, &values).await?;
    Ok(())
}

/// Removes the rows of products.
pub(crate) async fn delete(session: &mut Session, product_ids: &[i64]) -> Result<()> {
    if product_ids.is_empty() {
        return Ok(());
    }
    let mut sql = "DELETE FROM {cataloginventory_stock_status} WHERE product_id IN (".to_owned();
    sql.push_str(&dialect::placeholders(product_ids.len()));
    sql.push(')');
    let params: Vec<Param> = product_ids.iter().copied().map(Param::from).collect();
    session.execute(&sql, &params).await?;
    Ok(())
}
