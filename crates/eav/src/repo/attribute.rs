//! Rows of attributes: their own, those of the entity's additional table, their labels.

use contract::{Error, Result};
use db::{Param, Session, dialect, params};

/// Values by column.
pub(crate) type Columns = [(&'static str, Param)];

/// Inserts a row; its id. When another call was faster with the same code, that is said as if it was there before.
pub(crate) async fn insert(session: &mut Session, table: &str, columns: &Columns) -> Result<i64> {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let sql = dialect::insert_rows(table, &names, 1);
    let values: Vec<Param> = columns.iter().map(|(_, value)| value.clone()).collect();
    match session.execute(&sql, &values).await {
        Err(db::Error::Duplicate { .. }) => Err(taken()),
        done => Ok(done?.last_id),
    }
}

/// There is an attribute with this code already.
pub(crate) fn taken() -> Error {
    Error::invalid("%1 already exists.").with_next("Attribute with the same code")
}

/// Sets columns of an attribute's row in `table`.
pub(crate) async fn update(session: &mut Session, table: &str, id: i64, columns: &Columns) -> Result<()> {
    if columns.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = columns.iter().map(|(name, _)| format!("{name} = ?")).collect();
    let mut sql = "UPDATE {".to_owned();
    sql.push_str(table);
    sql.push_str("} SET ");
    sql.push_str(&names.join(", "));
    sql.push_str(" WHERE attribute_id = ?");
    let values = columns.iter().map(|(_, value)| value.clone());
    let values: Vec<Param> = values.chain([Param::from(id)]).collect();
    session.execute(&sql, &values).await?;
    Ok(())
}

/// Removes an attribute; the database removes its values, options, labels and places.
pub(crate) async fn delete(session: &mut Session, id: i64) -> Result<()> {
    let sql = "DELETE FROM {eav_attribute} WHERE attribute_id = ?";
    session.execute(sql, params![id]).await?;
    Ok(())
}

/// Whether an entity type has an attribute with this code.
pub(crate) async fn exists(session: &mut Session, entity_type_id: i64, code: &str) -> Result<bool> {
    let sql = "SELECT attribute_id FROM {eav_attribute} WHERE entity_type_id = ? AND attribute_code = ?";
    let found: Option<i64> = session.fetch_optional(sql, params![entity_type_id, code]).await?;
    Ok(found.is_some())
}

/// Labels by attribute, as attribute, store view and label.
pub(crate) async fn labels(session: &mut Session, ids: &[i64]) -> Result<Vec<(i64, i64, Option<String>)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT attribute_id, store_id, value FROM {eav_attribute_label} WHERE attribute_id IN ("
        .to_owned()
        + &dialect::placeholders(ids.len())
        + ") ORDER BY attribute_id, store_id, attribute_label_id";
    let ids: Vec<Param> = ids.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &ids).await?)
}

/// Replaces the labels of an attribute.
pub(crate) async fn replace_labels(session: &mut Session, id: i64, labels: &[(i64, String)]) -> Result<()> {
    let sql = "DELETE FROM {eav_attribute_label} WHERE attribute_id = ?";
    session.execute(sql, params![id]).await?;
    if labels.is_empty() {
        return Ok(());
    }
    let columns = ["attribute_id", "store_id", "value"];
    let sql = dialect::insert_rows("eav_attribute_label", &columns, labels.len());
    let params: Vec<Param> = labels
        .iter()
        .flat_map(|(store, label)| [Param::from(id), Param::from(*store), Param::from(label)])
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}
