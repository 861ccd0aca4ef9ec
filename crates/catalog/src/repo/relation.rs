//! `catalog_product_relation`: which products contain which.

use contract::Result;
use db::{Param, Session, dialect, params};

/// The products that a product contains.
pub(crate) async fn children(session: &mut Session, parent_id: i64) -> Result<Vec<i64>> {
    let sql = "SELECT child_id FROM {catalog_product_relation} WHERE parent_id = ?";
    Ok(session.fetch_all(sql, params![parent_id]).await?)
}

/// The products that contain a product.
pub(crate) async fn parents(session: &mut Session, child_id: i64) -> Result<Vec<i64>> {
    let sql = "SELECT parent_id FROM {catalog_product_relation} WHERE child_id = ?";
    Ok(session.fetch_all(sql, params![child_id]).await?)
}

/// Adds relations; those that are there stay.
pub(crate) async fn insert(session: &mut Session, parent_id: i64, children: &[i64]) -> Result<()> {
    if children.is_empty() {
        return Ok(());
    }
    let sql = dialect::upsert_rows(
        session.engine(),
        "catalog_product_relation",
        &["parent_id", "child_id"],
        &["parent_id", "child_id"],
        &[],
        children.len(),
    );
    let params: Vec<Param> = children
        .iter()
        .flat_map(|child| [Param::from(parent_id), Param::from(*child)])
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Removes relations.
pub(crate) async fn delete(session: &mut Session, parent_id: i64, children: &[i64]) -> Result<()> {
    if children.is_empty() {
        return Ok(());
    }
    let sql = "DELETE FROM {catalog_product_relation} WHERE parent_id = ? AND child_id IN (".to_owned()
        + &dialect::placeholders(children.len())
        + ")";
    let mut params = vec![Param::from(parent_id)];
    params.extend(children.iter().copied().map(Param::from));
    session.execute(&sql, &params).await?;
    Ok(())
}
