//! Attributes as they are answered.

use contract::Value;

use super::View;
use crate::data::attribute::{AttributeMetadata, AttributeOption, ValidationRule};

/// The rules of `validate_rules`, which is JSON.
pub(super) fn rules(text: &str) -> Vec<(String, String)> {
    let Ok(Value::Object(rules)) = wire::json::parse(text.as_bytes()) else {
        return Vec::new();
    };
    let text = |value: Value| wire::php::to_string_cast(&value).unwrap_or_default();
    rules
        .into_iter()
        .map(|(name, value)| (name, text(value)))
        .collect()
}

/// An attribute with its options and its label in the store view.
pub(super) fn metadata(
    view: View<'_>,
    store_label: Option<String>,
    options: Vec<AttributeOption>,
) -> AttributeMetadata {
    let attribute = view.attribute;
    let text = |column: &str| attribute.properties.get(column).unwrap_or_default().to_owned();
    let flag = |column: &str| attribute.properties.flag(column);
    let rules = view.rules().into_iter();
    AttributeMetadata {
        frontend_input: attribute.frontend_input.clone(),
        input_filter: text("input_filter"),
        store_label: store_label.or_else(|| attribute.frontend_label.clone()),
        validation_rules: rules
            .map(|(name, value)| ValidationRule { name, value })
            .collect(),
        multiline_count: view.multiline_count(),
        visible: view.is_visible(),
        required: view.is_required(),
        data_model: text("data_model"),
        options,
        frontend_class: class(view),
        user_defined: attribute.is_user_defined,
        sort_order: view.number("sort_order"),
        frontend_label: attribute.frontend_label.clone(),
        note: attribute.note.clone().unwrap_or_default(),
        system: flag("is_system"),
        backend_type: attribute.backend_type.name().to_owned(),
        is_used_in_grid: Some(flag("is_used_in_grid")),
        is_visible_in_grid: Some(flag("is_visible_in_grid")),
        is_filterable_in_grid: Some(flag("is_filterable_in_grid")),
        is_searchable_in_grid: Some(flag("is_searchable_in_grid")),
        attribute_code: attribute.code.clone(),
    }
}

/// The classes of the attribute's input field.
fn class(view: View<'_>) -> String {
    let own = view.attribute.frontend_class.as_deref().unwrap_or_default();
    let mut classes: Vec<&str> = own.split(' ').filter(|class| !class.is_empty()).collect();
    if view.is_required() {
        classes.push("required-entry");
    }
    classes.extend(match view.rule("input_validation").as_deref() {
        Some("alphanumeric") => Some("validate-alphanum"),
        Some("numeric") => Some("validate-digits"),
        Some("alpha") => Some("validate-alpha"),
        Some("email") => Some("validate-email"),
        Some("url") => Some("validate-url"),
        _ => None,
    });
    classes.join(" ")
}
