//! `customer_eav_attribute_website` and `customer_form_attribute`.

use contract::Result;
use db::{FromRow, Row, Session, params};

/// What a website says otherwise of an attribute; what is none is as for all websites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OverrideRow {
    pub(crate) attribute_id: i64,
    pub(crate) is_visible: Option<bool>,
    pub(crate) is_required: Option<bool>,
    pub(crate) default_value: Option<String>,
    pub(crate) multiline_count: Option<i64>,
}

impl FromRow for OverrideRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            attribute_id: row.get(0)?,
            is_visible: row.get(1)?,
            is_required: row.get(2)?,
            default_value: row.get(3)?,
            multiline_count: row.get(4)?,
        })
    }
}

/// What a website says otherwise.
pub(crate) async fn overrides(session: &mut Session, website_id: i64) -> Result<Vec<OverrideRow>> {
    let sql = "SELECT attribute_id, is_visible, is_required, default_value, multiline_count \
               FROM {customer_eav_attribute_website} WHERE website_id = ?";
    Ok(session.fetch_all(sql, params![website_id]).await?)
}

/// The ids of the attributes of a form.
pub(crate) async fn of_form(session: &mut Session, form_code: &str) -> Result<Vec<i64>> {
    let sql = "SELECT attribute_id FROM {customer_form_attribute} WHERE form_code = ?";
    Ok(session.fetch_all(sql, params![form_code]).await?)
}
