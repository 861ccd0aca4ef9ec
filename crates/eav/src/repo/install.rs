//! Writes the stock rows.

use db::schema::{Table, insert_rows};
use db::{Result, Session};

use crate::schema;

/// The stock rows, those referred to first.
const ROWS: &[(&Table, &str)] = &[
    (
        &schema::attribute::EAV_ENTITY_TYPE,
        include_str!("../../data/eav_entity_type.tsv"),
    ),
    (
        &schema::attribute::EAV_ATTRIBUTE_SET,
        include_str!("../../data/eav_attribute_set.tsv"),
    ),
    (
        &schema::attribute::EAV_ATTRIBUTE_GROUP,
        include_str!("../../data/eav_attribute_group.tsv"),
    ),
    (
        &schema::attribute::EAV_ATTRIBUTE,
        include_str!("../../data/eav_attribute.tsv"),
    ),
    (
        &schema::attribute::EAV_ATTRIBUTE_OPTION,
        include_str!("../../data/eav_attribute_option.tsv"),
    ),
    (
        &schema::attribute::EAV_ATTRIBUTE_OPTION_VALUE,
        include_str!("../../data/eav_attribute_option_value.tsv"),
    ),
    (
        &schema::attribute::EAV_ENTITY_ATTRIBUTE,
        include_str!("../../data/eav_entity_attribute.tsv"),
    ),
    (
        &schema::form::EAV_FORM_TYPE,
        include_str!("../../data/eav_form_type.tsv"),
    ),
    (
        &schema::form::EAV_FORM_TYPE_ENTITY,
        include_str!("../../data/eav_form_type_entity.tsv"),
    ),
    (
        &schema::form::EAV_FORM_ELEMENT,
        include_str!("../../data/eav_form_element.tsv"),
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
