//! `catalog_product_entity`.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};

/// A product's own row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductRow {
    /// `entity_id`.
    pub id: i64,
    /// SKU, as stored.
    pub sku: String,
    /// Type.
    pub type_id: String,
    /// Attribute set.
    pub attribute_set_id: i64,
    /// Whether there is something to choose.
    pub has_options: bool,
    /// Whether something must be chosen.
    pub required_options: bool,
    /// UTC.
    pub created_at: String,
    /// UTC.
    pub updated_at: String,
}

/// The columns of [`ProductRow`], behind the alias `e`.
pub(crate) const COLUMNS: &str = "e.entity_id, e.sku, e.type_id, e.attribute_set_id, e.has_options, \
                                  e.required_options, e.created_at, e.updated_at";

impl FromRow for ProductRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            sku: row.get(1)?,
            type_id: row.get(2)?,
            attribute_set_id: row.get(3)?,
            has_options: row.get::<Option<bool>>(4)?.unwrap_or_default(),
            required_options: row.get::<Option<bool>>(5)?.unwrap_or_default(),
            created_at: row.get(6)?,
            updated_at: row.get(7)?,
        })
    }
}

fn select(condition: &str) -> String {
    let mut sql = format!("SELECT {COLUMNS} FROM ");
    sql.push_str("{catalog_product_entity} e WHERE ");
    sql.push_str(condition);
    sql
}

/// The product with this SKU; letter case and trailing spaces do not matter, as for the column.
pub(crate) async fn by_sku(session: &mut Session, sku: &str) -> Result<Option<ProductRow>> {
    Ok(session.fetch_optional(&select("e.sku = ?"), params![sku]).await?)
}

/// The products with these SKUs, by id.
pub(crate) async fn by_skus(session: &mut Session, skus: &[String]) -> Result<Vec<ProductRow>> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let condition = format!(
        "e.sku IN ({}) ORDER BY e.entity_id",
        dialect::placeholders(skus.len())
    );
    let params: Vec<Param> = skus.iter().map(Param::from).collect();
    Ok(session.fetch_all(&select(&condition), &params).await?)
}

/// The products with these ids, by id.
pub(crate) async fn by_ids(session: &mut Session, ids: &[i64]) -> Result<Vec<ProductRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let condition = format!(
        "e.entity_id IN ({}) ORDER BY e.entity_id",
        dialect::placeholders(ids.len())
    );
    let params: Vec<Param> = ids.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&select(&condition), &params).await?)
}

/// Sets `updated_at`.
pub(crate) async fn touch(session: &mut Session, ids: &[i64], now: &str) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = "UPDATE {catalog_product_entity} SET updated_at = ? WHERE entity_id IN (".to_owned()
        + &dialect::placeholders(ids.len())
        + ")";
    let mut params = vec![Param::from(now)];
    params.extend(ids.iter().copied().map(Param::from));
    session.execute(&sql, &params).await?;
    Ok(())
}
