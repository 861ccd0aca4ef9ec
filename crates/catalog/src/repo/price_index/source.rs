//! What indexed prices are made from.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect};
use eav::metadata::{Attribute, BackendType};
use rust_decimal::Decimal;

use super::numbers;

/// Something that a product's prices depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fact {
    /// The value of an attribute in a store view.
    Value {
        product: i64,
        attribute: i64,
        store: i64,
        value: Option<String>,
    },
    /// A website that the product is on.
    Website { product: i64, website: i64 },
    /// A tier price from one piece on.
    Tier(TierRow),
    /// A product contains another.
    Relation { parent: i64, child: i64 },
    /// The indexer is on schedule.
    OnSchedule,
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

impl FromRow for Fact {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let product = row.get(1)?;
        Ok(match row.get::<i64>(0)? {
            0 => Self::Value {
                product,
                attribute: row.get(2)?,
                store: row.get(3)?,
                value: row.get(5)?,
            },
            1 => Self::Website {
                product,
                website: row.get(2)?,
            },
            2 => Self::Tier(TierRow {
                product,
                website: row.get(2)?,
                all_groups: row.get(3)?,
                group: row.get(4)?,
                value: row.get(5)?,
                percentage: row.get(6)?,
            }),
            3 => Self::Relation {
                parent: product,
                child: row.get(2)?,
            },
            _ => Self::OnSchedule,
        })
    }
}

/// What is known of products: values of attributes in the default scope and in store views, websites, tier prices,
/// what contains what; and whether the indexer is on schedule. One statement.
pub(crate) async fn facts(
    session: &mut Session,
    indexer: &str,
    ids: &[i64],
    attributes: &[&Attribute],
    stores: &[i64],
) -> Result<Vec<Fact>> {
    let list = dialect::placeholders(ids.len());
    let mut sql =
        "SELECT 4, 0, 0, 0, 0, NULL AS value, NULL FROM {mview_state} WHERE view_id = ? AND mode = 'enabled'"
            .to_owned();
    let mut params = vec![Param::from(indexer)];
    for backend in BackendType::STORED {
        let here = attributes
            .iter()
            .filter(|attribute| attribute.backend_type == backend);
        let here: Vec<i64> = here.map(|attribute| attribute.id).collect();
        if here.is_empty() {
            continue;
        }
        sql.push_str(
            " UNION ALL SELECT 0, entity_id, attribute_id, store_id, 0, CAST(value AS CHAR), NULL \
             FROM {catalog_product_entity_",
        );
        sql.push_str(backend.name());
        sql.push_str("} WHERE entity_id IN (");
        sql.push_str(&list);
        sql.push_str(") AND attribute_id IN (");
        sql.push_str(&dialect::placeholders(here.len()));
        sql.push_str(") AND store_id IN (");
        sql.push_str(&dialect::placeholders(stores.len()));
        sql.push(')');
        params.extend([numbers(ids), numbers(&here), numbers(stores)].concat());
    }
    sql.push_str(
        " UNION ALL SELECT 1, product_id, website_id, 0, 0, NULL, NULL FROM {catalog_product_website} \
         WHERE product_id IN (",
    );
    sql.push_str(&list);
    sql.push_str(
        ") UNION ALL SELECT 2, entity_id, website_id, all_groups, customer_group_id, CAST(value AS CHAR), \
         CAST(percentage_value AS CHAR) FROM {catalog_product_entity_tier_price} WHERE qty = ? AND entity_id IN (",
    );
    sql.push_str(&list);
    sql.push_str(
        ") UNION ALL SELECT 3, parent_id, child_id, 0, 0, NULL, NULL FROM {catalog_product_relation} \
         WHERE parent_id IN (",
    );
    sql.push_str(&list);
    sql.push_str(") OR child_id IN (");
    sql.push_str(&list);
    sql.push(')');
    params.extend(numbers(ids));
    params.push(Param::from(Decimal::ONE));
    params.extend([numbers(ids), numbers(ids), numbers(ids)].concat());
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
