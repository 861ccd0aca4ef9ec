//! What products consist of, for domains that follow it: `catalog_product_relation` and what stands behind it.

use std::collections::{HashMap, HashSet};

use contract::{Cx, Result};
use db::{Engine, FromRow, Param, Row, Session, dialect, params};
use rust_decimal::Decimal;

use super::product::ProductRow;

/// A product as a part of a composite one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The composite product.
    pub parent_id: i64,
    /// Its SKU.
    pub parent_sku: String,
    /// Its type.
    pub parent_type: String,
    /// The part.
    pub child_id: i64,
    /// Its SKU.
    pub child_sku: String,
    /// The option of a bundle that offers the part.
    pub option_id: Option<i64>,
    /// Whether something must be chosen from that option.
    pub required: bool,
    /// How many of the part a bundle takes, and whether customers may take another number.
    pub selection: Option<(Decimal, bool)>,
}

impl FromRow for Part {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            parent_id: row.get(0)?,
            parent_type: row.get(1)?,
            child_id: row.get(2)?,
            child_sku: row.get(3)?,
            option_id: row.get(4)?,
            required: row.get::<Option<bool>>(5)?.unwrap_or_default(),
            parent_sku: row.get(6)?,
            selection: row
                .get::<Option<Decimal>>(7)?
                .map(|qty| Ok::<_, db::Error>((qty, row.get::<Option<bool>>(8)?.unwrap_or_default())))
                .transpose()?,
        })
    }
}

const PARTS: &str = "SELECT r.parent_id, p.type_id, r.child_id, c.sku, o.option_id, o.required, p.sku, \
     s.selection_qty, s.selection_can_change_qty \
     FROM {catalog_product_relation} r \
     JOIN {catalog_product_entity} p ON p.entity_id = r.parent_id \
     JOIN {catalog_product_entity} c ON c.entity_id = r.child_id \
     LEFT JOIN {catalog_product_bundle_selection} s ON s.parent_product_id = r.parent_id AND s.product_id = r.child_id \
     LEFT JOIN {catalog_product_bundle_option} o ON o.option_id = s.option_id WHERE r.parent_id ";

/// The product with this SKU.
///
/// # Errors
/// The database cannot be read.
pub async fn product(session: &mut Session, sku: &str) -> Result<Option<ProductRow>> {
    super::product::by_sku(session, sku).await
}

/// The products with these SKUs, by id; letter case and trailing spaces do not matter, as for the column.
///
/// # Errors
/// The database cannot be read.
pub async fn products(session: &mut Session, skus: &[String]) -> Result<Vec<ProductRow>> {
    super::product::by_skus(session, skus).await
}

/// The products of a website, by id.
///
/// # Errors
/// The database cannot be read.
pub async fn products_of_website(session: &mut Session, website_id: i64) -> Result<Vec<ProductRow>> {
    let mut sql = format!("SELECT {} FROM ", super::product::COLUMNS);
    sql.push_str(
        "{catalog_product_website} w JOIN {catalog_product_entity} e ON e.entity_id = w.product_id \
         WHERE w.website_id = ? ORDER BY e.entity_id",
    );
    Ok(session.fetch_all_slowly(&sql, params![website_id]).await?)
}

/// The parts of several composite products, as [`parts_of`].
///
/// # Errors
/// The database cannot be read.
pub async fn parts_of_all(session: &mut Session, product_ids: &[i64]) -> Result<Vec<Part>> {
    if product_ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{PARTS}IN ({})", dialect::placeholders(product_ids.len()));
    let params: Vec<Param> = product_ids.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &params).await?)
}

/// The parts of a composite product; one that several options of a bundle offer comes with each of them.
///
/// # Errors
/// The database cannot be read.
pub async fn parts_of(session: &mut Session, product_id: i64) -> Result<Vec<Part>> {
    let sql = PARTS.to_owned() + "= ?";
    Ok(session.fetch_all(&sql, params![product_id]).await?)
}

/// All parts of all composite products that the product is a part of.
///
/// # Errors
/// The database cannot be read.
pub async fn parts_with(session: &mut Session, product_id: i64) -> Result<Vec<Part>> {
    let sql = PARTS.to_owned() + "IN (SELECT parent_id FROM {catalog_product_relation} WHERE child_id = ?)";
    Ok(session.fetch_all(&sql, params![product_id]).await?)
}

/// All parts of all composite products that one of the products is a part of.
///
/// # Errors
/// The database cannot be read.
pub async fn parts_with_any(session: &mut Session, product_ids: &[i64]) -> Result<Vec<Part>> {
    if product_ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql =
        PARTS.to_owned() + "IN (SELECT parent_id FROM {catalog_product_relation} WHERE child_id IN (";
    sql.push_str(&dialect::placeholders(product_ids.len()));
    sql.push_str("))");
    let params: Vec<Param> = product_ids.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &params).await?)
}

/// A product, as far as its stock depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stocked {
    /// `entity_id`.
    pub id: i64,
    /// SKU, as stored.
    pub sku: String,
    /// Type.
    pub type_id: String,
    /// Whether it is enabled in the default scope.
    pub enabled: bool,
    /// Whether it is a part of a composite product.
    pub is_part: bool,
}

impl FromRow for Stocked {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            sku: row.get(1)?,
            type_id: row.get(2)?,
            enabled: row.get::<Option<i64>>(3)? == Some(ENABLED),
            is_part: row.get(4)?,
        })
    }
}

/// The products with these SKUs, of which letter case does not matter. `lock` keeps other writers of their stock
/// away until the end of the transaction, which must be open.
///
/// # Errors
/// The database cannot be read.
pub async fn stocked(cx: &mut Cx<'_>, skus: &[&str], lock: bool) -> Result<Vec<Stocked>> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let metadata = eav::metadata(cx)?;
    let status = metadata.entity_type("catalog_product")?.attribute("status");
    let mut sql = "SELECT e.entity_id, e.sku, e.type_id, \
                   (SELECT v.value FROM {catalog_product_entity_int} v WHERE v.entity_id = e.entity_id \
                   AND v.attribute_id = ? AND v.store_id = 0), \
                   EXISTS (SELECT 1 FROM {catalog_product_relation} r WHERE r.child_id = e.entity_id) \
                   FROM {catalog_product_entity} e WHERE e.sku IN ("
        .to_owned();
    sql.push_str(&dialect::placeholders(skus.len()));
    sql.push(')');
    if lock {
        sql.push_str(dialect::for_update(cx.session().engine()));
    }
    let mut params = vec![Param::from(status.map_or(0, |status| status.id))];
    params.extend(skus.iter().copied().map(Param::from));
    Ok(cx.session().fetch_all(&sql, &params).await?)
}

/// Keeps other writers of the stock of these products away until the end of the transaction, which must be open.
///
/// # Errors
/// The database cannot be read.
pub async fn lock(session: &mut Session, product_ids: &[i64]) -> Result<()> {
    // On SQLite a transaction is alone.
    if product_ids.is_empty() || session.engine() == Engine::Sqlite {
        return Ok(());
    }
    let mut sql = "SELECT entity_id FROM {catalog_product_entity} WHERE entity_id IN (".to_owned();
    sql.push_str(&dialect::placeholders(product_ids.len()));
    sql.push_str(") ORDER BY entity_id");
    sql.push_str(dialect::for_update(session.engine()));
    let params: Vec<Param> = product_ids.iter().copied().map(Param::from).collect();
    session.fetch_all::<i64>(&sql, &params).await?;
    Ok(())
}

/// The values of an attribute of whole numbers in the default scope, by product.
///
/// # Errors
/// The database cannot be read.
pub async fn numbers(cx: &mut Cx<'_>, attribute: &str, ids: &[i64]) -> Result<HashMap<i64, i64>> {
    let metadata = eav::metadata(cx)?;
    let Some(attribute) = metadata.entity_type("catalog_product")?.attribute(attribute) else {
        return Ok(HashMap::new());
    };
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = "SELECT entity_id, value FROM {catalog_product_entity_int} \
                   WHERE attribute_id = ? AND store_id = 0 AND value IS NOT NULL AND entity_id IN ("
        .to_owned();
    sql.push_str(&dialect::placeholders(ids.len()));
    sql.push(')');
    let mut params = vec![Param::from(attribute.id)];
    params.extend(ids.iter().copied().map(Param::from));
    let rows: Vec<(i64, i64)> = cx.session().fetch_all(&sql, &params).await?;
    Ok(rows.into_iter().collect())
}

/// The value of `status` of an enabled product.
const ENABLED: i64 = 1;

/// Those of the products that are enabled in the default scope.
///
/// # Errors
/// The database cannot be read.
pub async fn enabled(cx: &mut Cx<'_>, ids: &[i64]) -> Result<HashSet<i64>> {
    let values = numbers(cx, "status", ids).await?;
    let enabled = values.into_iter().filter(|(_, value)| *value == ENABLED);
    Ok(enabled.map(|(id, _)| id).collect())
}
