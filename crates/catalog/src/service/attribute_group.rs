//! Groups of attributes in the sets of products.

use contract::search::SearchCriteria;
use contract::{Cx, Error, Operation, Result, operation};
use eav::data::attribute_group::{AttributeGroup, AttributeGroupSearchResults};
use eav::service::attribute_group;

/// The operations of this file.
pub(crate) static OPERATIONS: &[&Operation] = &[&SAVE, &GET_LIST, &DELETE_BY_ID];

/// Save attribute group.
#[operation("catalogProductAttributeGroupRepositoryV1", "Groups of product attributes.")]
#[route(POST "/V1/products/attribute-sets/groups" => "Magento_Catalog::sets")]
#[route(PUT "/V1/products/attribute-sets/:attributeSetId/groups" => "Magento_Catalog::sets")]
pub(crate) async fn save(cx: &mut Cx<'_>, group: AttributeGroup) -> Result<AttributeGroup> {
    attribute_group::save(cx, group).await
}

/// Retrieve list of attribute groups.
#[operation("catalogProductAttributeGroupRepositoryV1")]
#[route(GET "/V1/products/attribute-sets/groups/list" => "Magento_Catalog::sets", allow_insecure)]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
) -> Result<AttributeGroupSearchResults> {
    attribute_group::search(cx, search_criteria).await
}

/// Remove attribute group by id.
#[operation("catalogProductAttributeGroupRepositoryV1")]
#[route(DELETE "/V1/products/attribute-sets/groups/:groupId" => "Magento_Catalog::sets")]
pub(crate) async fn delete_by_id(cx: &mut Cx<'_>, group_id: i64) -> Result<bool> {
    let group = attribute_group::find(cx, group_id, group_id)?;
    let metadata = eav::metadata(cx)?;
    let system = metadata
        .entity_types()
        .iter()
        .flat_map(eav::metadata::EntityType::attributes)
        .any(|attribute| {
            !attribute.is_user_defined && attribute.places.iter().any(|place| place.group_id == group.id)
        });
    if system {
        return Err(Error::invalid(
            "The attribute group can't be deleted because it contains system attributes.",
        ));
    }
    attribute_group::delete(cx, group.id).await
}
