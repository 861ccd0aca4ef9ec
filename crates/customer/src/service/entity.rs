//! The two entities of this crate, and their attributes.

use contract::{CustomAttribute, CustomAttributes, Cx, Result, Value};
use eav::metadata::{Attribute, BackendType, EntityType, Metadata};
use eav::values::{ValueTables, Values};

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
