//! The two entities of this crate, and their attributes.

use contract::{CustomAttribute, CustomAttributes, Cx, Error, Result, Value};
use eav::metadata::{Attribute, BackendType, EntityType, Metadata};
use eav::values::{ValueTables, Values, Write};

use crate::service::rules;

/// The entity type of customers.
pub(crate) const CUSTOMER: &str = "customer";

/// The entity type of addresses.
pub(crate) const ADDRESS: &str = "customer_address";

/// The values of customers.
pub(crate) const CUSTOMER_VALUES: ValueTables = ValueTables::unscoped("customer_entity");

/// The values of addresses.
pub(crate) const ADDRESS_VALUES: ValueTables = ValueTables::unscoped("customer_address_entity");

/// The attributes whose values are no columns, by id.
pub(crate) fn stored<'a>(metadata: &'a Metadata, entity: &str) -> Result<Vec<&'a Attribute>> {
    Ok(stored_of(metadata.entity_type(entity)?))
}

fn stored_of(entity: &EntityType) -> Vec<&Attribute> {
    let attributes = entity.attributes().iter().map(AsRef::as_ref);
    attributes
        .filter(|attribute: &&Attribute| attribute.backend_type != BackendType::Static)
        .collect()
}

/// The values of entities. One statement; none while all attributes are columns, as in a stock Magento.
///
/// # Errors
/// The database cannot be read.
pub(crate) async fn load(
    cx: &mut Cx<'_>,
    metadata: &Metadata,
    (entity, tables): (&str, &ValueTables),
    ids: &[i64],
) -> Result<Values> {
    if stored(metadata, entity)?.is_empty() {
        return Ok(Values::default());
    }
    eav::values::load(cx.session(), tables, ids, 0).await
}

/// The custom attributes of an entity that has these values.
pub(crate) fn custom(attributes: &[&Attribute], values: &Values, id: i64) -> CustomAttributes {
    let value = |attribute: &&Attribute| {
        let value = values.get(id, attribute.id)?;
        Some(CustomAttribute {
            code: attribute.code.clone(),
            value: Value::from(value),
        })
    };
    CustomAttributes(attributes.iter().filter_map(value).collect())
}

/// The text of a custom attribute that was sent; several values are joined by commas.
pub(crate) fn given(sent: &CustomAttributes, code: &str) -> Option<String> {
    let attribute = sent.0.iter().find(|attribute| attribute.code == code)?;
    match &attribute.value {
        Value::Array(values) => {
            let texts = values.iter().filter_map(wire::php::to_string_cast);
            Some(texts.collect::<Vec<_>>().join(","))
        }
        Value::Null => None,
        value => wire::php::to_string_cast(value),
    }
}

/// The values that custom attributes make; those of unknown attributes are passed over, as in Magento.
///
/// # Errors
/// 400 for what is no date or no number where the column asks for one.
pub(crate) fn writes<'a>(
    id: i64,
    attributes: &[&'a Attribute],
    sent: &CustomAttributes,
) -> Result<Vec<Write<'a>>> {
    let mut writes = Vec::new();
    for attribute in attributes {
        let Some(value) = given(sent, &attribute.code) else {
            continue;
        };
        let stored = stored_value(attribute, &value)?;
        writes.push(Write {
            entity_id: id,
            attribute,
            stores: vec![0],
            delete: stored.is_none(),
            value: stored,
        });
    }
    Ok(writes)
}

/// A value as its table keeps it; none for an empty one.
fn stored_value(attribute: &Attribute, value: &str) -> Result<Option<String>> {
    let label = attribute.frontend_label.as_deref().unwrap_or(&attribute.code);
    let wrong = |what: &str| Error::invalid(format!("\"{label}\" {what}"));
    match attribute.backend_type {
        _ if value.is_empty() => Ok(None),
        BackendType::Static | BackendType::Text => Ok(Some(value.to_owned())),
        BackendType::Varchar => Ok(Some(crate::repo::shortened(value, 255).to_owned())),
        BackendType::Int | BackendType::Decimal if wire::php::is_numeric(value) => Ok(Some(value.to_owned())),
        BackendType::Int | BackendType::Decimal => Err(wrong("contains non-numeric characters.")),
        BackendType::Datetime if rules::is_date(value) => {
            Ok(Some(format!("{} 00:00:00", value.get(..10).unwrap_or(value))))
        }
        BackendType::Datetime => Err(wrong("is not a valid date.")),
    }
}
