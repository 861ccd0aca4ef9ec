//! `inventory_stock`, `inventory_stock_sales_channel`.

use std::collections::HashMap;

use contract::Result;
use db::search::{Column, Kind, Search};
use db::{FromRow, Param, Row, Session, dialect, params};

use super::list::{self, Searched, field};
use crate::data::stock::{SalesChannel, Stock};

const FIELDS: &[Column] = &[field("stock_id", Kind::Number), field("name", Kind::Text)];

const SEARCHED: Searched = Searched {
    columns: "stock_id, name",
    table: "{inventory_stock}",
    fields: FIELDS,
    order: "stock_id",
};

impl FromRow for Stock {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            stock_id: row.get(0)?,
            name: row.get(1)?,
            ..Self::default()
        })
    }
}

/// The stocks that a search finds, with their channels, and how many there are.
pub(crate) async fn search(session: &mut Session, search: &Search) -> Result<(Vec<Stock>, i64)> {
    let (mut stocks, count) = list::search(session, &SEARCHED, search).await?;
    add_channels(session, &mut stocks).await?;
    Ok((stocks, count))
}

/// The stock with this id, with its channels.
pub(crate) async fn by_id(session: &mut Session, stock_id: i64) -> Result<Option<Stock>> {
    let sql = "SELECT stock_id, name FROM {inventory_stock} WHERE stock_id = ?";
    let mut stocks: Vec<Stock> = session.fetch_all(sql, params![stock_id]).await?;
    add_channels(session, &mut stocks).await?;
    Ok(stocks.pop())
}

/// The stock that sells through a channel.
pub(crate) async fn of_channel(session: &mut Session, kind: &str, code: &str) -> Result<Option<i64>> {
    let sql = "SELECT stock_id FROM {inventory_stock_sales_channel} WHERE type = ? AND code = ?";
    Ok(session.fetch_optional(sql, params![kind, code]).await?)
}

async fn add_channels(session: &mut Session, stocks: &mut [Stock]) -> Result<()> {
    if stocks.is_empty() {
        return Ok(());
    }
    let mut sql =
        "SELECT stock_id, type, code FROM {inventory_stock_sales_channel} WHERE stock_id IN (".to_owned();
    sql.push_str(&dialect::placeholders(stocks.len()));
    sql.push_str(") ORDER BY type, code");
    let ids: Vec<Param> = stocks.iter().map(|stock| stock.stock_id.into()).collect();
    let rows: Vec<(i64, String, String)> = session.fetch_all(&sql, &ids).await?;
    let mut channels: HashMap<i64, Vec<SalesChannel>> = HashMap::new();
    for (stock_id, kind, code) in rows {
        channels.entry(stock_id).or_default().push(SalesChannel {
            r#type: Some(kind),
            code: Some(code),
            ..SalesChannel::default()
        });
    }
    for stock in stocks {
        let found = stock.stock_id.and_then(|id| channels.remove(&id));
        stock.extension_attributes.0.sales_channels = Some(found.unwrap_or_default());
    }
    Ok(())
}

/// Whether another stock has this name.
pub(crate) async fn is_name_taken(session: &mut Session, name: &str, stock_id: Option<i64>) -> Result<bool> {
    let sql = "SELECT 1 FROM {inventory_stock} WHERE name = ? AND stock_id <> ?";
    let found: Option<i64> = session
        .fetch_optional(sql, params![name, stock_id.unwrap_or_default()])
        .await?;
    Ok(found.is_some())
}

/// Names a stock, a new one if there is none with this id; `None` lets the database choose the id.
pub(crate) async fn save(session: &mut Session, stock_id: Option<i64>, name: &str) -> db::Result<i64> {
    let Some(stock_id) = stock_id else {
        let sql = "INSERT INTO {inventory_stock} (name) VALUES (?)";
        return Ok(session.execute(sql, params![name]).await?.last_id);
    };
    let columns = ["stock_id", "name"];
    let sql = dialect::upsert(
        session.engine(),
        "inventory_stock",
        &columns,
        &["stock_id"],
        &["name"],
    );
    session.execute(&sql, params![stock_id, name]).await?;
    Ok(stock_id)
}

/// Removes a stock with its links; its index stays.
pub(crate) async fn delete(session: &mut Session, stock_id: i64) -> Result<()> {
    let sql = "DELETE FROM {inventory_stock} WHERE stock_id = ?";
    session.execute(sql, params![stock_id]).await?;
    Ok(())
}

/// The channels of a stock: type and code.
pub(crate) async fn channels(session: &mut Session, stock_id: i64) -> Result<Vec<(String, String)>> {
    let sql = "SELECT type, code FROM {inventory_stock_sales_channel} WHERE stock_id = ? ORDER BY type, code";
    Ok(session.fetch_all(sql, params![stock_id]).await?)
}

/// Makes these the only channels of a stock, whoever had them.
pub(crate) async fn replace_channels(
    session: &mut Session,
    stock_id: i64,
    channels: &[(String, String)],
) -> db::Result<()> {
    let sql = "DELETE FROM {inventory_stock_sales_channel} WHERE stock_id = ?";
    session.execute(sql, params![stock_id]).await?;
    give_channels(session, stock_id, channels).await
}

/// Gives a stock these channels beside its own, whoever had them.
pub(crate) async fn give_channels(
    session: &mut Session,
    stock_id: i64,
    channels: &[(String, String)],
) -> db::Result<()> {
    if channels.is_empty() {
        return Ok(());
    }
    let sql = dialect::upsert_rows(
        session.engine(),
        "inventory_stock_sales_channel",
        &["type", "code", "stock_id"],
        &["type", "code"],
        &["stock_id"],
        channels.len(),
    );
    let values: Vec<Param> = channels
        .iter()
        .flat_map(|(kind, code)| [kind.into(), code.into(), stock_id.into()])
        .collect();
    session.execute(&sql, &values).await?;
    Ok(())
}
