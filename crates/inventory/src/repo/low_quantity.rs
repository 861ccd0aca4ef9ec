//! `inventory_low_stock_notification_configuration`.

use contract::Result;
use db::{Param, Session, dialect, params};
use rust_decimal::Decimal;

use crate::item::DEFAULT_STOCK;

const TABLE: &str = "inventory_low_stock_notification_configuration";

const KEY: [&str; 2] = ["source_code", "sku"];

/// Rows that one statement takes.
const AT_ONCE: usize = 5_000;

/// A row; without a quantity the configured one counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notification {
    pub(crate) source_code: String,
    pub(crate) sku: String,
    pub(crate) qty: Option<Decimal>,
}

/// The quantity of a product in a source, with both as stored.
pub(crate) async fn load(
    session: &mut Session,
    source_code: &str,
    sku: &str,
) -> Result<Option<(String, Decimal, String)>> {
    let sql = "SELECT source_code, notify_stock_qty, sku FROM {inventory_low_stock_notification_configuration} \
               WHERE source_code = ? AND sku = ? AND notify_stock_qty IS NOT NULL";
    Ok(session.fetch_optional(sql, params![source_code, sku]).await?)
}

/// Writes rows, over those that are there.
pub(crate) async fn save(session: &mut Session, rows: &[Notification]) -> Result<()> {
    write(session, rows, &["notify_stock_qty"]).await
}

/// Writes rows that are not there yet.
pub(crate) async fn add(session: &mut Session, rows: &[Notification]) -> Result<()> {
    write(session, rows, &[]).await
}

async fn write(session: &mut Session, rows: &[Notification], update: &[&str]) -> Result<()> {
    let columns = ["source_code", "sku", "notify_stock_qty"];
    for rows in rows.chunks(AT_ONCE) {
        let sql = dialect::upsert_rows(session.engine(), TABLE, &columns, &KEY, update, rows.len());
        let values: Vec<Param> = rows
            .iter()
            .flat_map(|row| [(&row.source_code).into(), (&row.sku).into(), row.qty.into()])
            .collect();
        session.execute(&sql, &values).await?;
    }
    Ok(())
}

/// What is stored of products in a source, by SKU as stored.
pub(crate) async fn of_source(
    session: &mut Session,
    source_code: &str,
    skus: &[&str],
) -> Result<Vec<(String, Option<Decimal>)>> {
    let mut found = Vec::new();
    for skus in skus.chunks(AT_ONCE) {
        let mut sql = "SELECT sku, notify_stock_qty FROM {inventory_low_stock_notification_configuration} \
                       WHERE source_code = ? AND sku IN ("
            .to_owned();
        sql.push_str(&dialect::placeholders(skus.len()));
        sql.push(')');
        let mut values = params![source_code].to_vec();
        values.extend(skus.iter().copied().map(Param::from));
        found.extend(
            session
                .fetch_all::<(String, Option<Decimal>)>(&sql, &values)
                .await?,
        );
    }
    Ok(found)
}

/// Removes rows, by source and SKU.
pub(crate) async fn delete(session: &mut Session, rows: &[(&str, &str)]) -> Result<()> {
    for rows in rows.chunks(AT_ONCE) {
        let mut sql = "DELETE FROM {inventory_low_stock_notification_configuration} WHERE ".to_owned();
        sql.push_str(&dialect::row_in(session.engine(), &KEY, rows.len()));
        let values: Vec<Param> = rows
            .iter()
            .flat_map(|(source, sku)| [Param::from(*source), Param::from(*sku)])
            .collect();
        session.execute(&sql, &values).await?;
    }
    Ok(())
}

/// Has stock items say what was written for the default source: product, quantity, whether the configured one counts.
pub(crate) async fn save_in_items(session: &mut Session, rows: &[(i64, Decimal, bool)]) -> Result<()> {
    let columns = [
        "stock_id",
        "product_id",
        "notify_stock_qty",
        "use_config_notify_stock_qty",
    ];
    for rows in rows.chunks(AT_ONCE) {
        let sql = dialect::upsert_rows(
            session.engine(),
            "cataloginventory_stock_item",
            &columns,
            &["product_id", "stock_id"],
            &["notify_stock_qty", "use_config_notify_stock_qty"],
            rows.len(),
        );
        let values: Vec<Param> = rows
            .iter()
            .flat_map(|(product_id, qty, use_config)| {
                [
                    DEFAULT_STOCK.into(),
                    (*product_id).into(),
                    (*qty).into(),
                    (*use_config).into(),
                ]
            })
            .collect();
        session.execute(&sql, &values).await?;
    }
    Ok(())
}
