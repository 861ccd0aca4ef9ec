//! `inventory_source_item`: what sources hold, by SKU.

use contract::Result;
use db::search::{Column, Kind, Search, Test};
use db::{FromRow, Param, Row, Session, dialect};
use rust_decimal::Decimal;

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

/// The items that a search finds, and how many there are. What the sort orders leave open comes in the order of the
/// index that Magento's database takes: of one source by SKU (golden `ms1635`), of one SKU by source, else by id.
pub(crate) async fn search(session: &mut Session, search: &Search) -> Result<(Vec<SourceItem>, i64)> {
    let names = |field: &str| {
        let mut groups = search.groups.iter().filter(|group| group.0.len() == 1);
        groups.any(|group| {
            group
                .0
                .iter()
                .any(|f| f.test == Test::Eq && f.field.eq_ignore_ascii_case(field))
        })
    };
    let order = if names("source_code") {
        "source_code, sku"
    } else if names("sku") {
        "sku, source_code"
    } else {
        SEARCHED.order
    };
    list::search(session, &Searched { order, ..SEARCHED }, search).await
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

/// Rows of one statement.
const ROWS: usize = 1000;

/// What a source holds of a product, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// `None` for what is not stored yet.
    pub(crate) id: Option<i64>,
    pub(crate) source_code: String,
    pub(crate) sku: String,
    pub(crate) quantity: Decimal,
    /// 1 when it is offered.
    pub(crate) status: i64,
}

impl FromRow for Held {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            source_code: row.get(1)?,
            sku: row.get(2)?,
            quantity: row.get(3)?,
            status: row.get(4)?,
        })
    }
}

const HELD: &str =
    "SELECT source_item_id, source_code, sku, quantity, status FROM {inventory_source_item} WHERE ";

/// What all sources hold of products. `lock` keeps other writers away until the end of the transaction, which must
/// be open.
pub(crate) async fn held(session: &mut Session, skus: &[&str], lock: bool) -> Result<Vec<Held>> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = HELD.to_owned() + "sku IN (" + &dialect::placeholders(skus.len()) + ")";
    if lock {
        sql.push_str(dialect::for_update(session.engine()));
    }
    let values: Vec<Param> = skus.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &values).await?)
}

/// What these sources hold, by SKU from `after` on, at most `count` rows.
pub(crate) async fn page(
    session: &mut Session,
    sources: &[&str],
    after: Option<&str>,
    count: usize,
) -> Result<Vec<Held>> {
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = HELD.to_owned() + "source_code IN (" + &dialect::placeholders(sources.len()) + ")";
    let mut values: Vec<Param> = sources.iter().copied().map(Param::from).collect();
    if let Some(sku) = after {
        sql.push_str(" AND sku > ?");
        values.push(sku.into());
    }
    sql.push_str(" ORDER BY sku LIMIT ");
    sql.push_str(&count.to_string());
    Ok(session.fetch_all(&sql, &values).await?)
}

/// Writes what sources hold: new rows, and new quantities and states of those that are there. Two statements for up
/// to a thousand of each.
///
/// # Errors
/// There is no such source, or a value does not fit.
pub(crate) async fn save(session: &mut Session, held: &[Held]) -> db::Result<()> {
    let (mut stored, new): (Vec<&Held>, Vec<&Held>) = held.iter().partition(|held| held.id.is_some());
    // In a fixed order, so that writers of the same rows wait for each other instead of meeting head-on.
    stored.sort_unstable_by_key(|held| held.id);
    // Stored rows are named by their ids, so that no new ones are used up.
    write(
        session,
        &stored,
        &["source_item_id", "source_code", "sku", "quantity", "status"],
    )
    .await?;
    write(session, &new, &["source_code", "sku", "quantity", "status"]).await
}

async fn write(session: &mut Session, held: &[&Held], columns: &[&str]) -> db::Result<()> {
    let with_id = columns.len() == 5;
    let keys: &[&str] = if with_id { &columns[..1] } else { &columns[..2] };
    for held in held.chunks(ROWS) {
        let sql = dialect::upsert_rows(
            session.engine(),
            "inventory_source_item",
            columns,
            keys,
            &["quantity", "status"],
            held.len(),
        );
        let mut values: Vec<Param> = Vec::with_capacity(held.len() * columns.len());
        for held in held {
            if with_id {
                values.push(held.id.into());
            }
            values.extend([
                (&held.source_code).into(),
                (&held.sku).into(),
                held.quantity.into(),
                held.status.into(),
            ]);
        }
        session.execute(&sql, &values).await?;
    }
    Ok(())
}

/// Removes rows.
pub(crate) async fn delete(session: &mut Session, ids: &[i64]) -> Result<()> {
    for ids in ids.chunks(ROWS) {
        let mut sql = "DELETE FROM {inventory_source_item} WHERE source_item_id IN (".to_owned();
        sql.push_str(&dialect::placeholders(ids.len()));
        sql.push(')');
        let values: Vec<Param> = ids.iter().copied().map(Param::from).collect();
        session.execute(&sql, &values).await?;
    }
    Ok(())
}
