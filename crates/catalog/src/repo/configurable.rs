//! Options and variations of configurable products.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};

/// A value of an option, with what the option's own row says.
pub(crate) struct OptionRow {
    pub(crate) id: i64,
    pub(crate) product_id: i64,
    pub(crate) attribute_id: i64,
    pub(crate) position: i64,
    /// Labels of the product in the store view and by default.
    pub(crate) own_label: Option<String>,
    pub(crate) own_use_default: Option<bool>,
    pub(crate) default_label: Option<String>,
    pub(crate) default_use_default: Option<bool>,
    /// The attribute's label in the store view.
    pub(crate) attribute_label: Option<String>,
    /// Option id of the attribute that a variation has; none when no variation has one.
    pub(crate) value: Option<i64>,
}

impl FromRow for OptionRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            product_id: row.get(1)?,
            attribute_id: row.get(2)?,
            position: row.get(3)?,
            own_label: row.get(4)?,
            own_use_default: row.get(5)?,
            default_label: row.get(6)?,
            default_use_default: row.get(7)?,
            attribute_label: row.get(8)?,
            value: row.get(9)?,
        })
    }
}

/// The options of products with the values that their variations have, in order.
pub(crate) async fn options(session: &mut Session, ids: &[i64], store_id: i64) -> Result<Vec<OptionRow>> {
    let mut sql = "SELECT a.product_super_attribute_id, a.product_id, a.attribute_id, a.position, \
         own.value, own.use_default, def.value, def.use_default, al.value, v.value \
         FROM {catalog_product_super_attribute} a \
         LEFT JOIN {catalog_product_super_attribute_label} def \
         ON def.product_super_attribute_id = a.product_super_attribute_id AND def.store_id = 0 \
         LEFT JOIN {catalog_product_super_attribute_label} own \
         ON own.product_super_attribute_id = a.product_super_attribute_id AND own.store_id = ? \
         LEFT JOIN {catalog_product_super_link} l ON l.parent_id = a.product_id \
         LEFT JOIN {catalog_product_entity_int} v \
         ON v.entity_id = l.product_id AND v.attribute_id = a.attribute_id AND v.store_id = 0 "
        .to_owned();
    sql.push_str(&eav::joins::labels("al", "a.attribute_id"));
    sql.push_str(&eav::joins::options("o", "v.value"));
    sql.push_str("WHERE a.product_id IN (");
    sql.push_str(&dialect::placeholders(ids.len()));
    sql.push_str(
        ") GROUP BY a.product_super_attribute_id, a.product_id, a.attribute_id, a.position, own.value, \
         own.use_default, def.value, def.use_default, al.value, v.value, o.sort_order \
         ORDER BY a.product_id, a.position, a.product_super_attribute_id, o.sort_order, MIN(l.link_id)",
    );
    let mut params = vec![Param::from(store_id), Param::from(store_id)];
    params.extend(ids.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// Product and attribute of an option.
pub(crate) async fn option_owner(session: &mut Session, id: i64) -> Result<Option<(i64, i64)>> {
    let sql = "SELECT product_id, attribute_id FROM {catalog_product_super_attribute} \
               WHERE product_super_attribute_id = ?";
    Ok(session.fetch_optional(sql, params![id]).await?)
}

/// The option of a product for an attribute.
pub(crate) async fn option_of(
    session: &mut Session,
    product_id: i64,
    attribute_id: i64,
) -> Result<Option<i64>> {
    let sql = "SELECT product_super_attribute_id FROM {catalog_product_super_attribute} \
               WHERE product_id = ? AND attribute_id = ?";
    Ok(session
        .fetch_optional(sql, params![product_id, attribute_id])
        .await?)
}

/// Adds an option; its id.
pub(crate) async fn insert_option(
    session: &mut Session,
    product_id: i64,
    attribute_id: i64,
    position: i64,
) -> Result<i64> {
    let sql = dialect::insert_rows(
        "catalog_product_super_attribute",
        &["product_id", "attribute_id", "position"],
        1,
    );
    let done = session
        .execute(&sql, params![product_id, attribute_id, position])
        .await?;
    Ok(done.last_id)
}

/// Sets attribute and position of an option.
pub(crate) async fn update_option(
    session: &mut Session,
    id: i64,
    attribute_id: i64,
    position: Option<i64>,
) -> Result<()> {
    let sql = "UPDATE {catalog_product_super_attribute} \
               SET attribute_id = ?, position = COALESCE(?, position) WHERE product_super_attribute_id = ?";
    session.execute(sql, params![attribute_id, position, id]).await?;
    Ok(())
}

/// Removes options; their labels go with them.
pub(crate) async fn delete_options(session: &mut Session, ids: &[i64]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = "DELETE FROM {catalog_product_super_attribute} WHERE product_super_attribute_id IN ("
        .to_owned()
        + &dialect::placeholders(ids.len())
        + ")";
    let params: Vec<Param> = ids.iter().copied().map(Param::from).collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Sets the label of an option: of the store view if there is a default label, else the default one.
pub(crate) async fn save_label(session: &mut Session, id: i64, store_id: i64, label: &str) -> Result<()> {
    let sql = "SELECT value_id FROM {catalog_product_super_attribute_label} \
               WHERE product_super_attribute_id = ? AND store_id = 0";
    let known: Option<i64> = session.fetch_optional(sql, params![id]).await?;
    let store_id = if known.is_some() { store_id } else { 0 };
    let sql = dialect::upsert(
        session.engine(),
        "catalog_product_super_attribute_label",
        &["product_super_attribute_id", "store_id", "use_default", "value"],
        &["product_super_attribute_id", "store_id"],
        &["use_default", "value"],
    );
    session.execute(&sql, params![id, store_id, 0_i64, label]).await?;
    Ok(())
}

/// Variations of products: pairs of parent and child. Those that have required options of their own are left
/// out, and, with a website, those that it does not sell.
pub(crate) async fn links(
    session: &mut Session,
    ids: &[i64],
    website_id: Option<i64>,
) -> Result<Vec<(i64, i64)>> {
    let mut sql = "SELECT l.parent_id, l.product_id FROM {catalog_product_super_link} l \
         JOIN {catalog_product_entity} c ON c.entity_id = l.product_id AND c.required_options = 0"
        .to_owned();
    let mut params = Vec::new();
    if let Some(website_id) = website_id {
        sql.push_str(" JOIN {catalog_product_website} w ON w.product_id = l.product_id AND w.website_id = ?");
        params.push(Param::from(website_id));
    }
    sql.push_str(" WHERE l.parent_id IN (");
    sql.push_str(&dialect::placeholders(ids.len()));
    sql.push_str(") ORDER BY l.parent_id, l.link_id");
    params.extend(ids.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// The products that are linked to a parent as variations, whatever they are.
pub(crate) async fn linked(session: &mut Session, parent_id: i64) -> Result<Vec<i64>> {
    let sql = "SELECT product_id FROM {catalog_product_super_link} WHERE parent_id = ?";
    Ok(session.fetch_all(sql, params![parent_id]).await?)
}

/// Links variations to a parent; those that are linked stay.
pub(crate) async fn insert_links(session: &mut Session, parent_id: i64, ids: &[i64]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let keys = ["product_id", "parent_id"];
    let sql = dialect::upsert_rows(
        session.engine(),
        "catalog_product_super_link",
        &keys,
        &keys,
        &[],
        ids.len(),
    );
    let params: Vec<Param> = ids
        .iter()
        .flat_map(|id| [Param::from(*id), Param::from(parent_id)])
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Takes variations from a parent.
pub(crate) async fn delete_links(session: &mut Session, parent_id: i64, ids: &[i64]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = "DELETE FROM {catalog_product_super_link} WHERE parent_id = ? AND product_id IN (".to_owned()
        + &dialect::placeholders(ids.len())
        + ")";
    let mut params = vec![Param::from(parent_id)];
    params.extend(ids.iter().copied().map(Param::from));
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Makes a simple product a configurable one.
pub(crate) async fn make_configurable(session: &mut Session, id: i64) -> Result<()> {
    let sql = "UPDATE {catalog_product_entity} SET type_id = 'configurable' WHERE entity_id = ?";
    session.execute(sql, params![id]).await?;
    Ok(())
}
