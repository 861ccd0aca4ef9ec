//! Writes the stock rows.

use db::schema::{Table, insert_rows};
use db::{Result, Session};

use crate::schema;

/// The stock rows, those referred to first.
const ROWS: &[(&Table, &str)] = &[
    (
        &schema::legacy::CATALOGINVENTORY_STOCK,
        include_str!("../../data/cataloginventory_stock.tsv"),
    ),
    (
        &schema::source::INVENTORY_SOURCE,
        include_str!("../../data/inventory_source.tsv"),
    ),
    (
        &schema::source::INVENTORY_STOCK,
        include_str!("../../data/inventory_stock.tsv"),
    ),
    (
        &schema::source::INVENTORY_SOURCE_STOCK_LINK,
        include_str!("../../data/inventory_source_stock_link.tsv"),
    ),
    (
        &schema::source::INVENTORY_STOCK_SALES_CHANNEL,
        include_str!("../../data/inventory_stock_sales_channel.tsv"),
    ),
];

/// Inserts the rows that a stock Magento has in these tables, with its ids: clients hard-code them.
///
/// # Errors
/// The database refuses, for example because there are such rows already.
pub async fn install(session: &mut Session) -> Result<()> {
    for (table, rows) in ROWS {
        insert_rows(session, table, rows).await?;
    }
    Ok(())
}
