//! What indexed prices are made from.

use contract::Result;
use db::{FromRow, Row, Session, dialect, params};
use eav::metadata::{Attribute, BackendType};
use rust_decimal::Decimal;

use super::numbers;

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ValueRow {
    pub(crate) product: i64,
    pub(crate) attribute: i64,
    pub(crate) store: i64,
    pub(crate) value: Option<String>,
}

impl FromRow for ValueRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            product: row.get(0)?,
            attribute: row.get(1)?,
            store: row.get(2)?,
            value: row.get(3)?,
        })
    }
}

/// The values of attributes in the default scope and in store views. One statement.
pub(crate) async fn values(
    session: &mut Session,
    ids: &[i64],
    attributes: &[&Attribute],
    stores: &[i64],
) -> Result<Vec<ValueRow>> {
    let (mut sql, mut params) = (String::new(), Vec::new());
    for backend in BackendType::STORED {
        let here: Vec<i64> = attributes
            .iter()
            .filter(|attribute| attribute.backend_type == backend)
            .map(|attribute| attribute.id)
            .collect();
        if here.is_empty() {
            continue;
        }
        if !sql.is_empty() {
            sql.push_str(" UNION ALL ");
        }
        sql.push_str("SELECT entity_id, attribute_id, store_id, CAST(value AS CHAR) AS value FROM {catalog_product_entity_");
        sql.push_str(backend.name());
        sql.push_str("} WHERE entity_id IN (");
        sql.push_str(&dialect::placeholders(ids.len()));
        sql.push_str(") AND attribute_id IN (");
        sql.push_str(&dialect::placeholders(here.len()));
        sql.push_str(") AND store_id IN (");
        sql.push_str(&dialect::placeholders(stores.len()));
        sql.push(')');
        params.extend(numbers(ids));
        params.extend(numbers(&here));
        params.extend(numbers(stores));
    }
    if ids.is_empty() || sql.is_empty() {
        return Ok(Vec::new());
    }
    Ok(session.fetch_all(&sql, &params).await?)
}

/// A tier price from one piece on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TierRow {
    pub(crate) product: i64,
    pub(crate) all_groups: bool,
    pub(crate) group: i64,
    pub(crate) website: i64,
    pub(crate) value: Decimal,
    pub(crate) percentage: Option<Decimal>,
}

impl FromRow for TierRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            product: row.get(0)?,
            all_groups: row.get(1)?,
            group: row.get(2)?,
            website: row.get(3)?,
            value: row.get(4)?,
            percentage: row.get(5)?,
        })
    }
}

/// The tier prices from one piece on.
pub(crate) async fn tiers(session: &mut Session, ids: &[i64]) -> Result<Vec<TierRow>> {
    let sql = "SELECT entity_id, all_groups, customer_group_id, website_id, value, percentage_value \
               FROM {catalog_product_entity_tier_price} WHERE qty = ? AND entity_id IN ("
        .to_owned()
        + &dialect::placeholders(ids.len())
        + ")";
    let mut params = params![Decimal::ONE].to_vec();
    params.extend(numbers(ids));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// A price of a custom option, or of one of its choices, in a store view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OptionRow {
    pub(crate) product: i64,
    pub(crate) option: i64,
    pub(crate) kind: String,
    pub(crate) required: bool,
    /// 0 for the option itself.
    pub(crate) choice: i64,
    pub(crate) store: i64,
    pub(crate) price: Decimal,
    /// `fixed` or `percent`.
    pub(crate) price_type: String,
}

impl FromRow for OptionRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            product: row.get(0)?,
            option: row.get(1)?,
            kind: row.get::<Option<String>>(2)?.unwrap_or_default(),
            required: row.get(3)?,
            choice: row.get(4)?,
            store: row.get(5)?,
            price: row.get(6)?,
            price_type: row.get(7)?,
        })
    }
}

/// The prices of custom options and their choices. One statement.
pub(crate) async fn options(session: &mut Session, ids: &[i64]) -> Result<Vec<OptionRow>> {
    let list = dialect::placeholders(ids.len());
    let mut sql =
        "SELECT o.product_id, o.option_id, o.type, o.is_require, 0, p.store_id, p.price, p.price_type \
                   FROM {catalog_product_option} o \
                   INNER JOIN {catalog_product_option_price} p ON p.option_id = o.option_id \
                   WHERE o.product_id IN ("
            .to_owned();
    sql.push_str(&list);
    sql.push_str(
        ") UNION ALL SELECT o.product_id, o.option_id, o.type, o.is_require, v.option_type_id, p.store_id, p.price, \
         p.price_type FROM {catalog_product_option} o \
         INNER JOIN {catalog_product_option_type_value} v ON v.option_id = o.option_id \
         INNER JOIN {catalog_product_option_type_price} p ON p.option_type_id = v.option_type_id \
         WHERE o.product_id IN (",
    );
    sql.push_str(&list);
    sql.push(')');
    Ok(session.fetch_all(&sql, &numbers(&[ids, ids].concat())).await?)
}

/// The products that contain these, and the products that these contain: pairs of container and content.
pub(crate) async fn relations(
    session: &mut Session,
    parents: &[i64],
    children: &[i64],
) -> Result<Vec<(i64, i64)>> {
    let (mut conditions, mut params) = (Vec::new(), Vec::new());
    for (column, ids) in [("parent_id", parents), ("child_id", children)] {
        if !ids.is_empty() {
            conditions.push(format!("{column} IN ({})", dialect::placeholders(ids.len())));
            params.extend(numbers(ids));
        }
    }
    if conditions.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT parent_id, child_id FROM {catalog_product_relation} WHERE ".to_owned()
        + &conditions.join(" OR ");
    Ok(session.fetch_all(&sql, &params).await?)
}

/// A product in an option of a bundle, with its price on a website where it has one of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SelectionRow {
    pub(crate) bundle: i64,
    pub(crate) option: i64,
    pub(crate) required: bool,
    pub(crate) kind: String,
    pub(crate) selection: i64,
    pub(crate) product: i64,
    pub(crate) qty: Decimal,
    pub(crate) is_percent: bool,
    pub(crate) value: Decimal,
    pub(crate) website: Option<i64>,
    pub(crate) website_is_percent: bool,
    pub(crate) website_value: Decimal,
}

impl FromRow for SelectionRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            bundle: row.get(0)?,
            option: row.get(1)?,
            required: row.get(2)?,
            kind: row.get::<Option<String>>(3)?.unwrap_or_default(),
            selection: row.get(4)?,
            product: row.get(5)?,
            qty: row.get::<Option<Decimal>>(6)?.unwrap_or_default(),
            is_percent: row.get(7)?,
            value: row.get(8)?,
            website: row.get(9)?,
            website_is_percent: row.get::<Option<bool>>(10)?.unwrap_or_default(),
            website_value: row.get::<Option<Decimal>>(11)?.unwrap_or_default(),
        })
    }
}

/// What is in bundles.
pub(crate) async fn selections(session: &mut Session, bundles: &[i64]) -> Result<Vec<SelectionRow>> {
    if bundles.is_empty() {
        return Ok(Vec::new());
    }
    let sql =
        "SELECT o.parent_id, o.option_id, o.required, o.type, s.selection_id, s.product_id, s.selection_qty, \
               s.selection_price_type, s.selection_price_value, w.website_id, w.selection_price_type, \
               w.selection_price_value FROM {catalog_product_bundle_option} o \
               INNER JOIN {catalog_product_bundle_selection} s ON s.option_id = o.option_id \
               LEFT JOIN {catalog_product_bundle_selection_price} w ON w.selection_id = s.selection_id \
               WHERE o.parent_id IN ("
            .to_owned()
            + &dialect::placeholders(bundles.len()) + ")";
    Ok(session.fetch_all(&sql, &numbers(bundles)).await?)
}

/// The prices of links: product, link, website, price.
pub(crate) async fn links(session: &mut Session, ids: &[i64]) -> Result<Vec<(i64, i64, i64, Decimal)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT l.product_id, l.link_id, p.website_id, p.price FROM {downloadable_link} l \
               INNER JOIN {downloadable_link_price} p ON p.link_id = l.link_id WHERE l.product_id IN ("
        .to_owned()
        + &dialect::placeholders(ids.len())
        + ")";
    Ok(session.fetch_all(&sql, &numbers(ids)).await?)
}
