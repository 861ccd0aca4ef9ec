//! `inventory_source_stock_link`.

use contract::Result;
use db::search::{Column, Kind, Search};
use db::{FromRow, Param, Row, Session, dialect};

use super::list::{self, Searched, field};
use crate::data::stock_source_link::StockSourceLink;

const FIELDS: &[Column] = &[
    field("link_id", Kind::Number),
    field("stock_id", Kind::Number),
    field("source_code", Kind::Text),
    field("priority", Kind::Number),
];

const SEARCHED: Searched = Searched {
    columns: "stock_id, source_code, priority",
    table: "{inventory_source_stock_link}",
    fields: FIELDS,
    order: "link_id",
};

impl FromRow for StockSourceLink {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            stock_id: row.get(0)?,
            source_code: row.get(1)?,
            priority: row.get(2)?,
            ..Self::default()
        })
    }
}

/// The links that a search finds, and how many there are.
pub(crate) async fn search(session: &mut Session, search: &Search) -> Result<(Vec<StockSourceLink>, i64)> {
    list::search(session, &SEARCHED, search).await
}

/// The links of stocks, those of a stock by priority.
pub(crate) async fn of_stocks(session: &mut Session, stock_ids: &[i64]) -> Result<Vec<StockSourceLink>> {
    if stock_ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql =
        "SELECT stock_id, source_code, priority FROM {inventory_source_stock_link} WHERE stock_id IN ("
            .to_owned();
    sql.push_str(&dialect::placeholders(stock_ids.len()));
    sql.push_str(") ORDER BY stock_id, priority, link_id");
    let ids: Vec<Param> = stock_ids.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &ids).await?)
}

/// Writes links; those that are there get a new priority.
///
/// # Errors
/// There is no such stock or source.
pub(crate) async fn save(session: &mut Session, links: &[StockSourceLink]) -> db::Result<()> {
    let sql = dialect::upsert_rows(
        session.engine(),
        "inventory_source_stock_link",
        &["stock_id", "source_code", "priority"],
        &["stock_id", "source_code"],
        &["priority"],
        links.len(),
    );
    let values: Vec<Param> = links
        .iter()
        .flat_map(|link| {
            [
                link.stock_id.into(),
                link.source_code.clone().into(),
                link.priority.into(),
            ]
        })
        .collect();
    session.execute(&sql, &values).await?;
    Ok(())
}

/// Removes links.
pub(crate) async fn delete(session: &mut Session, links: &[StockSourceLink]) -> db::Result<()> {
    let mut sql = "DELETE FROM {inventory_source_stock_link} WHERE ".to_owned();
    sql.push_str(&dialect::row_in(
        session.engine(),
        &["stock_id", "source_code"],
        links.len(),
    ));
    let values: Vec<Param> = links
        .iter()
        .flat_map(|link| [link.stock_id.into(), link.source_code.clone().into()])
        .collect();
    session.execute(&sql, &values).await?;
    Ok(())
}

/// All sources: code, whether enabled, and the stocks that they belong to; a source of several stocks comes with each
/// of them. With `lock` none of it changes before the end of the transaction, which must be open.
pub(crate) async fn network(session: &mut Session, lock: bool) -> Result<Vec<(String, bool, Option<i64>)>> {
    let mut sql = "SELECT s.source_code, s.enabled, l.stock_id FROM {inventory_source} s \
                   LEFT JOIN {inventory_source_stock_link} l ON l.source_code = s.source_code"
        .to_owned();
    if lock {
        sql.push_str(dialect::for_share(session.engine()));
    }
    Ok(session.fetch_all(&sql, &[]).await?)
}
