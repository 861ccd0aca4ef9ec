//! Writes the stock rows.

use db::schema::{Table, insert_rows};
use db::{Result, Session};

use crate::schema;

/// The stock rows, those referred to first.
const ROWS: &[(&Table, &str)] = &[
    (
        &schema::attribute::CATALOG_EAV_ATTRIBUTE,
        include_str!("../../data/catalog_eav_attribute.tsv"),
    ),
    (
        &schema::category::CATALOG_CATEGORY_ENTITY,
        include_str!("../../data/catalog_category_entity.tsv"),
    ),
    (
        &schema::category::CATALOG_CATEGORY_ENTITY_INT,
        include_str!("../../data/catalog_category_entity_int.tsv"),
    ),
    (
        &schema::category::CATALOG_CATEGORY_ENTITY_VARCHAR,
        include_str!("../../data/catalog_category_entity_varchar.tsv"),
    ),
    (
        &schema::link::CATALOG_PRODUCT_LINK_TYPE,
        include_str!("../../data/catalog_product_link_type.tsv"),
    ),
    (
        &schema::link::CATALOG_PRODUCT_LINK_ATTRIBUTE,
        include_str!("../../data/catalog_product_link_attribute.tsv"),
    ),
    (
        &schema::index::URL_REWRITE,
        include_str!("../../data/url_rewrite.tsv"),
    ),
    (
        &schema::index::INDEXER_STATE,
        include_str!("../../data/indexer_state.tsv"),
    ),
    (
        &schema::index::MVIEW_STATE,
        include_str!("../../data/mview_state.tsv"),
    ),
];

/// Inserts the rows that a stock Magento has in these tables, with its ids: clients hard-code them.
///
/// # Errors
/// The database refuses, for example because there are such rows already.
pub async fn install(session: &mut Session) -> Result<()> {
    for (table, rows) in ROWS {
        insert_rows(session, table, rows).await?;
    }
    Ok(())
}
