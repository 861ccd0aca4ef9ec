//! Options of attributes, nested ones too.

use std::collections::HashMap;
use std::sync::Arc;

use contract::{Cx, Result, StoreScope};
use eav::metadata::Attribute;
use eav::source::SourceOption;
use store::Scopes;

use super::source;
use crate::data::attribute::AttributeOption;

/// The options of attributes by attribute id.
pub(super) async fn of(
    cx: &mut Cx<'_>,
    attributes: &[&Attribute],
) -> Result<HashMap<i64, Vec<AttributeOption>>> {
    let scope = cx.scope().clone();
    let (nested, flat): (Vec<&Attribute>, Vec<&Attribute>) = attributes
        .iter()
        .partition(|attribute| attribute.source_model.as_deref() == Some(source::STORE));
    let found = eav::source::options_of(cx, &scope, &flat).await?;
    let mut options: HashMap<i64, Vec<AttributeOption>> = found
        .into_iter()
        .map(|(id, options)| (id, options.into_iter().map(option).collect()))
        .collect();
    let scopes = cx.service::<Arc<Scopes>>()?;
    for attribute in nested {
        options.insert(attribute.id, stores(scopes, &scope));
    }
    Ok(options)
}

fn option(option: SourceOption) -> AttributeOption {
    AttributeOption {
        label: option.label,
        value: Some(option.value),
        options: None,
    }
}

/// What lower levels are moved in by.
const INDENT: &str = "\u{a0}\u{a0}\u{a0}\u{a0}";

/// The store views below their groups and websites, that of the call first.
fn stores(scopes: &Scopes, scope: &StoreScope) -> Vec<AttributeOption> {
    let heading = |label: String, options: Vec<AttributeOption>| AttributeOption {
        label,
        value: None,
        options: Some(options),
    };
    let mut all = Vec::new();
    for website in source::websites(scopes, scope) {
        all.push(heading(
            scopes.website_name(website).unwrap_or_default(),
            Vec::new(),
        ));
        for (group, name) in scopes.groups_of_website(website) {
            let views = scopes
                .views_of_group(group)
                .into_iter()
                .map(|id| AttributeOption {
                    label: format!("{INDENT}{}", scopes.view_name(id).unwrap_or_default()),
                    value: Some(id.to_string()),
                    options: None,
                });
            all.push(heading(format!("{INDENT}{name}"), views.collect()));
        }
    }
    all
}
