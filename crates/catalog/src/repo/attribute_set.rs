//! What goes with a set of attributes.

use contract::Result;
use db::{Session, params};

use crate::repo::product::{COLUMNS, ProductRow};

/// The products of a set.
pub(crate) async fn products(session: &mut Session, set_id: i64) -> Result<Vec<ProductRow>> {
    let mut sql = format!("SELECT {COLUMNS} FROM ");
    sql.push_str("{catalog_product_entity} e WHERE e.attribute_set_id = ? ORDER BY e.entity_id");
    Ok(session.fetch_all(&sql, params![set_id]).await?)
}

/// Removes the products of a set with their pictures' gallery rows, URL rewrites and indexed prices; the database
/// removes what refers to them.
pub(crate) async fn delete_products(session: &mut Session, set_id: i64) -> Result<()> {
    const OF_SET: &str = " IN (SELECT entity_id FROM {catalog_product_entity} WHERE attribute_set_id = ?)";
    let gallery =
        "DELETE FROM {catalog_product_entity_media_gallery} WHERE value_id IN (SELECT value_id FROM \
                   {catalog_product_entity_media_gallery_value_to_entity} WHERE entity_id"
            .to_owned()
            + OF_SET
            + ")";
    let rewrites =
        "DELETE FROM {url_rewrite} WHERE entity_type = 'product' AND entity_id".to_owned() + OF_SET;
    let prices = "DELETE FROM {catalog_product_index_price} WHERE entity_id".to_owned() + OF_SET;
    let products = "DELETE FROM {catalog_product_entity} WHERE attribute_set_id = ?".to_owned();
    for sql in [gallery, rewrites, prices, products] {
        session.execute(&sql, params![set_id]).await?;
    }
    Ok(())
}
