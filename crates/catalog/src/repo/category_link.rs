//! `catalog_category_product` and `catalog_product_website`: where products are.

use std::collections::HashMap;

use contract::Result;
use db::{Param, Session, dialect, params};

/// Categories with positions, and websites, of one product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// (category, position), in the order in which they were added.
    pub(crate) categories: Vec<(i64, i64)>,
    /// Websites, ascending.
    pub(crate) websites: Vec<i64>,
}

/// What the rows of [`places`] are about.
const CATEGORY: i64 = 0;

/// The categories and websites of products. One statement.
pub(crate) async fn places(session: &mut Session, products: &[i64]) -> Result<HashMap<i64, Places>> {
    let mut places: HashMap<i64, Places> = HashMap::new();
    if products.is_empty() {
        return Ok(places);
    }
    let marks = dialect::placeholders(products.len());
    let mut sql = "SELECT product_id, 0 AS kind, category_id AS place, position, entity_id AS number \
                   FROM {catalog_category_product} WHERE product_id IN ("
        .to_owned();
    sql.push_str(&marks);
    sql.push_str(
        ") UNION ALL SELECT product_id, 1 AS kind, website_id AS place, 0 AS position, website_id AS number \
         FROM {catalog_product_website} WHERE product_id IN (",
    );
    sql.push_str(&marks);
    sql.push_str(") ORDER BY product_id, kind, number");
    let params: Vec<Param> = products
        .iter()
        .chain(products)
        .copied()
        .map(Param::from)
        .collect();
    for (product, kind, place, position, _) in session
        .fetch_all::<(i64, i64, i64, i64, i64)>(&sql, &params)
        .await?
    {
        let of = places.entry(product).or_default();
        if kind == CATEGORY {
            of.categories.push((place, position));
        } else {
            of.websites.push(place);
        }
    }
    Ok(places)
}

/// Puts products into categories: (category, product, position); one that is there gets the position.
pub(crate) async fn put(session: &mut Session, links: &[(i64, i64, i64)]) -> Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    let sql = dialect::upsert_rows(
        session.engine(),
        "catalog_category_product",
        &["category_id", "product_id", "position"],
        &["category_id", "product_id"],
        &["position"],
        links.len(),
    );
    let params: Vec<Param> = links
        .iter()
        .flat_map(|(category, product, position)| [*category, *product, *position])
        .map(Param::from)
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Takes a product out of categories.
pub(crate) async fn remove(session: &mut Session, product: i64, categories: &[i64]) -> Result<()> {
    if categories.is_empty() {
        return Ok(());
    }
    let sql = "DELETE FROM {catalog_category_product} WHERE product_id = ? AND category_id IN (".to_owned()
        + &dialect::placeholders(categories.len())
        + ")";
    let params: Vec<Param> = std::iter::once(&product)
        .chain(categories)
        .copied()
        .map(Param::from)
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Whether a product is in a category.
pub(crate) async fn has(session: &mut Session, category: i64, product: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM {catalog_category_product} WHERE category_id = ? AND product_id = ?";
    let found: Option<i64> = session.fetch_optional(sql, params![category, product]).await?;
    Ok(found.is_some())
}
