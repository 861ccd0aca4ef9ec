//! `inventory_source_item`: what sources hold, by SKU.

use contract::Result;
use db::search::{Column, Kind, Search};
use db::{FromRow, Param, Row, Session, dialect};

use super::list::{self, Searched, field};
use crate::data::source_item::SourceItem;

const FIELDS: &[Column] = &[
    field("source_item_id", Kind::Number),
    field("source_code", Kind::Text),
    field("sku", Kind::Text),
    field("quantity", Kind::Number),
    field("status", Kind::Number),
];

const SEARCHED: Searched = Searched {
    columns: "sku, source_code, quantity, status",
    table: "{inventory_source_item}",
    fields: FIELDS,
    order: "source_item_id",
};

impl FromRow for SourceItem {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            sku: row.get(0)?,
            source_code: row.get(1)?,
            quantity: row.get(2)?,
            status: row.get(3)?,
            ..Self::default()
        })
    }
}

/// The items that a search finds, and how many there are.
pub(crate) async fn search(session: &mut Session, search: &Search) -> Result<(Vec<SourceItem>, i64)> {
    list::search(session, &SEARCHED, search).await
}

/// What all sources hold of products (letter case of SKUs does not matter), by SKU and source.
pub(crate) async fn by_skus(session: &mut Session, skus: &[&str]) -> Result<Vec<SourceItem>> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql =
        "SELECT sku, source_code, quantity, status FROM {inventory_source_item} WHERE sku IN (".to_owned();
    sql.push_str(&dialect::placeholders(skus.len()));
    sql.push_str(") ORDER BY sku, source_code");
    let values: Vec<Param> = skus.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &values).await?)
}
