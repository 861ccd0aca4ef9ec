//! `cataloginventory_stock_item`.

use contract::Result;
use db::{Param, Session, dialect, params};
use rust_decimal::Decimal;

use crate::item::{COLUMNS, DEFAULT_STOCK, Item};

/// The items of the products.
pub(crate) async fn load(session: &mut Session, product_ids: &[i64]) -> Result<Vec<Item>> {
    if product_ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = format!("SELECT {} FROM ", COLUMNS.join(", "));
    sql.push_str("{cataloginventory_stock_item} WHERE stock_id = ? AND product_id IN (");
    sql.push_str(&dialect::placeholders(product_ids.len()));
    sql.push(')');
    let mut params = vec![Param::from(DEFAULT_STOCK)];
    params.extend(product_ids.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// The items of a website with at most this quantity, of a page from 1, by id; and how many there are.
pub(crate) async fn low(
    session: &mut Session,
    website_id: i64,
    qty: Decimal,
    page: Option<(i64, i64)>,
) -> Result<(Vec<Item>, i64)> {
    const CONDITION: &str = "{cataloginventory_stock_item} WHERE website_id = ? AND qty <= ?";
    let mut sql = format!("SELECT {} FROM ", COLUMNS.join(", "));
    sql.push_str(CONDITION);
    sql.push_str(" ORDER BY item_id");
    let mut params = params![website_id, qty].to_vec();
    if let Some((number, size)) = page {
        sql.push_str(" LIMIT ? OFFSET ?");
        params.extend([size.into(), number.saturating_sub(1).saturating_mul(size).into()]);
    }
    let items = session.fetch_all(&sql, &params).await?;
    let sql = "SELECT COUNT(*) FROM ".to_owned() + CONDITION;
    let count = session.fetch_one(&sql, params![website_id, qty]).await?;
    Ok((items, count))
}

/// Sets quantities, and whether products are in stock, of stored items; nothing else of them.
pub(crate) async fn set_quantities(session: &mut Session, items: &[&Item]) -> Result<()> {
    for items in items.chunks(1000) {
        let sql = dialect::upsert_rows(
            session.engine(),
            "cataloginventory_stock_item",
            &["item_id", "product_id", "stock_id", "qty", "is_in_stock"],
            &["item_id"],
            &["qty", "is_in_stock"],
            items.len(),
        );
        let values: Vec<Param> = items
            .iter()
            .flat_map(|item| {
                [
                    item.id.into(),
                    item.product_id.into(),
                    item.stock_id.into(),
                    item.qty.into(),
                    item.is_in_stock.unwrap_or_default().into(),
                ]
            })
            .collect();
        session.execute(&sql, &values).await?;
    }
    Ok(())
}

/// Inserts a new item; what was never set gets the default of its column.
pub(crate) async fn insert(session: &mut Session, item: &Item) -> Result<()> {
    let mut columns = vec!["product_id", "stock_id"];
    let mut values = params![item.product_id, item.stock_id].to_vec();
    for (column, value) in COLUMNS[3..].iter().zip(item.values()) {
        if let Some(value) = value {
            columns.push(column);
            values.push(value);
        }
    }
    let sql = dialect::insert_rows("cataloginventory_stock_item", &columns, 1);
    session.execute(&sql, &values).await?;
    Ok(())
}

/// Writes an item that was loaded.
pub(crate) async fn update(session: &mut Session, item: &Item) -> Result<()> {
    let mut sql = "UPDATE {cataloginventory_stock_item} SET ".to_owned();
    sql.push_str(&COLUMNS[3..].join(" = ?, "));
    sql.push_str(" = ? WHERE item_id = ?");
    let mut values: Vec<Param> = item
        .values()
        .into_iter()
        .map(|v| v.unwrap_or(Param::Null))
        .collect();
    values.push(item.id.into());
    session.execute(&sql, &values).await?;
    Ok(())
}

/// Sets whether products are in stock, as changed by the system.
pub(crate) async fn set_in_stock(session: &mut Session, product_ids: &[i64], in_stock: bool) -> Result<()> {
    if product_ids.is_empty() {
        return Ok(());
    }
    let mut sql = "UPDATE {cataloginventory_stock_item} SET is_in_stock = ?, stock_status_changed_auto = 1 \
                   WHERE stock_id = ? AND product_id IN ("
        .to_owned();
    sql.push_str(&dialect::placeholders(product_ids.len()));
    sql.push(')');
    let mut params = params![in_stock, DEFAULT_STOCK].to_vec();
    params.extend(product_ids.iter().copied().map(Param::from));
    session.execute(&sql, &params).await?;
    Ok(())
}
