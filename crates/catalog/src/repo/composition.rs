//! What products consist of, for domains that follow it: `catalog_product_relation` and what stands behind it.

use std::collections::HashSet;

use contract::{Cx, Result};
use db::{FromRow, Param, Row, Session, dialect, params};

use super::product::ProductRow;

/// A product as a part of a composite one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The composite product.
    pub parent_id: i64,
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
        })
    }
}

const PARTS: &str = "SELECT r.parent_id, p.type_id, r.child_id, c.sku, o.option_id, o.required \
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

/// Those of the products that are enabled in the default scope.
///
/// # Errors
/// The database cannot be read.
pub async fn enabled(cx: &mut Cx<'_>, ids: &[i64]) -> Result<HashSet<i64>> {
    const ENABLED: i64 = 1;
    let metadata = eav::metadata(cx)?;
    let Some(status) = metadata.entity_type("catalog_product")?.attribute("status") else {
        return Ok(HashSet::new());
    };
    let mut sql = "SELECT entity_id FROM {catalog_product_entity_int} \
                   WHERE attribute_id = ? AND store_id = 0 AND value = ? AND entity_id IN ("
        .to_owned();
    sql.push_str(&dialect::placeholders(ids.len().max(1)));
    sql.push(')');
    let mut params = vec![Param::from(status.id), Param::from(ENABLED)];
    params.extend(ids.iter().copied().map(Param::from));
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<i64> = cx.session().fetch_all(&sql, &params).await?;
    Ok(ids.into_iter().collect())
}
