//! Attributes as they are answered.

use std::collections::HashMap;

use contract::{Cx, Given, Result};
use eav::data::attribute::{AttributeOption, FrontendLabel};
use eav::metadata::{Attribute, AttributeScope, BackendType};
use eav::source::{self, SourceOption};

use crate::data::attribute::ProductAttribute;
use crate::data::category_attribute::CategoryAttribute;

/// What is read for attributes beside their metadata.
struct Parts {
    labels: HashMap<i64, Vec<(i64, String)>>,
    options: HashMap<i64, Vec<SourceOption>>,
}

async fn parts(cx: &mut Cx<'_>, attributes: &[&Attribute]) -> Result<Parts> {
    let ids: Vec<i64> = attributes.iter().map(|attribute| attribute.id).collect();
    let scope = cx.scope().clone();
    Ok(Parts {
        labels: eav::service::attribute::labels(cx, &ids).await?,
        options: source::options_of(cx, &scope, attributes).await?,
    })
}

/// The options of an attribute as they are answered.
pub(crate) fn options(options: Vec<SourceOption>) -> Vec<AttributeOption> {
    let option = |option: SourceOption| AttributeOption {
        label: Some(option.label),
        value: Some(option.value),
        is_default: option.is_default.then_some(true),
        ..AttributeOption::default()
    };
    options.into_iter().map(option).collect()
}

fn labels(labels: Vec<(i64, String)>) -> Vec<FrontendLabel> {
    let label = |(store_id, label)| FrontendLabel {
        store_id: Some(store_id),
        label: Some(label),
    };
    labels.into_iter().map(label).collect()
}

fn number(attribute: &Attribute, column: &str) -> i64 {
    let value = attribute.properties.get(column).unwrap_or_default();
    value.parse().unwrap_or_default()
}

fn text(attribute: &Attribute, column: &str) -> Option<String> {
    attribute.properties.get(column).map(ToOwned::to_owned)
}

fn flag(attribute: &Attribute, column: &str) -> Option<bool> {
    Some(attribute.properties.flag(column))
}

fn apply_to(attribute: &Attribute) -> Vec<String> {
    let types = attribute.properties.get("apply_to").unwrap_or_default();
    let types = types.split(',').filter(|part| !part.is_empty());
    types.map(ToOwned::to_owned).collect()
}

fn scope(attribute: &Attribute) -> &'static str {
    match attribute.scope {
        AttributeScope::Store => "store",
        AttributeScope::Global => "global",
        AttributeScope::Website => "website",
    }
}

/// Magento names the table as the source of selects that name none.
fn source_model(attribute: &Attribute) -> Option<String> {
    let named = attribute.source_model.clone().filter(|model| !model.is_empty());
    let default = attribute.backend_type == BackendType::Int && attribute.has_input("select");
    named.or_else(|| default.then(|| source::TABLE.to_owned()))
}

fn given(value: Option<&String>) -> Given<String> {
    value.cloned().into()
}

/// Both data objects have the same members.
macro_rules! from_attribute {
    ($type:ident) => {
        impl $type {
            fn from_general(attribute: &Attribute, parts: &mut Parts) -> Self {
                let found = parts.options.remove(&attribute.id).unwrap_or_default();
                Self {
                    attribute_id: Some(attribute.id),
                    attribute_code: Some(attribute.code.clone()),
                    frontend_input: attribute.frontend_input.clone(),
                    entity_type_id: Some(attribute.entity_type_id.to_string()),
                    is_required: Some(attribute.is_required),
                    options: Some(options(found)),
                    is_user_defined: Some(attribute.is_user_defined),
                    default_frontend_label: attribute.frontend_label.clone(),
                    frontend_labels: Some(labels(
                        parts.labels.remove(&attribute.id).unwrap_or_default(),
                    )),
                    note: given(attribute.note.as_ref()),
                    backend_type: Some(attribute.backend_type.name().to_owned()),
                    backend_model: attribute.backend_model.clone(),
                    source_model: attribute.source_model.clone(),
                    default_value: given(attribute.default_value.as_ref()),
                    is_unique: Some(i64::from(attribute.is_unique).to_string()),
                    frontend_class: given(attribute.frontend_class.as_ref()),
                    validation_rules: Some(Vec::new()),
                    ..Self::default()
                }
            }

            fn with_catalog(attribute: &Attribute, parts: &mut Parts) -> Self {
                Self {
                    is_wysiwyg_enabled: flag(attribute, "is_wysiwyg_enabled"),
                    is_html_allowed_on_front: flag(attribute, "is_html_allowed_on_front"),
                    used_for_sort_by: flag(attribute, "used_for_sort_by"),
                    is_filterable: flag(attribute, "is_filterable"),
                    is_filterable_in_search: flag(attribute, "is_filterable_in_search"),
                    is_used_in_grid: flag(attribute, "is_used_in_grid"),
                    is_visible_in_grid: flag(attribute, "is_visible_in_grid"),
                    is_filterable_in_grid: flag(attribute, "is_filterable_in_grid"),
                    position: Some(number(attribute, "position")),
                    apply_to: Some(apply_to(attribute)),
                    is_searchable: text(attribute, "is_searchable"),
                    is_visible_in_advanced_search: text(attribute, "is_visible_in_advanced_search"),
                    is_comparable: text(attribute, "is_comparable"),
                    is_used_for_promo_rules: text(attribute, "is_used_for_promo_rules"),
                    is_visible_on_front: text(attribute, "is_visible_on_front"),
                    used_in_product_listing: text(attribute, "used_in_product_listing"),
                    is_visible: flag(attribute, "is_visible"),
                    scope: Some(scope(attribute).to_owned()),
                    source_model: source_model(attribute),
                    ..Self::from_general(attribute, parts)
                }
            }
        }
    };
}

from_attribute!(ProductAttribute);
from_attribute!(CategoryAttribute);

/// Attributes of products. A fixed number of statements.
pub(crate) async fn products(cx: &mut Cx<'_>, attributes: &[&Attribute]) -> Result<Vec<ProductAttribute>> {
    let mut parts = parts(cx, attributes).await?;
    let shown = attributes
        .iter()
        .map(|attribute| ProductAttribute::with_catalog(attribute, &mut parts));
    Ok(shown.collect())
}

/// Attributes of products without what the catalog adds to them (golden `attrset.attributes`).
pub(crate) async fn plain(cx: &mut Cx<'_>, attributes: &[&Attribute]) -> Result<Vec<ProductAttribute>> {
    let mut parts = parts(cx, attributes).await?;
    let shown = attributes
        .iter()
        .map(|attribute| ProductAttribute::from_general(attribute, &mut parts));
    Ok(shown.collect())
}

/// Attributes of categories. A fixed number of statements.
pub(crate) async fn categories(cx: &mut Cx<'_>, attributes: &[&Attribute]) -> Result<Vec<CategoryAttribute>> {
    let mut parts = parts(cx, attributes).await?;
    let shown = attributes
        .iter()
        .map(|attribute| CategoryAttribute::with_catalog(attribute, &mut parts));
    Ok(shown.collect())
}
