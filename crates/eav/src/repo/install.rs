//! Writes the stock rows.

use db::schema::{Table, insert_rows};
use db::{Result, Session, params};

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

/// Ids that a stock Magento has used up: rows that its installation makes and removes again. The first attribute
/// that a user makes is 143, its first option 10.
const USED: &[[&str; 2]] = &[
    [
        "INSERT INTO {eav_attribute} (attribute_id, entity_type_id, attribute_code) VALUES (142, 4, 'used')",
        "DELETE FROM {eav_attribute} WHERE attribute_id = 142",
    ],
    [
        "INSERT INTO {eav_attribute_option} (option_id, attribute_id) VALUES (9, 20)",
        "DELETE FROM {eav_attribute_option} WHERE option_id = 9",
    ],
    [
        "INSERT INTO {eav_attribute_option_value} (value_id, option_id) VALUES (11, 1)",
        "DELETE FROM {eav_attribute_option_value} WHERE value_id = 11",
    ],
    [
        "INSERT INTO {eav_attribute_label} (attribute_label_id, attribute_id) VALUES (2, 20)",
        "DELETE FROM {eav_attribute_label} WHERE attribute_label_id = 2",
    ],
];

/// Inserts the rows that a stock Magento has in these tables, with its ids: clients hard-code them.
///
/// # Errors
/// The database refuses, for example because there are such rows already.
pub async fn install(session: &mut Session) -> Result<()> {
    for (table, rows) in ROWS {
        insert_rows(session, table, rows).await?;
    }
    for used in USED {
        for sql in used {
            session.execute(sql, params![]).await?;
        }
    }
    Ok(())
}
