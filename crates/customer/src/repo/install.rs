//! Writes the stock rows.

use db::schema::{Table, insert_rows};
use db::{Result, Session};

use crate::schema;

/// The stock rows, those referred to first.
const ROWS: &[(&Table, &str)] = &[
    (
        &schema::group::CUSTOMER_GROUP,
        include_str!("../../data/customer_group.tsv"),
    ),
    (
        &schema::attribute::CUSTOMER_EAV_ATTRIBUTE,
        include_str!("../../data/customer_eav_attribute.tsv"),
    ),
    (
        &schema::attribute::CUSTOMER_EAV_ATTRIBUTE_WEBSITE,
        include_str!("../../data/customer_eav_attribute_website.tsv"),
    ),
    (
        &schema::attribute::CUSTOMER_FORM_ATTRIBUTE,
        include_str!("../../data/customer_form_attribute.tsv"),
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
