//! Links between products: `catalog_product_link` and its attributes.

use std::collections::HashMap;

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};
use rust_decimal::Decimal;

/// Rows of one statement at most: the engines take 32,000 parameters.
const ROWS: usize = 5_000;

/// A link with its attributes and what it takes to decide whether it is shown.
pub(crate) struct LinkRow {
    pub(crate) id: i64,
    pub(crate) product_id: i64,
    pub(crate) type_id: i64,
    pub(crate) linked_id: i64,
    pub(crate) linked_sku: String,
    pub(crate) linked_type: String,
    /// `required_options` of the linked product.
    pub(crate) must_choose: bool,
    /// Whether the linked product is sold by the website asked for.
    pub(crate) in_website: bool,
    pub(crate) position: Option<i64>,
    pub(crate) qty: Option<Decimal>,
}

impl FromRow for LinkRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            product_id: row.get(1)?,
            type_id: row.get(2)?,
            linked_id: row.get(3)?,
            linked_sku: row.get(4)?,
            linked_type: row.get(5)?,
            must_choose: row.get::<Option<bool>>(6)?.unwrap_or_default(),
            in_website: row.get::<Option<i64>>(7)?.is_some(),
            position: row.get(8)?,
            qty: row.get(9)?,
        })
    }
}

/// The links of products, in one statement and in no order.
pub(crate) async fn load(
    session: &mut Session,
    product_ids: &[i64],
    website_id: i64,
) -> Result<Vec<LinkRow>> {
    if product_ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT l.link_id, l.product_id, l.link_type_id, l.linked_product_id, e.sku, e.type_id, \
               e.required_options, w.website_id, pv.value, qv.value \
               FROM {catalog_product_link} l \
               JOIN {catalog_product_entity} e ON e.entity_id = l.linked_product_id \
               LEFT JOIN {catalog_product_website} w \
               ON w.product_id = l.linked_product_id AND w.website_id = ? \
               LEFT JOIN {catalog_product_link_attribute} p \
               ON p.link_type_id = l.link_type_id AND p.product_link_attribute_code = 'position' \
               LEFT JOIN {catalog_product_link_attribute_int} pv \
               ON pv.link_id = l.link_id AND pv.product_link_attribute_id = p.product_link_attribute_id \
               LEFT JOIN {catalog_product_link_attribute} q \
               ON q.link_type_id = l.link_type_id AND q.product_link_attribute_code = 'qty' \
               LEFT JOIN {catalog_product_link_attribute_decimal} qv \
               ON qv.link_id = l.link_id AND qv.product_link_attribute_id = q.product_link_attribute_id \
               WHERE l.product_id IN ("
        .to_owned()
        + &dialect::placeholders(product_ids.len())
        + ")";
    let mut params = vec![Param::from(website_id)];
    params.extend(product_ids.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// Code and type of the attributes that links of a type have.
pub(crate) async fn attributes(session: &mut Session, type_id: i64) -> Result<Vec<(String, String)>> {
    let sql = "SELECT product_link_attribute_code, data_type FROM {catalog_product_link_attribute} \
               WHERE link_type_id = ? ORDER BY product_link_attribute_id";
    Ok(session.fetch_all(sql, params![type_id]).await?)
}

/// A link to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewLink {
    pub(crate) type_id: i64,
    pub(crate) linked_id: i64,
    pub(crate) position: Option<i64>,
    pub(crate) qty: Option<Decimal>,
}

/// A link of a product, with the ids of the attributes of its type.
struct Known {
    link_id: i64,
    type_id: i64,
    linked_id: i64,
    position_id: Option<i64>,
    qty_id: Option<i64>,
}

impl FromRow for Known {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            link_id: row.get(0)?,
            type_id: row.get(1)?,
            linked_id: row.get(2)?,
            position_id: row.get(3)?,
            qty_id: row.get(4)?,
        })
    }
}

/// Writes links of a product; those that are there keep their ids. An attribute that is not given is removed.
/// Of two links to the same product, the later one counts. A fixed number of statements.
pub(crate) async fn save(session: &mut Session, product_id: i64, links: &[NewLink]) -> Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    let links: HashMap<(i64, i64), &NewLink> = links
        .iter()
        .map(|link| ((link.type_id, link.linked_id), link))
        .collect();
    let mut keys: Vec<(i64, i64)> = links.keys().copied().collect();
    keys.sort_unstable();
    let columns = ["link_type_id", "product_id", "linked_product_id"];
    let rows = keys
        .iter()
        .flat_map(|(type_id, linked_id)| [*type_id, product_id, *linked_id]);
    let rows: Vec<Param> = rows.map(Param::from).collect();
    put(session, "catalog_product_link", &columns, columns.len(), &rows).await?;
    let (mut positions, mut quantities) = (Values::default(), Values::default());
    for known in known(session, product_id).await? {
        let Some(link) = links.get(&(known.type_id, known.linked_id)) else {
            continue;
        };
        positions.add(known.link_id, known.position_id, link.position.map(Param::from));
        quantities.add(known.link_id, known.qty_id, link.qty.map(Param::from));
    }
    positions
        .save(session, "catalog_product_link_attribute_int")
        .await?;
    quantities
        .save(session, "catalog_product_link_attribute_decimal")
        .await
}

/// Writes rows by a key, which is the first columns.
async fn put(
    session: &mut Session,
    table: &str,
    columns: &[&str],
    key: usize,
    params: &[Param],
) -> Result<()> {
    let (keys, values) = columns.split_at(key);
    for rows in params.chunks(ROWS * columns.len()) {
        let count = rows.len() / columns.len();
        let sql = dialect::upsert_rows(session.engine(), table, columns, keys, values, count);
        session.execute(&sql, rows).await?;
    }
    Ok(())
}

async fn known(session: &mut Session, product_id: i64) -> Result<Vec<Known>> {
    let sql = "SELECT l.link_id, l.link_type_id, l.linked_product_id, \
               p.product_link_attribute_id, q.product_link_attribute_id FROM {catalog_product_link} l \
               LEFT JOIN {catalog_product_link_attribute} p \
               ON p.link_type_id = l.link_type_id AND p.product_link_attribute_code = 'position' \
               LEFT JOIN {catalog_product_link_attribute} q \
               ON q.link_type_id = l.link_type_id AND q.product_link_attribute_code = 'qty' \
               WHERE l.product_id = ?";
    Ok(session.fetch_all(sql, params![product_id]).await?)
}

/// Values of one attribute table to be written, and removed.
#[derive(Default)]
struct Values {
    given: Vec<Param>,
    missing: Vec<Param>,
}

impl Values {
    fn add(&mut self, link_id: i64, attribute_id: Option<i64>, value: Option<Param>) {
        let Some(attribute_id) = attribute_id else { return };
        match value {
            Some(value) => self.given.extend([attribute_id.into(), link_id.into(), value]),
            None => self.missing.extend([attribute_id.into(), link_id.into()]),
        }
    }

    async fn save(self, session: &mut Session, table: &str) -> Result<()> {
        let columns = ["product_link_attribute_id", "link_id", "value"];
        put(session, table, &columns, 2, &self.given).await?;
        for rows in self.missing.chunks(ROWS * 2) {
            let mut sql = "DELETE FROM {".to_owned();
            sql.push_str(table);
            sql.push_str("} WHERE ");
            sql.push_str(&dialect::row_in(session.engine(), &columns[..2], rows.len() / 2));
            session.execute(&sql, rows).await?;
        }
        Ok(())
    }
}

/// Removes links with their attributes.
pub(crate) async fn delete(session: &mut Session, ids: &[i64]) -> Result<()> {
    for ids in ids.chunks(ROWS) {
        let sql = "DELETE FROM {catalog_product_link} WHERE link_id IN (".to_owned()
            + &dialect::placeholders(ids.len())
            + ")";
        let params: Vec<Param> = ids.iter().copied().map(Param::from).collect();
        session.execute(&sql, &params).await?;
    }
    Ok(())
}

/// Notes that products are parts of another.
pub(crate) async fn add_parts(session: &mut Session, parent_id: i64, child_ids: &[i64]) -> Result<()> {
    let columns = ["parent_id", "child_id"];
    let rows = child_ids
        .iter()
        .flat_map(|child| [parent_id.into(), Param::from(*child)]);
    let rows: Vec<Param> = rows.collect();
    put(
        session,
        "catalog_product_relation",
        &columns,
        columns.len(),
        &rows,
    )
    .await
}

/// Notes that products are no longer parts of another.
pub(crate) async fn remove_parts(session: &mut Session, parent_id: i64, child_ids: &[i64]) -> Result<()> {
    for ids in child_ids.chunks(ROWS) {
        let sql = "DELETE FROM {catalog_product_relation} WHERE parent_id = ? AND child_id IN (".to_owned()
            + &dialect::placeholders(ids.len())
            + ")";
        let mut params = vec![Param::from(parent_id)];
        params.extend(ids.iter().copied().map(Param::from));
        session.execute(&sql, &params).await?;
    }
    Ok(())
}
