//! Options and selections of bundles.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};
use rust_decimal::Decimal;

/// An option of a bundle.
#[derive(Debug, Clone)]
pub(crate) struct OptionRow {
    pub(crate) id: i64,
    pub(crate) parent_id: i64,
    pub(crate) required: bool,
    pub(crate) position: i64,
    pub(crate) kind: Option<String>,
    pub(crate) default_title: Option<String>,
    pub(crate) own_title: Option<String>,
    /// Whether the bundle has a price of its own.
    pub(crate) fixed_price: bool,
}

impl FromRow for OptionRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            parent_id: row.get(1)?,
            required: row.get(2)?,
            position: row.get(3)?,
            kind: row.get(4)?,
            default_title: row.get(5)?,
            own_title: row.get(6)?,
            fixed_price: row.get::<Option<i64>>(7)?.unwrap_or(0) != 0,
        })
    }
}

/// A product in an option.
#[derive(Debug, Clone)]
pub(crate) struct SelectionRow {
    pub(crate) id: i64,
    pub(crate) option_id: i64,
    pub(crate) parent_id: i64,
    pub(crate) product_id: i64,
    pub(crate) position: i64,
    pub(crate) is_default: bool,
    /// In force in the website that was asked for.
    pub(crate) price_type: i64,
    pub(crate) price_value: Decimal,
    pub(crate) qty: Option<Decimal>,
    pub(crate) can_change_qty: i64,
    pub(crate) sku: String,
    /// The product's own price.
    pub(crate) product_price: Option<Decimal>,
}

impl FromRow for SelectionRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let website: Option<(i64, Decimal)> = match (row.get(8)?, row.get(9)?) {
            (Some(kind), Some(value)) => Some((kind, value)),
            _ => None,
        };
        let (price_type, price_value) = match website {
            Some(price) => price,
            None => (row.get(6)?, row.get(7)?),
        };
        Ok(Self {
            id: row.get(0)?,
            option_id: row.get(1)?,
            parent_id: row.get(2)?,
            product_id: row.get(3)?,
            position: row.get(4)?,
            is_default: row.get(5)?,
            price_type,
            price_value,
            qty: row.get(10)?,
            can_change_qty: row.get(11)?,
            sku: row.get(12)?,
            product_price: match row.get(14)? {
                Some(own) => Some(own),
                None => row.get(13)?,
            },
        })
    }
}

/// The options of bundles in order, with titles of a store view. `price_type` is the attribute of that name.
pub(crate) async fn options(
    session: &mut Session,
    parents: &[i64],
    store_id: i64,
    price_type: i64,
) -> Result<Vec<OptionRow>> {
    let mut sql = "SELECT o.option_id, o.parent_id, o.required, o.position, o.type, def.title, own.title, \
         pt.value FROM {catalog_product_bundle_option} o \
         LEFT JOIN {catalog_product_bundle_option_value} def \
         ON def.option_id = o.option_id AND def.parent_product_id = o.parent_id AND def.store_id = 0 \
         LEFT JOIN {catalog_product_bundle_option_value} own \
         ON own.option_id = o.option_id AND own.parent_product_id = o.parent_id AND own.store_id = ? \
         LEFT JOIN {catalog_product_entity_int} pt \
         ON pt.entity_id = o.parent_id AND pt.attribute_id = ? AND pt.store_id = 0 \
         WHERE o.parent_id IN ("
        .to_owned();
    sql.push_str(&dialect::placeholders(parents.len()));
    sql.push_str(") ORDER BY o.parent_id, o.position, o.option_id");
    let mut params = vec![Param::from(store_id), Param::from(price_type)];
    params.extend(parents.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// What selections are looked at for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    /// The store view of product prices, 0 for default ones.
    pub(crate) store_id: i64,
    /// Only products that this website sells, and only those without required options; all if none.
    pub(crate) website_id: Option<i64>,
    /// Whether hidden selections are wanted too.
    pub(crate) hidden: bool,
    /// The website whose selection prices count.
    pub(crate) price_website: Option<i64>,
    /// The attribute `price`.
    pub(crate) price: i64,
}

/// The selections of bundles by position.
pub(crate) async fn selections(
    session: &mut Session,
    parents: &[i64],
    view: View,
) -> Result<Vec<SelectionRow>> {
    let mut sql = "SELECT s.selection_id, s.option_id, s.parent_product_id, s.product_id, s.position, \
         s.is_default, s.selection_price_type, s.selection_price_value, p.selection_price_type, \
         p.selection_price_value, s.selection_qty, s.selection_can_change_qty, c.sku, d.value, own.value \
         FROM {catalog_product_bundle_selection} s \
         JOIN {catalog_product_entity} c ON c.entity_id = s.product_id"
        .to_owned();
    let mut params = Vec::new();
    if !view.hidden {
        sql.push_str(" AND c.required_options = 0");
    }
    if let (Some(website_id), false) = (view.website_id, view.hidden) {
        sql.push_str(" JOIN {catalog_product_website} w ON w.product_id = s.product_id AND w.website_id = ?");
        params.push(Param::from(website_id));
    }
    sql.push_str(
        " LEFT JOIN {catalog_product_bundle_selection_price} p ON p.selection_id = s.selection_id \
         AND p.parent_product_id = s.parent_product_id AND p.website_id = ? \
         LEFT JOIN {catalog_product_entity_decimal} d \
         ON d.entity_id = s.product_id AND d.attribute_id = ? AND d.store_id = 0 \
         LEFT JOIN {catalog_product_entity_decimal} own \
         ON own.entity_id = s.product_id AND own.attribute_id = ? AND own.store_id = ? \
         WHERE s.parent_product_id IN (",
    );
    params.push(Param::from(view.price_website));
    params.extend([view.price, view.price, view.store_id].map(Param::from));
    sql.push_str(&dialect::placeholders(parents.len()));
    sql.push_str(") ORDER BY s.parent_product_id, s.position, s.selection_id");
    params.extend(parents.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// Whether the product has the option.
pub(crate) async fn has_option(session: &mut Session, parent_id: i64, option_id: i64) -> Result<bool> {
    let sql = "SELECT option_id FROM {catalog_product_bundle_option} WHERE option_id = ? AND parent_id = ?";
    let found: Option<i64> = session.fetch_optional(sql, params![option_id, parent_id]).await?;
    Ok(found.is_some())
}

/// Adds an option; its id.
pub(crate) async fn insert_option(
    session: &mut Session,
    parent_id: i64,
    required: bool,
    position: i64,
    kind: &str,
) -> Result<i64> {
    let sql = dialect::insert_rows(
        "catalog_product_bundle_option",
        &["parent_id", "required", "position", "type"],
        1,
    );
    let done = session
        .execute(&sql, params![parent_id, required, position, kind])
        .await?;
    Ok(done.last_id)
}

/// Sets what an option's own row says.
pub(crate) async fn update_option(session: &mut Session, option: &OptionRow) -> Result<()> {
    let sql = "UPDATE {catalog_product_bundle_option} SET required = ?, position = ?, type = ? \
               WHERE option_id = ?";
    let kind = option.kind.as_deref();
    session
        .execute(sql, params![option.required, option.position, kind, option.id])
        .await?;
    Ok(())
}

/// Removes options with titles and selections.
pub(crate) async fn delete_options(session: &mut Session, parent_id: i64, ids: &[i64]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = "DELETE FROM {catalog_product_bundle_option} WHERE parent_id = ? AND option_id IN (".to_owned()
        + &dialect::placeholders(ids.len())
        + ")";
    let mut params = vec![Param::from(parent_id)];
    params.extend(ids.iter().copied().map(Param::from));
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Sets titles: triples of option, store view and title.
pub(crate) async fn save_titles(
    session: &mut Session,
    parent_id: i64,
    titles: &[(i64, i64, &str)],
) -> Result<()> {
    if titles.is_empty() {
        return Ok(());
    }
    let sql = dialect::upsert_rows(
        session.engine(),
        "catalog_product_bundle_option_value",
        &["option_id", "store_id", "title", "parent_product_id"],
        &["option_id", "parent_product_id", "store_id"],
        &["title"],
        titles.len(),
    );
    let params: Vec<Param> = titles
        .iter()
        .flat_map(|(option, store, title)| {
            [
                Param::from(*option),
                Param::from(*store),
                Param::from(*title),
                Param::from(parent_id),
            ]
        })
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

const COLUMNS: [&str; 9] = [
    "option_id",
    "parent_product_id",
    "product_id",
    "position",
    "is_default",
    "selection_price_type",
    "selection_price_value",
    "selection_qty",
    "selection_can_change_qty",
];

fn values(row: &SelectionRow) -> [Param; 9] {
    [
        Param::from(row.option_id),
        Param::from(row.parent_id),
        Param::from(row.product_id),
        Param::from(row.position),
        Param::from(row.is_default),
        Param::from(row.price_type),
        Param::from(row.price_value),
        Param::from(row.qty),
        Param::from(row.can_change_qty),
    ]
}

/// Adds a selection; its id.
pub(crate) async fn insert_selection(session: &mut Session, row: &SelectionRow) -> Result<i64> {
    let sql = dialect::insert_rows("catalog_product_bundle_selection", &COLUMNS, 1);
    Ok(session.execute(&sql, &values(row)).await?.last_id)
}

/// Sets the rows of selections that are there. One statement.
pub(crate) async fn update_selections(session: &mut Session, rows: &[SelectionRow]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut columns = vec!["selection_id"];
    columns.extend(COLUMNS);
    let sql = dialect::upsert_rows(
        session.engine(),
        "catalog_product_bundle_selection",
        &columns,
        &["selection_id"],
        &COLUMNS,
        rows.len(),
    );
    let mut params = Vec::with_capacity(rows.len() * columns.len());
    for row in rows {
        params.push(Param::from(row.id));
        params.extend(values(row));
    }
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Sets the prices of selections in a website: those of the rows. One statement.
pub(crate) async fn save_prices(session: &mut Session, website_id: i64, rows: &[SelectionRow]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let sql = dialect::upsert_rows(
        session.engine(),
        "catalog_product_bundle_selection_price",
        &[
            "selection_id",
            "website_id",
            "selection_price_type",
            "selection_price_value",
            "parent_product_id",
        ],
        &["selection_id", "parent_product_id", "website_id"],
        &["selection_price_type", "selection_price_value"],
        rows.len(),
    );
    let params: Vec<Param> = rows
        .iter()
        .flat_map(|row| {
            [
                Param::from(row.id),
                Param::from(website_id),
                Param::from(row.price_type),
                Param::from(row.price_value),
                Param::from(row.parent_id),
            ]
        })
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Removes all selections of a bundle but those named.
pub(crate) async fn keep_selections(session: &mut Session, parent_id: i64, kept: &[i64]) -> Result<()> {
    let mut sql = "DELETE FROM {catalog_product_bundle_selection} WHERE parent_product_id = ?".to_owned();
    let mut params = vec![Param::from(parent_id)];
    if !kept.is_empty() {
        sql.push_str(" AND selection_id NOT IN (");
        sql.push_str(&dialect::placeholders(kept.len()));
        sql.push(')');
        params.extend(kept.iter().copied().map(Param::from));
    }
    session.execute(&sql, &params).await?;
    Ok(())
}
