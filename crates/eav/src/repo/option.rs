//! Options of attributes, with their labels.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};

/// An option with the label that a store view shows.
pub(crate) struct LabelRow {
    pub(crate) attribute_id: i64,
    pub(crate) option_id: i64,
    pub(crate) label: Option<String>,
}

impl FromRow for LabelRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            attribute_id: row.get(0)?,
            option_id: row.get(1)?,
            label: row.get(2)?,
        })
    }
}

/// The options of attributes: by position, then by label. Those without an admin label are not shown. A store
/// view's own label comes before the admin's (`spec/scopes.md` fact 9).
pub(crate) async fn labels(
    session: &mut Session,
    attributes: &[i64],
    store_id: i64,
) -> Result<Vec<LabelRow>> {
    let label = "CASE WHEN s.value_id IS NULL THEN d.value ELSE s.value END";
    let mut sql = "SELECT o.attribute_id, o.option_id, ".to_owned() + label;
    sql.push_str(
        " FROM {eav_attribute_option} o \
         JOIN {eav_attribute_option_value} d ON d.option_id = o.option_id AND d.store_id = 0 \
         LEFT JOIN {eav_attribute_option_value} s ON s.option_id = o.option_id AND s.store_id = ? \
         WHERE o.attribute_id IN (",
    );
    sql.push_str(&dialect::placeholders(attributes.len()));
    sql.push_str(") ORDER BY o.sort_order, ");
    sql.push_str(&dialect::text_order(session.engine(), label));
    sql.push_str(", o.option_id");
    let mut params = vec![Param::from(store_id)];
    params.extend(attributes.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// The ids of an attribute's options.
pub(crate) async fn ids(session: &mut Session, attribute_id: i64) -> Result<Vec<i64>> {
    let sql = "SELECT option_id FROM {eav_attribute_option} WHERE attribute_id = ? ORDER BY option_id";
    Ok(session.fetch_all(sql, params![attribute_id]).await?)
}

/// Adds options with these positions; their ids, in the same order.
pub(crate) async fn insert(session: &mut Session, attribute_id: i64, orders: &[i64]) -> Result<Vec<i64>> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let columns = ["attribute_id", "sort_order"];
    let sql = dialect::insert_rows("eav_attribute_option", &columns, orders.len());
    let params: Vec<Param> = orders
        .iter()
        .flat_map(|order| [Param::from(attribute_id), Param::from(*order)])
        .collect();
    session.execute(&sql, &params).await?;
    let sql = "SELECT option_id FROM {eav_attribute_option} WHERE attribute_id = ? ORDER BY option_id DESC";
    let mut ids: Vec<i64> = session.fetch_all(sql, params![attribute_id]).await?;
    ids.truncate(orders.len());
    ids.reverse();
    Ok(ids)
}

/// Sets the positions of options, given as id and position.
pub(crate) async fn set_orders(session: &mut Session, orders: &[(i64, i64)]) -> Result<()> {
    if orders.is_empty() {
        return Ok(());
    }
    let mut sql = "UPDATE {eav_attribute_option} SET sort_order = CASE option_id".to_owned();
    sql.push_str(&" WHEN ? THEN ?".repeat(orders.len()));
    sql.push_str(" ELSE sort_order END WHERE option_id IN (");
    sql.push_str(&dialect::placeholders(orders.len()));
    sql.push(')');
    let pairs = orders
        .iter()
        .flat_map(|(id, order)| [Param::from(*id), Param::from(*order)]);
    let ids = orders.iter().map(|(id, _)| Param::from(*id));
    session
        .execute(&sql, &pairs.chain(ids).collect::<Vec<_>>())
        .await?;
    Ok(())
}

/// Replaces all labels of options; given as option, store view and label.
pub(crate) async fn replace_labels(
    session: &mut Session,
    options: &[i64],
    labels: &[(i64, i64, &str)],
) -> Result<()> {
    if options.is_empty() {
        return Ok(());
    }
    let sql = "DELETE FROM {eav_attribute_option_value} WHERE option_id IN (".to_owned()
        + &dialect::placeholders(options.len())
        + ")";
    let ids: Vec<Param> = options.iter().copied().map(Param::from).collect();
    session.execute(&sql, &ids).await?;
    if labels.is_empty() {
        return Ok(());
    }
    let columns = ["option_id", "store_id", "value"];
    let sql = dialect::insert_rows("eav_attribute_option_value", &columns, labels.len());
    let params: Vec<Param> = labels
        .iter()
        .flat_map(|(option, store, label)| [Param::from(*option), Param::from(*store), Param::from(*label)])
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Removes an option with its labels.
pub(crate) async fn delete(session: &mut Session, option_id: i64) -> Result<()> {
    let sql = "DELETE FROM {eav_attribute_option} WHERE option_id = ?";
    session.execute(sql, params![option_id]).await?;
    Ok(())
}
