//! Who may change how a category's page looks.

use contract::{Cx, Error, Result};
use eav::values;
use wire::php;

use super::{Attributes, TABLES};
use crate::data::category::Category;

/// Attributes that need a right of their own.
const DESIGN: &[&str] = &[
    "custom_design",
    "custom_design_from",
    "custom_design_to",
    "page_layout",
    "custom_layout_update",
    "custom_apply_to_products",
    "custom_layout_update_file",
    "custom_use_parent_settings",
];

/// What stands for no value.
fn is_empty(value: &str) -> bool {
    matches!(value, "" | "0" | "__no_update__" | "__existing__")
}

/// Refuses changes of these attributes to callers without the right; sending the present values is no change.
///
/// # Errors
/// Magento's 401.
pub(super) async fn authorize(cx: &mut Cx<'_>, given: &Category) -> Result<()> {
    let sent = given.custom_attributes.0.iter();
    let sent: Vec<_> = sent
        .filter(|attribute| DESIGN.contains(&attribute.code.as_str()))
        .collect();
    if sent.is_empty() || cx.allows("Magento_Catalog::edit_category_design") {
        return Ok(());
    }
    let id = given.id.unwrap_or_default();
    let store_id = cx.scope().store_id;
    let stored = values::load(cx.session(), &TABLES, &[id], store_id).await?;
    let attributes = Attributes::of(cx)?;
    for attribute in sent {
        let new = php::to_string_cast(&attribute.value).filter(|value| !is_empty(value));
        let old = stored.get(id, attributes.id(&attribute.code)?);
        if new.as_deref() != old.filter(|value| !is_empty(value)) {
            return Err(Error::unauthorized(
                "Not allowed to edit the category's design attributes",
            ));
        }
    }
    Ok(())
}
