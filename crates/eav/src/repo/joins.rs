//! Labels and options of attributes, for the statements of other domains.

use contract::Result;
use db::{Param, Session, dialect};

/// A `LEFT JOIN` of the labels that attributes have in a store view, to be put into a statement: `value` of
/// `alias` is the label. `attribute` is the column with the attribute's id. Takes the store view's id as a
/// parameter.
#[must_use]
pub fn labels(alias: &str, attribute: &str) -> String {
    let on = format!(" {alias} ON {alias}.attribute_id = {attribute} AND {alias}.store_id = ? ");
    "LEFT JOIN {eav_attribute_label}".to_owned() + &on
}

/// A `LEFT JOIN` of the options of attributes, to be put into a statement: `sort_order` of `alias` is an option's
/// position. `option` is the column with the option's id.
#[must_use]
pub fn options(alias: &str, option: &str) -> String {
    "LEFT JOIN {eav_attribute_option}".to_owned() + &format!(" {alias} ON {alias}.option_id = {option} ")
}

/// The labels that attributes have in a store view: pairs of attribute and label.
///
/// # Errors
/// The database cannot be read.
pub async fn labels_of(
    session: &mut Session,
    attributes: &[i64],
    store_id: i64,
) -> Result<Vec<(i64, Option<String>)>> {
    let sql = "SELECT attribute_id, value FROM {eav_attribute_label} WHERE store_id = ? AND attribute_id IN ("
        .to_owned()
        + &dialect::placeholders(attributes.len()) + ")";
    let mut params = vec![Param::from(store_id)];
    params.extend(attributes.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// The options of attributes in their order: pairs of attribute and option.
///
/// # Errors
/// The database cannot be read.
pub async fn options_of(session: &mut Session, attributes: &[i64]) -> Result<Vec<(i64, i64)>> {
    if attributes.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT attribute_id, option_id FROM {eav_attribute_option} WHERE attribute_id IN (".to_owned()
        + &dialect::placeholders(attributes.len())
        + ") ORDER BY attribute_id, sort_order, option_id";
    let params: Vec<Param> = attributes.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &params).await?)
}
