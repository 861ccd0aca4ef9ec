//! Writes to `catalog_product_entity` and what must be unique there.

use contract::Result;
use db::{Param, Session, dialect, params};
use eav::metadata::Attribute;

use super::product::ProductRow;

/// A new product; its id.
pub(crate) async fn insert(session: &mut Session, row: &ProductRow) -> Result<i64> {
    let sql = "INSERT INTO {catalog_product_entity} (attribute_set_id, type_id, sku, has_options, \
               required_options, created_at, updated_at) VALUES (?, ?, ?, 0, 0, ?, ?)";
    let done = session
        .execute(
            sql,
            params![
                row.attribute_set_id,
                &row.type_id,
                &row.sku,
                &row.created_at,
                &row.updated_at
            ],
        )
        .await?;
    Ok(done.last_id)
}

/// Makes a product's row what a save leaves. Columns that stay are not named: each has an index to keep.
pub(crate) async fn update(session: &mut Session, before: &ProductRow, after: &ProductRow) -> Result<()> {
    let columns = [
        (
            "attribute_set_id",
            before.attribute_set_id != after.attribute_set_id,
            Param::from(after.attribute_set_id),
        ),
        (
            "type_id",
            before.type_id != after.type_id,
            Param::from(&after.type_id),
        ),
        ("sku", before.sku != after.sku, Param::from(&after.sku)),
        (
            "created_at",
            before.created_at != after.created_at,
            Param::from(&after.created_at),
        ),
    ];
    let (mut sql, mut params) = ("UPDATE {catalog_product_entity} SET ".to_owned(), Vec::new());
    for (column, changes, value) in columns {
        if changes {
            sql.push_str(column);
            sql.push_str(" = ?, ");
            params.push(value);
        }
    }
    if params.is_empty() && before.updated_at == after.updated_at {
        return Ok(());
    }
    sql.push_str("updated_at = ? WHERE entity_id = ?");
    params.extend([Param::from(&after.updated_at), Param::from(after.id)]);
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Removes a product, its pictures' gallery rows, URL rewrites and indexed prices; the database removes what
/// refers to it.
pub(crate) async fn delete(session: &mut Session, id: i64) -> Result<()> {
    let statements = [
        "DELETE FROM {catalog_product_entity_media_gallery} WHERE value_id IN (SELECT value_id FROM \
         {catalog_product_entity_media_gallery_value_to_entity} WHERE entity_id = ?)",
        "DELETE FROM {url_rewrite} WHERE entity_type = 'product' AND entity_id = ?",
        "DELETE FROM {catalog_product_index_price} WHERE entity_id = ?",
        "DELETE FROM {catalog_product_entity} WHERE entity_id = ?",
    ];
    for sql in statements {
        session.execute(sql, params![id]).await?;
    }
    Ok(())
}

/// The SKUs that are `sku` or start with it and a hyphen.
pub(crate) async fn similar_skus(session: &mut Session, sku: &str, but: i64) -> Result<Vec<String>> {
    let sql = "SELECT sku FROM {catalog_product_entity} WHERE entity_id <> ? AND (sku = ? OR sku LIKE ? ESCAPE '!')";
    let pattern = sku.replace('!', "!!").replace('%', "!%").replace('_', "!_") + "-%";
    Ok(session.fetch_all(sql, params![but, sku, pattern]).await?)
}

/// The attributes among `values` whose value another product has, in whatever scope (`spec/scopes.md` fact 21).
pub(crate) async fn taken(
    session: &mut Session,
    values: &[(&Attribute, &str)],
    but: i64,
) -> Result<Vec<i64>> {
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let (mut sql, mut params) = (String::new(), Vec::new());
    for (attribute, value) in values {
        if !sql.is_empty() {
            sql.push_str(" UNION ");
        }
        sql.push_str("SELECT attribute_id FROM {catalog_product_entity_");
        sql.push_str(attribute.backend_type.name());
        sql.push_str("} WHERE attribute_id = ? AND value = ? AND entity_id <> ?");
        params.extend([Param::from(attribute.id), Param::from(*value), Param::from(but)]);
    }
    Ok(session.fetch_all(&sql, &params).await?)
}

/// The websites of products: pairs of product and website.
pub(crate) async fn websites(session: &mut Session, ids: &[i64]) -> Result<Vec<(i64, i64)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT product_id, website_id FROM {catalog_product_website} WHERE product_id IN (".to_owned()
        + &dialect::placeholders(ids.len())
        + ") ORDER BY product_id, website_id";
    let params: Vec<Param> = ids.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &params).await?)
}

/// Takes a product off websites.
pub(crate) async fn remove_websites(session: &mut Session, id: i64, websites: &[i64]) -> Result<()> {
    if websites.is_empty() {
        return Ok(());
    }
    let sql = "DELETE FROM {catalog_product_website} WHERE product_id = ? AND website_id IN (".to_owned()
        + &dialect::placeholders(websites.len())
        + ")";
    let mut params = vec![Param::from(id)];
    params.extend(websites.iter().copied().map(Param::from));
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Puts a product on websites.
pub(crate) async fn add_websites(session: &mut Session, id: i64, websites: &[i64]) -> Result<()> {
    if websites.is_empty() {
        return Ok(());
    }
    let sql = dialect::insert_rows(
        "catalog_product_website",
        &["product_id", "website_id"],
        websites.len(),
    );
    let params: Vec<Param> = websites
        .iter()
        .flat_map(|website| [Param::from(id), Param::from(*website)])
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// The attributes by which the variations of a configurable product differ.
pub(crate) async fn configurable_attributes(session: &mut Session, id: i64) -> Result<Vec<i64>> {
    let sql = "SELECT attribute_id FROM {catalog_product_super_attribute} WHERE product_id = ?";
    Ok(session.fetch_all(sql, params![id]).await?)
}
