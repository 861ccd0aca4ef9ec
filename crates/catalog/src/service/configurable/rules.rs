//! What options and variations must be.

use std::collections::HashMap;
use std::sync::Arc;

use contract::error::{Detail, Parameters};
use contract::{Cx, Error, Result, StoreScope, Value};
use eav::metadata::Attribute;
use eav::values::ValueTables;

use crate::data::configurable::ConfigurableOption;
use crate::repo::configurable as repo;

/// The value tables of products.
pub(super) const VALUES: ValueTables = ValueTables::new("catalog_product_entity");

/// How product ids stand in an error: as sent in a product, or as the database gave them.
#[derive(Clone, Copy)]
pub(super) enum Ids {
    Numbers,
    Text,
}

impl Ids {
    fn value(self, id: i64) -> Value {
        match self {
            Self::Numbers => Value::from(id),
            Self::Text => Value::from(id.to_string()),
        }
    }
}

/// The attribute that an option names by id or code.
///
/// # Errors
/// There is none such (404).
pub(super) fn attribute(cx: &Cx<'_>, id: Option<&str>) -> Result<Arc<Attribute>> {
    let id = id.unwrap_or_default();
    let metadata = eav::metadata::metadata(cx)?;
    let product = metadata.entity_type("catalog_product")?;
    let by_id = id.parse().ok().and_then(|number| product.attribute_by_id(number));
    let found = by_id.or_else(|| product.attribute(id));
    found.cloned().ok_or_else(|| {
        Error::not_found(
            "The attribute with a \"%1\" attributeCode doesn't exist. Verify the attribute and try again.",
        )
        .with_next(id)
    })
}

/// Whether a new option says all it must.
///
/// # Errors
/// One for each thing that is missing.
pub(super) fn check_new_option(option: &ConfigurableOption) -> Result<()> {
    let blank = |text: Option<&str>| matches!(text, None | Some("" | "0"));
    let mut missing = Vec::new();
    if blank(option.attribute_id.as_deref()) {
        missing.push("Option attribute ID is not specified.");
    }
    if blank(option.label.as_deref()) {
        missing.push("Option label is not specified.");
    }
    match option.values.as_deref() {
        None | Some([]) => missing.push("Option values are not specified."),
        Some(values) => {
            let nameless = values.iter().filter(|value| value.value_index.is_none());
            missing.extend(nameless.map(|_| "Value index is not specified for an option."));
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::all(missing.into_iter().map(|message| Detail {
        message: message.into(),
        parameters: Parameters::None,
    })))
}

/// Adds an option to a product, or sets position and label of the one that it has for the attribute; its id.
pub(super) async fn add_option(
    cx: &mut Cx<'_>,
    product_id: i64,
    scope: &StoreScope,
    option: &ConfigurableOption,
) -> Result<i64> {
    let attribute = attribute(cx, option.attribute_id.as_deref())?;
    let position = option.position.unwrap_or(0);
    let session = cx.session();
    let id = match repo::option_of(session, product_id, attribute.id).await? {
        Some(id) => {
            repo::update_option(session, id, attribute.id, Some(position)).await?;
            id
        }
        None => repo::insert_option(session, product_id, attribute.id, position).await?,
    };
    let label = option.label.as_deref().unwrap_or_default();
    repo::save_label(session, id, scope.store_id, label).await?;
    Ok(id)
}

/// Whether each variation has a value of each option, and no two the same ones. One statement.
///
/// # Errors
/// The first variation that does not fit.
pub(super) async fn check_variations(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    options: &[ConfigurableOption],
    variations: &[i64],
    ids: Ids,
) -> Result<()> {
    if options.is_empty() || variations.is_empty() {
        return Ok(());
    }
    let mut attributes = Vec::with_capacity(options.len());
    for option in options {
        attributes.push(attribute(cx, option.attribute_id.as_deref())?);
    }
    let values = eav::values::load(cx.session(), &VALUES, variations, scope.store_id).await?;
    let mut seen: HashMap<Vec<&str>, i64> = HashMap::new();
    for id in variations {
        let mut key = Vec::with_capacity(attributes.len());
        for attribute in &attributes {
            match values.get(*id, attribute.id) {
                None | Some("" | "0") => {
                    let error =
                        Error::invalid("Product with id \"%1\" does not contain required attribute \"%2\".");
                    return Err(error.with_next(ids.value(*id)).with_next(attribute.code.as_str()));
                }
                Some(value) => key.push(value),
            }
        }
        if let Some(other) = seen.insert(key, *id) {
            let error = Error::invalid("Products \"%1\" and \"%2\" have the same set of attribute values.");
            return Err(error.with_next(ids.value(*id)).with_next(ids.value(other)));
        }
    }
    Ok(())
}
