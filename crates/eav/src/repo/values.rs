//! Value tables.

use contract::Result;
use db::{FromRow, Param, Row, Session, at_scale, dialect};

use crate::metadata::BackendType;
use crate::values::{ValueTables, Write};

#[derive(Debug)]
pub(crate) struct ValueRow {
    pub(crate) entity_id: i64,
    pub(crate) attribute_id: i64,
    pub(crate) store_id: i64,
    pub(crate) value: Option<String>,
}

impl FromRow for ValueRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            entity_id: row.get(0)?,
            attribute_id: row.get(1)?,
            store_id: row.get(2)?,
            value: row.get(3)?,
        })
    }
}

fn table(tables: &ValueTables, backend: BackendType) -> String {
    format!("{}_{}", tables.entity, backend.name())
}

pub(crate) async fn load(
    session: &mut Session,
    tables: &ValueTables,
    ids: &[i64],
    store_id: i64,
) -> Result<Vec<ValueRow>> {
    let stores: &[i64] = if store_id == 0 { &[0] } else { &[0, store_id] };
    let (mut sql, mut params) = (String::new(), Vec::new());
    for backend in BackendType::STORED {
        if !sql.is_empty() {
            sql.push_str(" UNION ALL ");
        }
        let store = if tables.scoped {
            "store_id"
        } else {
            "0 AS store_id"
        };
        sql.push_str("SELECT entity_id, attribute_id, ");
        sql.push_str(store);
        sql.push_str(", CAST(value AS CHAR) AS value FROM {");
        sql.push_str(&table(tables, backend));
        sql.push_str("} WHERE entity_id IN (");
        sql.push_str(&dialect::placeholders(ids.len()));
        sql.push(')');
        params.extend(ids.iter().map(|id| Param::from(*id)));
        if tables.scoped {
            sql.push_str(" AND store_id IN (");
            sql.push_str(&dialect::placeholders(stores.len()));
            sql.push(')');
            params.extend(stores.iter().map(|id| Param::from(*id)));
        }
    }
    Ok(session.fetch_all(&sql, &params).await?)
}

/// Rows of one statement at most: the engines take 32,000 parameters.
const ROWS: usize = 5_000;

pub(crate) async fn save(session: &mut Session, tables: &ValueTables, writes: &[Write<'_>]) -> Result<()> {
    for backend in BackendType::STORED {
        let table = table(tables, backend);
        let here = |write: &&Write<'_>| write.attribute.backend_type == backend;
        let rows = |write: &Write<'_>| {
            let (entity, attribute, value) = (write.entity_id, write.attribute.id, write.value.clone());
            let stores = write.stores.clone();
            stores
                .into_iter()
                .map(move |store| (entity, attribute, store, value.clone()))
        };
        let (gone, kept): (Vec<_>, Vec<_>) = writes.iter().filter(here).partition(|write| write.delete);
        let gone: Vec<_> = gone.into_iter().flat_map(rows).collect();
        for rows in gone.chunks(ROWS) {
            delete(session, &table, tables.scoped, rows).await?;
        }
        let kept: Vec<_> = kept.into_iter().flat_map(rows).collect();
        for rows in kept.chunks(ROWS) {
            upsert(session, (&table, tables.scoped), backend, rows).await?;
        }
    }
    Ok(())
}

/// The value as its column keeps it: decimals have six places on both engines.
fn stored(backend: BackendType, value: Option<&str>) -> Param {
    let decimal = || Some(Param::from(at_scale(value?.parse().ok()?, 6)));
    match backend {
        BackendType::Decimal => decimal().unwrap_or_else(|| Param::from(value)),
        _ => Param::from(value),
    }
}

type Stored = (i64, i64, i64, Option<String>);

/// The columns that name a value.
fn key(scoped: bool) -> &'static [&'static str] {
    if scoped {
        &["entity_id", "attribute_id", "store_id"]
    } else {
        &["entity_id", "attribute_id"]
    }
}

async fn upsert(
    session: &mut Session,
    (table, scoped): (&str, bool),
    backend: BackendType,
    rows: &[Stored],
) -> Result<()> {
    let key = key(scoped);
    let columns = [key, &["value"]].concat();
    let sql = dialect::upsert_rows(session.engine(), table, &columns, key, &["value"], rows.len());
    let mut params = Vec::with_capacity(rows.len() * 4);
    for (entity, attribute, store, value) in rows {
        params.extend([Param::from(*entity), Param::from(*attribute)]);
        if scoped {
            params.push(Param::from(*store));
        }
        params.push(stored(backend, value.as_deref()));
    }
    session.execute(&sql, &params).await?;
    Ok(())
}

async fn delete(session: &mut Session, table: &str, scoped: bool, rows: &[Stored]) -> Result<()> {
    let mut sql = "DELETE FROM {".to_owned();
    sql.push_str(table);
    sql.push_str("} WHERE ");
    sql.push_str(&dialect::row_in(session.engine(), key(scoped), rows.len()));
    let mut params = Vec::with_capacity(rows.len() * 3);
    for (entity, attribute, store, _) in rows {
        params.extend([Param::from(*entity), Param::from(*attribute)]);
        if scoped {
            params.push(Param::from(*store));
        }
    }
    session.execute(&sql, &params).await?;
    Ok(())
}
