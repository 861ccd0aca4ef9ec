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

/// How many visible products the website has.
pub(crate) async fn count_of_website(session: &mut Session, view: &View) -> Result<i64> {
    let mut sql = "SELECT COUNT(*) FROM {catalog_product_entity} p".to_owned();
    sql.push_str(&View::joins());
    sql.push_str(&format!(" WHERE {}", View::SHOWN));
    Ok(session.fetch_one(&sql, &view.joined()).await?)
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

/// The products in a category and in all below it, as (category, product): those of the website, or in the admin
/// store all.
pub(crate) async fn links(session: &mut Session, view: &View, root: &CategoryRow) -> Result<Vec<(i64, i64)>> {
    let (mut sql, mut params) = ("SELECT l.category_id, l.product_id ".to_owned(), Vec::new());
    sql.push_str(LINKS);
    if view.website_id != 0 {
        sql.push_str(" JOIN {catalog_product_website} w ON w.product_id = l.product_id AND w.website_id = ?");
        params.push(Param::from(view.website_id));
    }
    sql.push_str(AT_OR_BELOW);
    params.push(Param::from(root.id));
    params.extend(paths(root));
    Ok(session.fetch_all_slowly(&sql, &params).await?)
}

const LINKS: &str = "FROM {catalog_category_entity} e \
                     JOIN {catalog_category_product} l ON l.category_id = e.entity_id";

/// Behind it the category's id and [`paths`].
const AT_OR_BELOW: &str = " WHERE e.entity_id = ? OR (e.path > ? AND e.path < ?)";

/// The visible products in a category and in all below it.
pub(crate) async fn shown(session: &mut Session, view: &View, root: &CategoryRow) -> Result<Vec<i64>> {
    let mut sql = "SELECT p.entity_id FROM (SELECT DISTINCT l.product_id ".to_owned();
    sql.push_str(LINKS);
    sql.push_str(AT_OR_BELOW);
    sql.push_str(") t JOIN {catalog_product_entity} p ON p.entity_id = t.product_id");
    let mut params = vec![Param::from(root.id)];
    params.extend(paths(root));
    sql.push_str(&View::joins());
    params.extend(view.joined());
    sql.push_str(&format!(" WHERE {} AND {}", View::SHOWN, View::has_parts()));
    params.extend(view.parts());
    Ok(session.fetch_all_slowly(&sql, &params).await?)
}
