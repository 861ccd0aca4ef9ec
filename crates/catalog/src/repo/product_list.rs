//! Searches for products.

use contract::Result;
use db::search::{Column, Kind};
use db::{Engine, FromRow, Param, Row, Session, dialect};
use eav::search::{Joined, Plan, Query};
use rust_decimal::Decimal;

use super::product::{COLUMNS, ProductRow};

/// The columns of `catalog_product_entity` that a search may name.
pub(crate) const SEARCHED: &[Column] = &[
    own("entity_id", "e.entity_id", Kind::Number),
    own("attribute_set_id", "e.attribute_set_id", Kind::Number),
    own("type_id", "e.type_id", Kind::Text),
    own("sku", "e.sku", Kind::Text),
    own("has_options", "e.has_options", Kind::Number),
    own("required_options", "e.required_options", Kind::Number),
    own("created_at", "e.created_at", Kind::Time),
    own("updated_at", "e.updated_at", Kind::Time),
];

/// What a search may name too when it is about one category: the position in it.
pub(crate) const POSITION: Column = own("position", "at_position.position", Kind::Number);

const fn own(field: &'static str, sql: &'static str, kind: Kind) -> Column {
    Column { field, sql, kind }
}

/// A product that a search found.
pub(crate) struct Found {
    pub(crate) row: ProductRow,
    /// Status and visibility in the path's store view.
    pub(crate) status: Option<i64>,
    pub(crate) visibility: Option<i64>,
    /// Its prices, if the search sorts by them.
    pub(crate) price: Option<IndexPrice>,
}

/// A row of `catalog_product_index_price`.
pub(crate) struct IndexPrice {
    pub(crate) price: Option<Decimal>,
    pub(crate) minimal: Option<Decimal>,
    pub(crate) tax_class_id: Option<i64>,
}

impl FromRow for Found {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let minimal = row.get::<Option<Decimal>>(10)?;
        let tier = row.get::<Option<Decimal>>(11)?;
        let tax_class_id = row.get::<Option<i64>>(12)?;
        let minimal = match (minimal, tier) {
            (Some(minimal), Some(tier)) => Some(minimal.min(tier)),
            (minimal, _) => minimal,
        };
        let price = row.get::<Option<Decimal>>(13)?;
        let price = row.get::<bool>(14)?.then_some(IndexPrice {
            price,
            minimal,
            tax_class_id,
        });
        Ok(Self {
            row: ProductRow::from_row(row)?,
            status: row.get(8)?,
            visibility: row.get(9)?,
            price,
        })
    }
}

/// How many products match.
pub(crate) async fn count(session: &mut Session, query: &Query<'_>) -> Result<i64> {
    let (sql, params) = query.count();
    Ok(session.count(&sql, &params).await?)
}

/// Which way to read a page of `count` matches on SQLite: along an index as long as that looks at fewer products
/// than there are matches. Walks take attributes only that every product has. One statement for many matches, whose
/// answer is kept until something is written.
pub(crate) async fn plan(
    session: &mut Session,
    query: &Query<'_>,
    count: i64,
    window: Option<(i64, i64)>,
) -> Result<Plan> {
    if session.engine() == Engine::MySql {
        return Ok(Plan::Free);
    }
    if count <= MANY {
        return Ok(Plan::Match);
    }
    // Twice the number of products, and one more if all of them have the attribute.
    let mut sql = "SELECT COUNT(*) * 2 + ".to_owned();
    let mut params = Vec::new();
    match query.leading_attribute() {
        Some(attribute) => {
            sql.push_str("(COUNT(*) = (SELECT COUNT(*) FROM {catalog_product_entity_");
            sql.push_str(attribute.backend_type.name());
            sql.push_str("} WHERE attribute_id = ? AND store_id = 0))");
            params.push(Param::from(attribute.id));
        }
        None => sql.push('1'),
    }
    sql.push_str(" FROM {catalog_product_entity}");
    let known = session.count(&sql, &params).await?;
    let (all, complete) = (known / 2, known % 2 == 1);
    let read = window.map_or(count, |(limit, offset)| limit.saturating_add(offset));
    let walk = complete && read.saturating_mul(all) / count <= count;
    Ok(if walk { Plan::Walk } else { Plan::Match })
}

/// So many matches are sorted in place, more of them where nobody else waits.
const MANY: i64 = 300;

/// A page of the `count` matches. `status` and `visibility` are expressions, `priced` tells whether [`price_index`] is
/// joined.
pub(crate) async fn page(
    session: &mut Session,
    query: &Query<'_>,
    [status, visibility]: [&str; 2],
    priced: bool,
    plan: Plan,
    count: i64,
    window: Option<(i64, i64)>,
) -> Result<Vec<Found>> {
    let price = if priced {
        "price_index.min_price, price_index.tier_price, price_index.tax_class_id, price_index.price, 1"
    } else {
        "NULL, NULL, NULL, NULL, 0"
    };
    let columns = format!("{COLUMNS}, {status}, {visibility}, {price}");
    let (sql, params) = query.page(&columns, plan, window);
    Ok(match plan {
        Plan::Match if count > MANY => session.fetch_all_slowly(&sql, &params).await?,
        _ => session.fetch_all(&sql, &params).await?,
    })
}

/// Joins the price of a product for guests in a website; products without one drop out.
pub(crate) fn price_index(website_id: i64) -> Joined {
    Joined {
        table: "catalog_product_index_price",
        alias: "price_index".to_owned(),
        on: format!(
            "price_index.entity_id = e.entity_id AND price_index.website_id = {website_id} \
             AND price_index.customer_group_id = 0"
        ),
        optional: false,
    }
}

/// What [`price_index`] sorts by.
pub(crate) const INDEX_PRICE: &str = "price_index.min_price";

/// Joins the position in a category, for [`POSITION`].
pub(crate) fn position(category_id: i64) -> Joined {
    Joined {
        table: "catalog_category_product",
        alias: "at_position".to_owned(),
        on: format!("at_position.product_id = e.entity_id AND at_position.category_id = {category_id}"),
        optional: true,
    }
}

/// Keeps products that are in one of the websites.
pub(crate) fn in_websites(websites: &[i64]) -> (String, Vec<Param>) {
    let mut sql = "EXISTS (SELECT 1 FROM {catalog_product_website} w WHERE w.product_id = e.entity_id \
                   AND w.website_id IN ("
        .to_owned();
    sql.push_str(&dialect::placeholders(websites.len()));
    sql.push_str("))");
    (sql, websites.iter().copied().map(Param::from).collect())
}

/// Keeps products that are in the category; they are in it once.
pub(crate) fn in_category(category_id: i64) -> Joined {
    let alias = format!("c{category_id}");
    Joined {
        table: "catalog_category_product",
        on: format!("{alias}.product_id = e.entity_id AND {alias}.category_id = {category_id}"),
        alias,
        optional: false,
    }
}

/// Keeps products that are in one of the categories, or in none of them.
pub(crate) fn in_categories(categories: &[i64], wanted: bool) -> (String, Vec<Param>) {
    let mut sql = format!("e.entity_id {}IN (", if wanted { "" } else { "NOT " });
    sql.push_str("SELECT c.product_id FROM {catalog_category_product} c WHERE c.category_id IN (");
    sql.push_str(&dialect::placeholders(categories.len()));
    sql.push_str("))");
    (sql, categories.iter().copied().map(Param::from).collect())
}

/// A category at or below one that was asked for.
pub(crate) struct Below {
    pub(crate) asked: i64,
    pub(crate) id: i64,
    pub(crate) parent_id: i64,
    pub(crate) is_anchor: bool,
}

impl FromRow for Below {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            asked: row.get(0)?,
            id: row.get(1)?,
            parent_id: row.get(2)?,
            is_anchor: row.get::<Option<i64>>(3)? == Some(1),
        })
    }
}

/// The categories with all below them, parents first; `anchor` is the id of the attribute `is_anchor`.
pub(crate) async fn below(session: &mut Session, categories: &[i64], anchor: i64) -> Result<Vec<Below>> {
    let mut sql = "SELECT a.entity_id AS asked, c.entity_id, c.parent_id, i.value, c.path \
                   FROM {catalog_category_entity} a \
                   JOIN {catalog_category_entity} c ON c.entity_id = a.entity_id \
                   OR c.path > CONCAT(a.path, '/') AND c.path < CONCAT(a.path, '0') \
                   JOIN {catalog_category_entity_int} i ON i.entity_id = c.entity_id AND i.attribute_id = ? \
                   AND i.store_id = 0 WHERE a.entity_id IN ("
        .to_owned();
    sql.push_str(&dialect::placeholders(categories.len()));
    sql.push_str(") ORDER BY asked, c.path");
    let mut params = vec![Param::from(anchor)];
    params.extend(categories.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}
