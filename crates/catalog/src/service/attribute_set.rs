//! Attribute sets of products, and the attributes in them.

use std::sync::Arc;

use contract::search::SearchCriteria;
use contract::{BoxFuture, Cx, Error, Operation, Result, operation};
use eav::data::attribute_set::{AttributeSet, AttributeSetSearchResults};
use eav::metadata::{self, Attribute, BackendType};
use eav::port::SetUse;
use eav::service::{attribute_group, attribute_set};

use super::attribute::{PRODUCT, find, view};
use crate::data::attribute::ProductAttribute;
use crate::data::attribute_set::PlaceId;
use crate::port::Stock;
use crate::repo;
use crate::service::indexer;

/// The operations of this file.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &CREATE,
    &GET_LIST,
    &GET,
    &SAVE,
    &DELETE_BY_ID,
    &GET_ATTRIBUTES,
    &ASSIGN,
    &UNASSIGN,
];

/// Create attribute set from data.
#[operation("catalogAttributeSetManagementV1", "Attribute sets of products.")]
#[route(POST "/V1/products/attribute-sets" => "Magento_Catalog::sets")]
pub(crate) async fn create(
    cx: &mut Cx<'_>,
    attribute_set: AttributeSet,
    skeleton_id: i64,
) -> Result<AttributeSet> {
    match attribute_set::find(cx, skeleton_id) {
        Err(_) => Err(Error::invalid(
            "The attribute set couldn't be created because it's based on a non-existing attribute set.",
        )),
        Ok(skeleton) if of_products(cx, skeleton.entity_type_id).is_err() => Err(Error::invalid(
            "The attribute set couldn't be created because it's based on a non-product attribute set.",
        )),
        Ok(_) => attribute_set::create_set(cx, PRODUCT, attribute_set, skeleton_id).await,
    }
}

/// Retrieve list of Attribute Sets.
#[operation("catalogAttributeSetRepositoryV1", "Attribute sets of products.")]
#[route(GET "/V1/products/attribute-sets/sets/list" => "Magento_Catalog::sets", allow_insecure)]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
) -> Result<AttributeSetSearchResults> {
    let entity_type_id = eav::metadata(cx)?.entity_type(PRODUCT)?.id;
    attribute_set::search(cx, search_criteria, Some(entity_type_id)).await
}

/// Retrieve attribute set information based on given ID.
#[operation("catalogAttributeSetRepositoryV1")]
#[route(GET "/V1/products/attribute-sets/:attributeSetId" => "Magento_Catalog::sets", allow_insecure)]
pub(crate) async fn get(cx: &mut Cx<'_>, attribute_set_id: i64) -> Result<AttributeSet> {
    let set = attribute_set::get_set(cx, attribute_set_id)?;
    of_products(cx, set.entity_type_id.unwrap_or_default())?;
    Ok(set)
}

/// Save attribute set data.
#[operation("catalogAttributeSetRepositoryV1")]
#[route(PUT "/V1/products/attribute-sets/:attributeSetId" => "Magento_Catalog::sets")]
pub(crate) async fn save(cx: &mut Cx<'_>, attribute_set: AttributeSet) -> Result<AttributeSet> {
    of_products(cx, attribute_set.entity_type_id.unwrap_or_default())?;
    let known = attribute_set::find(cx, attribute_set.attribute_set_id.unwrap_or_default())?;
    of_products(cx, known.entity_type_id)?;
    attribute_set::save_set(cx, attribute_set).await
}

/// Remove attribute set by given ID.
#[operation("catalogAttributeSetRepositoryV1")]
#[route(DELETE "/V1/products/attribute-sets/:attributeSetId" => "Magento_Catalog::sets")]
pub(crate) async fn delete_by_id(cx: &mut Cx<'_>, attribute_set_id: i64) -> Result<bool> {
    let set = attribute_set::find(cx, attribute_set_id)?;
    of_products(cx, set.entity_type_id)?;
    attribute_set::delete_set(cx, attribute_set_id).await
}

/// Retrieve related attributes based on given attribute set ID.
#[operation(
    "catalogProductAttributeManagementV1",
    "Attributes of products in their sets."
)]
#[route(GET "/V1/products/attribute-sets/:attributeSetId/attributes" => "Magento_Catalog::sets", allow_insecure)]
pub(crate) async fn get_attributes(
    cx: &mut Cx<'_>,
    attribute_set_id: String,
) -> Result<Vec<ProductAttribute>> {
    let id = number(&attribute_set_id);
    let known =
        attribute_set::find(cx, id).map_err(|_| Error::no_such_entity("id", attribute_set_id.as_str()))?;
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type(PRODUCT)?;
    if known.entity_type_id != entity.id {
        return Err(Error::no_such_entity("attributeSetId", attribute_set_id));
    }
    let ids = attribute_set::attributes(cx, id).await?;
    let attributes: Vec<&Attribute> = ids
        .iter()
        .filter_map(|id| entity.attribute_by_id(*id).map(|attribute| &**attribute))
        .collect();
    view::plain(cx, &attributes).await
}

/// Assign attribute to attribute set.
#[operation("catalogProductAttributeManagementV1")]
#[route(POST "/V1/products/attribute-sets/attributes" => "Magento_Catalog::sets")]
pub(crate) async fn assign(
    cx: &mut Cx<'_>,
    attribute_set_id: i64,
    attribute_group_id: i64,
    attribute_code: String,
    sort_order: i64,
) -> Result<PlaceId> {
    let set = attribute_set::find(cx, attribute_set_id).map_err(|_| {
        Error::not_found(
            "The AttributeSet with a \"%1\" ID doesn't exist. Verify the attributeSet and try again.",
        )
        .with_next(attribute_set_id)
    })?;
    if of_products(cx, set.entity_type_id).is_err() {
        return Err(Error::invalid(
            "The attribute set ID is incorrect. Verify the ID and try again.",
        ));
    }
    let group = attribute_group::find(cx, attribute_group_id, attribute_group_id)?;
    if group.set_id != attribute_set_id {
        return Err(Error::invalid(
            "The attribute group doesn't belong to the attribute set.",
        ));
    }
    let attribute = find(cx, PRODUCT, &attribute_code)?;
    let place = attribute_set::place(cx, &set, group.id, attribute.id, sort_order).await?;
    Ok(PlaceId(place))
}

/// Remove attribute from attribute set.
#[operation("catalogProductAttributeManagementV1")]
#[route(DELETE "/V1/products/attribute-sets/:attributeSetId/attributes/:attributeCode" => "Magento_Catalog::sets")]
pub(crate) async fn unassign(
    cx: &mut Cx<'_>,
    attribute_set_id: String,
    attribute_code: String,
) -> Result<bool> {
    let known = attribute_set::find(cx, number(&attribute_set_id));
    let set = known.map_err(|_| {
        Error::not_found("The \"%1\" attribute set wasn't found. Verify and try again.")
            .with_next(attribute_set_id.as_str())
    })?;
    of_products(cx, set.entity_type_id)?;
    let attribute = find(cx, PRODUCT, &attribute_code)?;
    if attribute.place(set.id).is_none() {
        return Err(Error::invalid(
            "The \"%1\" attribute wasn't found in the \"%2\" attribute set. Enter the attribute and try again.",
        )
        .with_next(attribute_code)
        .with_next(attribute_set_id));
    }
    if !attribute.is_user_defined {
        return Err(Error::invalid("The system attribute can't be deleted."));
    }
    if repo::attribute::varies(cx.session(), attribute.id, Some(set.id)).await? {
        return Err(Error::invalid("Attribute '%1' is locked. %2")
            .with_next(attribute_code)
            .with_next("This attribute is used in configurable products."));
    }
    if attribute.backend_type != BackendType::Static {
        let backend = attribute.backend_type.name();
        repo::attribute::clear(cx.session(), backend, attribute.id, set.id).await?;
    }
    attribute_set::take_out(cx, set.id, attribute.id).await?;
    Ok(true)
}

/// Refuses what is no entity type of products.
fn of_products(cx: &Cx<'_>, entity_type_id: i64) -> Result<()> {
    if eav::metadata(cx)?.entity_type(PRODUCT)?.id == entity_type_id {
        return Ok(());
    }
    Err(Error::invalid(
        "Provided Attribute set non product Attribute set.",
    ))
}

/// A set's id from a path; 0, which none has, when it is no number.
fn number(id: &str) -> i64 {
    id.parse().unwrap_or_default()
}

/// What happens to products when their set goes: they go with it.
pub struct ProductsOfSet;

impl SetUse for ProductsOfSet {
    fn set_deleted<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        set: &'a metadata::AttributeSet,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            if of_products(cx, set.entity_type_id).is_err() {
                return Ok(());
            }
            let products = repo::attribute_set::products(cx.session(), set.id).await?;
            if products.is_empty() {
                return Ok(());
            }
            repo::attribute_set::delete_products(cx.session(), set.id).await?;
            let stock = cx.service::<Arc<dyn Stock>>()?.clone();
            for product in &products {
                stock.delete(cx, product).await?;
            }
            indexer::products_changed(cx).await
        })
    }
}
