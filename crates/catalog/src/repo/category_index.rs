//! Which products a category shows in a store view: what Magento keeps in `catalog_category_product_index`, read
//! from the tables that it is made of, so that it is right without an indexer.

use contract::Result;
use db::{FromRow, Param, Row, Session, params};

use super::category::{CategoryRow, join};

/// In which store view products are looked at, and by which attributes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    pub(crate) store_id: i64,
    pub(crate) website_id: i64,
    /// `status` of products.
    pub(crate) status: i64,
    /// `visibility` of products.
    pub(crate) visibility: i64,
    /// `is_active` of categories.
    pub(crate) is_active: i64,
}

/// A product in a category.
#[derive(Debug, Clone)]
pub(crate) struct LinkedProduct {
    pub(crate) product_id: i64,
    pub(crate) sku: String,
    pub(crate) category_id: i64,
    pub(crate) position: i64,
}

impl FromRow for LinkedProduct {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            product_id: row.get(0)?,
            sku: row.get(1)?,
            category_id: row.get(2)?,
            position: row.get(3)?,
        })
    }
}

impl View {
    /// Joins website, status and visibility of the product `p`; behind it [`Self::joined`].
    fn joins() -> String {
        let mut sql =
            " JOIN {catalog_product_website} w ON w.product_id = p.entity_id AND w.website_id = ?".to_owned();
        sql.push_str(&join("s", "catalog_product_entity_int", "p.entity_id"));
        sql.push_str(&join("v", "catalog_product_entity_int", "p.entity_id"));
        sql
    }

    fn joined(&self) -> Vec<Param> {
        params![
            self.website_id,
            self.status,
            self.status,
            self.store_id,
            self.visibility,
            self.visibility,
            self.store_id
        ]
        .to_vec()
    }

    /// Whether the joined product is enabled and visible.
    const SHOWN: &'static str =
        "COALESCE(ss.value, sd.value) = 1 AND COALESCE(vs.value, vd.value) IN (2, 3, 4)";

    /// Whether a product with parts has one that is enabled; behind it [`Self::parts`].
    fn has_parts() -> String {
        let mut sql =
            "(NOT EXISTS (SELECT 1 FROM {catalog_product_relation} r WHERE r.parent_id = p.entity_id) \
                       OR EXISTS (SELECT 1 FROM {catalog_product_relation} r"
                .to_owned();
        sql.push_str(&join("c", "catalog_product_entity_int", "r.child_id"));
        sql.push_str(" WHERE r.parent_id = p.entity_id AND COALESCE(cs.value, cd.value) = 1))");
        sql
    }

    fn parts(&self) -> Vec<Param> {
        params![self.status, self.status, self.store_id].to_vec()
    }
}

/// The ids of the active categories below one; behind it the attribute twice, the store view and [`paths`].
fn active_below() -> String {
    let mut sql = "SELECT e.entity_id FROM {catalog_category_entity} e".to_owned();
    sql.push_str(&join("b", "catalog_category_entity_int", "e.entity_id"));
    sql.push_str(" WHERE e.path > ? AND e.path < ? AND COALESCE(bs.value, bd.value) = 1");
    sql
}

fn paths(category: &CategoryRow) -> [Param; 2] {
    [
        Param::from(format!("{}/", category.path)),
        Param::from(format!("{}0", category.path)),
    ]
}

/// The visible products of a category, and with `below` those of the active categories below it, by product.
pub(crate) async fn products(
    session: &mut Session,
    view: &View,
    category: &CategoryRow,
    below: bool,
) -> Result<Vec<LinkedProduct>> {
    let mut sql = "SELECT p.entity_id, p.sku, l.category_id, l.position FROM {catalog_category_product} l \
                   JOIN {catalog_product_entity} p ON p.entity_id = l.product_id"
        .to_owned();
    sql.push_str(&View::joins());
    let mut params = view.joined();
    sql.push_str(" WHERE (l.category_id = ?");
    params.push(Param::from(category.id));
    if below {
        sql.push_str(&format!(" OR l.category_id IN ({})", active_below()));
        params.extend(
            params![view.is_active, view.is_active, view.store_id]
                .iter()
                .cloned(),
        );
        params.extend(paths(category));
    }
    sql.push_str(&format!(
        ") AND {} AND {} ORDER BY p.entity_id",
        View::SHOWN,
        View::has_parts()
    ));
    params.extend(view.parts());
    Ok(session.fetch_all_slowly(&sql, &params).await?)
}

/// All visible products of the website, as (id, SKU, smallest position in any category), by id.
pub(crate) async fn of_website(
    session: &mut Session,
    view: &View,
) -> Result<Vec<(i64, String, Option<i64>)>> {
    let mut sql = "SELECT p.entity_id, p.sku, \
                   (SELECT MIN(l.position) FROM {catalog_category_product} l WHERE l.product_id = p.entity_id) \
                   FROM {catalog_product_entity} p"
        .to_owned();
    sql.push_str(&View::joins());
    sql.push_str(&format!(" WHERE {} ORDER BY p.entity_id", View::SHOWN));
    Ok(session.fetch_all_slowly(&sql, &view.joined()).await?)
}

/// The products of a category as the admin sees them, and with `below` those of all categories below it: SKU and
/// smallest position, by product. Status, visibility and websites do not matter.
pub(crate) async fn of_admin(
    session: &mut Session,
    category: &CategoryRow,
    below: bool,
) -> Result<Vec<(String, i64)>> {
    let mut sql = "SELECT p.sku, MIN(l.position) FROM {catalog_category_product} l \
                   JOIN {catalog_product_entity} p ON p.entity_id = l.product_id WHERE l.category_id = ?"
        .to_owned();
    let mut params = vec![Param::from(category.id)];
    if below {
        sql.push_str(
            " OR l.category_id IN (SELECT e.entity_id FROM {catalog_category_entity} e \
             WHERE e.path > ? AND e.path < ?)",
        );
        params.extend(paths(category));
    }
    sql.push_str(" GROUP BY p.entity_id, p.sku ORDER BY p.entity_id");
    Ok(session.fetch_all(&sql, &params).await?)
}

/// The products in a category and in all below it, as (category, product).
pub(crate) async fn links(session: &mut Session, root: &CategoryRow) -> Result<Vec<(u32, u32)>> {
    let sql = "SELECT l.category_id, l.product_id FROM {catalog_category_entity} e \
               JOIN {catalog_category_product} l ON l.category_id = e.entity_id \
               WHERE e.entity_id = ? OR (e.path > ? AND e.path < ?)";
    let mut params = params![root.id].to_vec();
    params.extend(paths(root));
    Ok(session.fetch_all_slowly(sql, &params).await?)
}

/// All products that a website sells.
pub(crate) async fn in_website(session: &mut Session, website_id: i64) -> Result<Vec<u32>> {
    let sql = "SELECT product_id FROM {catalog_product_website} WHERE website_id = ?";
    Ok(session.fetch_all_slowly(sql, params![website_id]).await?)
}

/// What a row of [`showing`] says of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Showing {
    /// It is enabled in the default scope.
    Enabled,
    /// It is visible in the default scope.
    Visible,
    /// Whether it is enabled in the store view.
    OwnEnabled(bool),
    /// Whether it is visible in the store view.
    OwnVisible(bool),
}

struct ShowingRow(u32, Showing);

impl FromRow for ShowingRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let showing = match row.get::<i64>(1)? {
            0 => Showing::Enabled,
            1 => Showing::Visible,
            2 => Showing::OwnEnabled(row.get::<i64>(2)? == 1),
            _ => Showing::OwnVisible(matches!(row.get::<i64>(2)?, 2..=4)),
        };
        Ok(Self(row.get(0)?, showing))
    }
}

/// Which products are enabled, and which visible; what the store view has of its own comes last. Read along an
/// index, without a look at each product.
pub(crate) async fn showing(session: &mut Session, view: &View) -> Result<Vec<(u32, Showing)>> {
    let sql = "SELECT entity_id, 0 AS kind, value FROM {catalog_product_entity_int} \
               WHERE attribute_id = ? AND store_id = 0 AND value = 1 \
               UNION ALL SELECT entity_id, 1 AS kind, value FROM {catalog_product_entity_int} \
               WHERE attribute_id = ? AND store_id = 0 AND value IN (2, 3, 4) \
               UNION ALL SELECT entity_id, 2 AS kind, value FROM {catalog_product_entity_int} \
               WHERE attribute_id = ? AND store_id = ? AND value IS NOT NULL \
               UNION ALL SELECT entity_id, 3 AS kind, value FROM {catalog_product_entity_int} \
               WHERE attribute_id = ? AND store_id = ? AND value IS NOT NULL";
    let params = params![
        view.status,
        view.visibility,
        view.status,
        view.store_id,
        view.visibility,
        view.store_id
    ];
    let mut rows: Vec<ShowingRow> = session.fetch_all_slowly(sql, params).await?;
    rows.sort_by_key(|row| matches!(row.1, Showing::OwnEnabled(_) | Showing::OwnVisible(_)));
    Ok(rows
        .into_iter()
        .map(|ShowingRow(id, showing)| (id, showing))
        .collect())
}

/// All products with parts, and their parts.
pub(crate) async fn parts(session: &mut Session) -> Result<Vec<(u32, u32)>> {
    let sql = "SELECT parent_id, child_id FROM {catalog_product_relation}";
    Ok(session.fetch_all_slowly(sql, params![]).await?)
}
