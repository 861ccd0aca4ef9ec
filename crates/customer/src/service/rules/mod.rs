//! Rules for the values of attributes.

mod email;
mod input;
mod name;

use std::collections::HashMap;

use contract::{Cx, Error, Result};

pub(crate) use input::is_date;
pub(crate) use name::names;

use crate::service::attribute::View;

/// Whether PHP takes a text for empty.
pub(crate) fn is_empty(text: &str) -> bool {
    matches!(text, "" | "0")
}

/// Whether there is nothing but spaces.
pub(crate) fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// What is wrong with the values that `value` gives by attribute code, in the words of the store view's labels. No
/// statement as long as nothing is wrong.
///
/// # Errors
/// The database cannot be read.
pub(crate) async fn check(
    cx: &mut Cx<'_>,
    views: &[View<'_>],
    value: impl Fn(&str) -> Option<String>,
) -> Result<Vec<String>> {
    let wrong = |label: &dyn Fn(&View<'_>) -> String| -> Vec<String> {
        let of = |view: &View<'_>| of_one(view, value(&view.attribute.code).as_deref(), &label(view));
        views.iter().flat_map(of).collect()
    };
    let default = |view: &View<'_>| view.attribute.frontend_label.clone().unwrap_or_default();
    let found = wrong(&default);
    if found.is_empty() {
        return Ok(found);
    }
    let ids: Vec<i64> = views.iter().map(|view| view.attribute.id).collect();
    let labels = eav::service::attribute::labels(cx, &ids).await?;
    let store = cx.scope().store_id;
    let own: HashMap<i64, String> = labels
        .into_iter()
        .filter_map(|(id, labels)| {
            let own = labels.into_iter().find(|(known, _)| *known == store)?;
            Some((id, own.1))
        })
        .collect();
    Ok(wrong(&|view| {
        own.get(&view.attribute.id)
            .cloned()
            .unwrap_or_else(|| default(view))
    }))
}

/// The messages as one error; Magento joins them by line breaks.
///
/// # Errors
/// 400 if there is any.
pub(crate) fn refuse(messages: &[String]) -> Result<()> {
    if messages.is_empty() {
        return Ok(());
    }
    Err(Error::invalid(messages.join("\n")))
}

/// What is wrong with one value.
fn of_one(view: &View<'_>, value: Option<&str>, label: &str) -> Vec<String> {
    let attribute = view.attribute;
    let input = attribute.frontend_input.as_deref().unwrap_or_default();
    // The data model of postcodes asks for what is checked by country already.
    let modelled = attribute
        .properties
        .get("data_model")
        .is_some_and(|model| !model.is_empty());
    if input.is_empty() || modelled || (value.is_none() && !view.is_visible()) {
        return Vec::new();
    }
    let value = value.unwrap_or_default();
    let missing = view.is_required() && is_empty(value) && value != "0";
    if !missing && is_empty(value) && (input != "text" || !view.is_required()) {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    if missing {
        wrong.push(format!("\"{label}\" is a required value."));
    }
    match input {
        "select" | "multiselect" | "boolean" | "file" | "image" => {}
        "date" => wrong.extend(input::of(view, value, label)),
        _ => {
            wrong.extend(length(view, value, label));
            wrong.extend(input::of(view, value, label));
        }
    }
    wrong
}

/// Whether a text is too short or too long.
fn length(view: &View<'_>, value: &str, label: &str) -> Option<String> {
    let length = i64::try_from(value.trim().chars().count()).unwrap_or(i64::MAX);
    let rule = |name: &str| view.rule(name).and_then(|text| text.parse::<i64>().ok());
    if let Some(least) = rule("min_text_length").filter(|least| length < *least) {
        return Some(format!(
            "\"{label}\" length must be equal or greater than {least} characters."
        ));
    }
    let most = rule("max_text_length").filter(|most| length > *most)?;
    Some(format!(
        "\"{label}\" length must be equal or less than {most} characters."
    ))
}
