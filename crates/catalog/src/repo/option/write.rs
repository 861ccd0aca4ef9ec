//! Writes of custom options. Any number of rows takes one statement of a kind.

use std::collections::HashSet;

use contract::{Error, Result};
use db::{Param, Session, dialect};
use rust_decimal::Decimal;

/// Rows of one statement at most: the engines take 32,000 parameters.
const ROWS: usize = 2_500;

/// A row of `catalog_product_option`.
#[derive(Debug, Clone, Default)]
pub(crate) struct OptionRecord {
    /// `None`: not stored yet.
    pub(crate) id: Option<i64>,
    pub(crate) product_id: i64,
    pub(crate) r#type: Option<String>,
    pub(crate) is_require: bool,
    pub(crate) sku: Option<String>,
    pub(crate) max_characters: Option<i64>,
    pub(crate) file_extension: Option<String>,
    pub(crate) image_size_x: Option<i64>,
    pub(crate) image_size_y: Option<i64>,
    pub(crate) sort_order: i64,
}

impl OptionRecord {
    fn params(&self) -> [Param; 9] {
        [
            self.product_id.into(),
            self.r#type.clone().into(),
            self.is_require.into(),
            self.sku.clone().into(),
            self.max_characters.into(),
            self.file_extension.clone().into(),
            self.image_size_x.into(),
            self.image_size_y.into(),
            self.sort_order.into(),
        ]
    }
}

/// A row of `catalog_product_option_type_value`.
#[derive(Debug, Clone, Default)]
pub(crate) struct ValueRecord {
    /// `None`: not stored yet.
    pub(crate) id: Option<i64>,
    pub(crate) option_id: i64,
    pub(crate) sku: Option<String>,
    pub(crate) sort_order: i64,
}

impl ValueRecord {
    fn params(&self) -> [Param; 3] {
        [
            self.option_id.into(),
            self.sku.clone().into(),
            self.sort_order.into(),
        ]
    }
}

/// A title in a scope, of an option or of a value.
pub(crate) struct TitleRow {
    pub(crate) id: i64,
    pub(crate) store_id: i64,
    pub(crate) title: String,
}

/// A price in a scope, of an option or of a value.
pub(crate) struct PriceRow {
    pub(crate) id: i64,
    pub(crate) store_id: i64,
    pub(crate) price: Decimal,
    pub(crate) price_type: String,
}

const OPTION_COLUMNS: [&str; 10] = [
    "option_id",
    "product_id",
    "type",
    "is_require",
    "sku",
    "max_characters",
    "file_extension",
    "image_size_x",
    "image_size_y",
    "sort_order",
];

const VALUE_COLUMNS: [&str; 4] = ["option_type_id", "option_id", "sku", "sort_order"];

/// Writes options of one product and gives each new one its id. `known`: all ids that the product's options had
/// before.
pub(crate) async fn save_options(
    session: &mut Session,
    records: &mut [OptionRecord],
    known: &HashSet<i64>,
) -> Result<()> {
    let (mut old, mut new, mut count) = (Vec::new(), Vec::new(), 0);
    for record in &*records {
        match record.id {
            Some(id) => {
                old.push(Param::from(id));
                old.extend(record.params());
            }
            None => {
                count += 1;
                new.extend(record.params());
            }
        }
    }
    update(session, "catalog_product_option", &OPTION_COLUMNS, &old).await?;
    insert(session, "catalog_product_option", &OPTION_COLUMNS[1..], &new).await?;
    let Some(first) = records.first().filter(|_| count > 0) else {
        return Ok(());
    };
    let sql = "SELECT option_id FROM {catalog_product_option} WHERE product_id = ? ORDER BY option_id";
    let ids: Vec<i64> = session.fetch_all(sql, &[first.product_id.into()]).await?;
    let mut ids = ids.into_iter().filter(|id| !known.contains(id));
    for record in records.iter_mut().filter(|record| record.id.is_none()) {
        record.id = Some(ids.next().ok_or_else(|| lost("option"))?);
    }
    Ok(())
}

/// Writes values and gives each new one its id. `known`: all ids that the values of their options had before.
pub(crate) async fn save_values(
    session: &mut Session,
    records: &mut [ValueRecord],
    known: &HashSet<i64>,
) -> Result<()> {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    let mut owners = Vec::new();
    for record in &*records {
        match record.id {
            Some(id) => {
                old.push(Param::from(id));
                old.extend(record.params());
            }
            None => {
                owners.push(record.option_id);
                new.extend(record.params());
            }
        }
    }
    let table = "catalog_product_option_type_value";
    update(session, table, &VALUE_COLUMNS, &old).await?;
    insert(session, table, &VALUE_COLUMNS[1..], &new).await?;
    if owners.is_empty() {
        return Ok(());
    }
    owners.dedup();
    let mut ids: Vec<(i64, i64)> = Vec::new();
    for owners in owners.chunks(ROWS) {
        let sql =
            "SELECT option_type_id, option_id FROM {catalog_product_option_type_value} WHERE option_id IN ("
                .to_owned()
                + &dialect::placeholders(owners.len())
                + ")";
        let params: Vec<Param> = owners.iter().copied().map(Param::from).collect();
        ids.extend(session.fetch_all::<(i64, i64)>(&sql, &params).await?);
    }
    ids.sort_unstable();
    ids.retain(|(id, _)| !known.contains(id));
    let mut ids = ids.into_iter();
    for record in records.iter_mut().filter(|record| record.id.is_none()) {
        // The rows of one statement get ascending ids in their order, so the next one is this record's.
        let (id, _) = ids
            .next()
            .filter(|(_, owner)| *owner == record.option_id)
            .ok_or_else(|| lost("value"))?;
        record.id = Some(id);
    }
    Ok(())
}

fn lost(what: &str) -> Error {
    Error::internal(format!("a new {what} has no id"))
}

/// Writes whole rows that are there; the first column is the key.
async fn update(session: &mut Session, table: &str, columns: &[&str], params: &[Param]) -> Result<()> {
    for rows in params.chunks(ROWS * columns.len()) {
        let count = rows.len() / columns.len();
        let engine = session.engine();
        let sql = dialect::upsert_rows(engine, table, columns, &columns[..1], &columns[1..], count);
        session.execute(&sql, rows).await?;
    }
    Ok(())
}

async fn insert(session: &mut Session, table: &str, columns: &[&str], params: &[Param]) -> Result<()> {
    for rows in params.chunks(ROWS * columns.len()) {
        let sql = dialect::insert_rows(table, columns, rows.len() / columns.len());
        session.execute(&sql, rows).await?;
    }
    Ok(())
}

/// Which of the two kinds of things titles and prices belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Option,
    Value,
}

impl Owner {
    fn column(self) -> &'static str {
        match self {
            Self::Option => "option_id",
            Self::Value => "option_type_id",
        }
    }

    fn table(self, of: &str) -> String {
        match self {
            Self::Option => format!("catalog_product_option_{of}"),
            Self::Value => format!("catalog_product_option_type_{of}"),
        }
    }
}

/// Writes titles; with `keep`, those that are there stay as they are.
pub(crate) async fn save_titles(
    session: &mut Session,
    owner: Owner,
    rows: &[TitleRow],
    keep: bool,
) -> Result<()> {
    let columns = [owner.column(), "store_id", "title"];
    let params = rows
        .iter()
        .flat_map(|row| [row.id.into(), row.store_id.into(), Param::from(&row.title)]);
    let params: Vec<Param> = params.collect();
    save_scoped(session, &owner.table("title"), &columns, &params, keep).await
}

/// Writes prices; with `keep`, those that are there stay as they are.
pub(crate) async fn save_prices(
    session: &mut Session,
    owner: Owner,
    rows: &[PriceRow],
    keep: bool,
) -> Result<()> {
    let columns = [owner.column(), "store_id", "price", "price_type"];
    let params = rows.iter().flat_map(|row| {
        [
            row.id.into(),
            row.store_id.into(),
            row.price.into(),
            Param::from(&row.price_type),
        ]
    });
    let params: Vec<Param> = params.collect();
    save_scoped(session, &owner.table("price"), &columns, &params, keep).await
}

async fn save_scoped(
    session: &mut Session,
    table: &str,
    columns: &[&str],
    params: &[Param],
    keep: bool,
) -> Result<()> {
    let updated = if keep { &[] } else { &columns[2..] };
    for rows in params.chunks(ROWS * columns.len()) {
        let count = rows.len() / columns.len();
        let sql = dialect::upsert_rows(session.engine(), table, columns, &columns[..2], updated, count);
        session.execute(&sql, rows).await?;
    }
    Ok(())
}

/// Removes prices of values in store views.
pub(crate) async fn delete_value_prices(session: &mut Session, ids: &[i64], stores: &[i64]) -> Result<()> {
    if stores.is_empty() {
        return Ok(());
    }
    for ids in ids.chunks(ROWS) {
        let sql = "DELETE FROM {catalog_product_option_type_price} WHERE option_type_id IN (".to_owned()
            + &dialect::placeholders(ids.len())
            + ") AND store_id IN ("
            + &dialect::placeholders(stores.len())
            + ")";
        let params: Vec<Param> = ids.iter().chain(stores).copied().map(Param::from).collect();
        session.execute(&sql, &params).await?;
    }
    Ok(())
}

/// Removes options with everything that belongs to them.
pub(crate) async fn delete_options(session: &mut Session, ids: &[i64]) -> Result<()> {
    delete(
        session,
        "DELETE FROM {catalog_product_option} WHERE option_id IN (",
        ids,
    )
    .await
}

/// Removes values with everything that belongs to them.
pub(crate) async fn delete_values(session: &mut Session, ids: &[i64]) -> Result<()> {
    let sql = "DELETE FROM {catalog_product_option_type_value} WHERE option_type_id IN (";
    delete(session, sql, ids).await
}

async fn delete(session: &mut Session, head: &str, ids: &[i64]) -> Result<()> {
    for ids in ids.chunks(ROWS) {
        let sql = head.to_owned() + &dialect::placeholders(ids.len()) + ")";
        let params: Vec<Param> = ids.iter().copied().map(Param::from).collect();
        session.execute(&sql, &params).await?;
    }
    Ok(())
}

/// Says of a product that it has options, and that one of them is required if that is so.
pub(crate) async fn raise_flags(session: &mut Session, product_id: i64, required: bool) -> Result<()> {
    let sql = if required {
        "UPDATE {catalog_product_entity} SET has_options = 1, required_options = 1 WHERE entity_id = ?"
    } else {
        "UPDATE {catalog_product_entity} SET has_options = 1 WHERE entity_id = ?"
    };
    session.execute(sql, &[product_id.into()]).await?;
    Ok(())
}
