//! What the rules about salability look at: `cataloginventory_stock_status`, and what the sources of a stock hold.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};
use rust_decimal::Decimal;

use super::index::{self, IndexRow};
use crate::item::DEFAULT_STOCK;

/// What a source of a stock holds of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// SKU, as stored.
    pub(crate) sku: String,
    pub(crate) quantity: Decimal,
    /// Whether it is offered, and the source enabled.
    pub(crate) offered: bool,
}

impl FromRow for Held {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            sku: row.get(0)?,
            quantity: row.get(1)?,
            offered: row.get::<i64>(2)? == 1 && row.get::<bool>(3)?,
        })
    }
}

/// What all sources of a stock hold of products, disabled sources too.
pub(crate) async fn held(session: &mut Session, stock_id: i64, skus: &[&str]) -> Result<Vec<Held>> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = "SELECT i.sku, i.quantity, i.status, s.enabled FROM {inventory_source_stock_link} l \
                   JOIN {inventory_source} s ON s.source_code = l.source_code \
                   JOIN {inventory_source_item} i ON i.source_code = l.source_code \
                   WHERE l.stock_id = ? AND i.sku IN ("
        .to_owned();
    sql.push_str(&dialect::placeholders(skus.len()));
    sql.push(')');
    let mut values = params![stock_id].to_vec();
    values.extend(skus.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &values).await?)
}

/// Quantity and status of products in the default stock: product id, quantity, whether it is sold.
pub(crate) async fn statuses(
    session: &mut Session,
    product_ids: &[i64],
) -> Result<Vec<(i64, Decimal, bool)>> {
    if product_ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = "SELECT product_id, qty, stock_status FROM {cataloginventory_stock_status} \
                   WHERE website_id = 0 AND stock_id = ? AND product_id IN ("
        .to_owned();
    sql.push_str(&dialect::placeholders(product_ids.len()));
    sql.push(')');
    let mut values = params![DEFAULT_STOCK].to_vec();
    values.extend(product_ids.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &values).await?)
}

/// The same of all products.
pub(crate) async fn all_statuses(session: &mut Session) -> Result<Vec<(i64, Decimal, bool)>> {
    let sql = "SELECT product_id, qty, stock_status FROM {cataloginventory_stock_status} \
               WHERE website_id = 0 AND stock_id = ?";
    Ok(session.fetch_all_slowly(sql, params![DEFAULT_STOCK]).await?)
}

/// The index of another stock, by SKU; none when the stock has no index.
pub(crate) async fn all_indexed(session: &mut Session, stock_id: i64) -> Result<Option<Vec<IndexRow>>> {
    if !index::is_there(session, stock_id).await? {
        return Ok(None);
    }
    let table = ["{inventory_stock_", &stock_id.to_string(), "}"].concat();
    let sql = ["SELECT sku, quantity, is_salable FROM ", &table, " ORDER BY sku"].concat();
    Ok(Some(session.fetch_all_slowly(&sql, params![]).await?))
}

/// Whether there is only one enabled source, or none.
pub(crate) async fn is_single_source(session: &mut Session) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM {inventory_source} WHERE enabled = 1";
    Ok(session.fetch_one::<i64>(sql, params![]).await? < 2)
}

/// Of all stock items: product id, whether the configuration decides if stock is kept, whether it is.
pub(crate) async fn managed(session: &mut Session) -> Result<Vec<(i64, bool, bool)>> {
    let sql = "SELECT product_id, use_config_manage_stock, manage_stock FROM {cataloginventory_stock_item} \
               WHERE stock_id = ?";
    Ok(session.fetch_all_slowly(sql, params![DEFAULT_STOCK]).await?)
}
