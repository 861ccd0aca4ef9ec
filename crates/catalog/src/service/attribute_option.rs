//! Options of product attributes.

use contract::{Cx, Error, Operation, Result, Value, operation};
use eav::data::attribute::AttributeOption;
use eav::metadata::Attribute;
use eav::service::option::{self, OptionWrite};
use eav::source;

use super::attribute::{PRODUCT, find, set_default, view};

/// The operations of this file.
pub(crate) static OPERATIONS: &[&Operation] = &[&GET_ITEMS, &ADD, &DELETE, &update::UPDATE];

/// Retrieve list of attribute options.
#[operation("catalogProductAttributeOptionManagementV1", "Options of product attributes.")]
#[route(
    GET "/V1/products/attributes/:attributeCode/options" => "Magento_Catalog::attributes_attributes", allow_insecure
)]
pub(crate) async fn get_items(cx: &mut Cx<'_>, attribute_code: String) -> Result<Vec<AttributeOption>> {
    let attribute = find(cx, PRODUCT, &attribute_code)?;
    shown(cx, &attribute).await
}

/// Add option to attribute.
#[operation("catalogProductAttributeOptionManagementV1")]
#[route(POST "/V1/products/attributes/:attributeCode/options" => "Magento_Catalog::attributes_attributes")]
pub(crate) async fn add(cx: &mut Cx<'_>, attribute_code: String, option: AttributeOption) -> Result<String> {
    let attribute = with_options(cx, &attribute_code)?;
    let label = label_of(&option)?;
    if holder(cx, &attribute, &label).await?.is_some() {
        return Err(
            Error::invalid("Admin store attribute option label \"%1\" already exists.")
                .with_next(option.label.unwrap_or_default()),
        );
    }
    let id = write(cx, &attribute, None, &label, &option).await?;
    Ok(id.to_string())
}

/// Delete option from attribute.
#[operation("catalogProductAttributeOptionManagementV1")]
#[route(
    DELETE "/V1/products/attributes/:attributeCode/options/:optionId" => "Magento_Catalog::attributes_attributes"
)]
pub(crate) async fn delete(cx: &mut Cx<'_>, attribute_code: String, option_id: String) -> Result<bool> {
    if matches!(option_id.as_str(), "" | "0") {
        return Err(Error::invalid("Invalid option id %1").with_next(option_id));
    }
    let attribute = with_options(cx, &attribute_code)?;
    let known = option::ids(cx, attribute.id).await?;
    let id = option_id.parse().ok().filter(|id| known.contains(id));
    let Some(id) = id else {
        return Err(unknown(&attribute.code, option_id));
    };
    option::delete(cx, id).await?;
    Ok(true)
}

/// Changing an option is a service of its own.
pub(crate) mod update {
    use super::{
        AttributeOption, Cx, Error, Result, holder, label_of, operation, option, with_options, write,
    };

    /// Update attribute option.
    #[operation("catalogProductAttributeOptionUpdateV1", "Options of product attributes.")]
    #[route(
        PUT "/V1/products/attributes/:attributeCode/options/:optionId" => "Magento_Catalog::attributes_attributes"
    )]
    pub(crate) async fn update(
        cx: &mut Cx<'_>,
        attribute_code: String,
        option_id: i64,
        option: AttributeOption,
    ) -> Result<bool> {
        let attribute = with_options(cx, &attribute_code)?;
        if option_id == 0 {
            return Err(Error::invalid(
                "The option id is empty. Enter the value and try again.",
            ));
        }
        let label = label_of(&option)?;
        if !option::ids(cx, attribute.id).await?.contains(&option_id) {
            return Err(
                Error::invalid("The '%1' attribute doesn't include an option id '%2'.")
                    .with_next(attribute.code.as_str())
                    .with_next(option_id),
            );
        }
        let holder = holder(cx, &attribute, &label).await?;
        if holder.is_some_and(|id| id != option_id.to_string()) {
            return Err(
                Error::invalid("Admin store attribute option label '%1' already exists.")
                    .with_next(option.label.unwrap_or_default()),
            );
        }
        write(cx, &attribute, Some(option_id), &label, &option).await?;
        Ok(true)
    }
}

/// An attribute has no option with this id.
pub(crate) fn unknown(code: &str, id: impl Into<Value>) -> Error {
    Error::not_found("The \"%1\" attribute doesn't include an option with \"%2\" ID.")
        .with_next(code)
        .with_next(id)
}

/// The options of an attribute, as the call's store view shows them.
pub(crate) async fn shown(cx: &mut Cx<'_>, attribute: &Attribute) -> Result<Vec<AttributeOption>> {
    let scope = cx.scope().clone();
    let mut options = source::options_of(cx, &scope, &[attribute]).await?;
    Ok(view::options(options.remove(&attribute.id).unwrap_or_default()))
}

fn with_options(cx: &Cx<'_>, code: &str) -> Result<std::sync::Arc<Attribute>> {
    let attribute = find(cx, PRODUCT, code)?;
    match source::model_of(&attribute) {
        Some(source::TABLE) => Ok(attribute),
        // Magento would add rows that nothing shows to an attribute whose options its code gives.
        _ => Err(Error::invalid("The \"%1\" attribute doesn't work with options.").with_next(code)),
    }
}

fn label_of(option: &AttributeOption) -> Result<String> {
    let label = option.label.as_deref().unwrap_or_default().trim();
    if label.is_empty() {
        return Err(Error::invalid(
            "The attribute option label is empty. Enter the value and try again.",
        ));
    }
    Ok(label.to_owned())
}

/// The option whose admin label this is; letter case does not matter (`spec/scopes.md` fact 11).
async fn holder(cx: &mut Cx<'_>, attribute: &Attribute, label: &str) -> Result<Option<String>> {
    let label = label.to_uppercase();
    let options = option::admin_labels(cx, attribute.id).await?;
    let holder = options
        .into_iter()
        .find(|option| option.label.to_uppercase() == label);
    Ok(holder.map(|option| option.value))
}

/// Writes an option: without a position it goes to the front, and its labels replace those it had (fact 11).
async fn write(
    cx: &mut Cx<'_>,
    attribute: &Attribute,
    id: Option<i64>,
    label: &str,
    given: &AttributeOption,
) -> Result<i64> {
    let mut write = OptionWrite {
        id,
        sort_order: given.sort_order.unwrap_or_default(),
        labels: vec![(0, label.to_owned())],
    };
    for label in given.store_labels.as_deref().unwrap_or_default() {
        write.label(
            label.store_id.unwrap_or_default(),
            label.label.clone().unwrap_or_default(),
        );
    }
    let ids = option::save(cx, attribute.id, &[write]).await?;
    let id = ids.first().copied().unwrap_or_default();
    if given.is_default == Some(true) {
        set_default(cx, attribute.id, id.to_string()).await?;
    }
    Ok(id)
}
