//! Attributes of products.

mod input;
mod reserved;
mod save;
pub(crate) mod source;
pub(crate) mod view;

use std::sync::Arc;

use contract::search::SearchCriteria;
use contract::{Cx, Error, Extension, Operation, Result, operation};
use eav::metadata::{Attribute, EntityType};
use eav::service::attribute::AttributeWrite;

use crate::data::attribute::{
    AttributeExtension, ProductAttribute, ProductAttributeSearchResults, ProductAttributeType,
};
use crate::repo;

pub(crate) use save::set_default;

/// The operations of this file.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &GET_LIST,
    &GET,
    &SAVE,
    &DELETE_BY_ID,
    &get_items::GET_ITEMS,
    &is_filterable::GET,
    &is_filterable::SET,
];

/// The entity type of products.
pub(crate) const PRODUCT: &str = "catalog_product";

/// Retrieve all attributes for entity type.
#[operation("catalogProductAttributeRepositoryV1", "Attributes of products.")]
#[route(GET "/V1/products/attributes" => "Magento_Catalog::attributes_attributes")]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
) -> Result<ProductAttributeSearchResults> {
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type(PRODUCT)?;
    let columns = repo::attribute::SEARCHED;
    let (ids, total_count) = eav::service::attribute::search(cx, entity, &search_criteria, columns).await?;
    let attributes: Vec<&Attribute> = ids
        .iter()
        .filter_map(|id| entity.attribute_by_id(*id).map(|attribute| &**attribute))
        .collect();
    Ok(ProductAttributeSearchResults {
        items: view::products(cx, &attributes).await?,
        search_criteria,
        total_count,
    })
}

/// Retrieve specific attribute.
#[operation("catalogProductAttributeRepositoryV1")]
#[route(GET "/V1/products/attributes/:attributeCode" => "Magento_Catalog::attributes_attributes", allow_insecure)]
pub(crate) async fn get(cx: &mut Cx<'_>, attribute_code: String) -> Result<ProductAttribute> {
    let attribute = find(cx, PRODUCT, &attribute_code)?;
    shown(cx, &attribute).await
}

/// Save attribute data.
#[operation("catalogProductAttributeRepositoryV1")]
#[route(POST "/V1/products/attributes" => "Magento_Catalog::attributes_attributes")]
#[route(PUT "/V1/products/attributes/:attributeCode" => "Magento_Catalog::attributes_attributes")]
pub(crate) async fn save(cx: &mut Cx<'_>, attribute: ProductAttribute) -> Result<ProductAttribute> {
    let id = save::save(cx, attribute).await?;
    let metadata = eav::read_metadata(cx).await?;
    let saved = metadata.entity_type(PRODUCT)?.attribute_by_id(id).cloned();
    let saved = saved.ok_or_else(|| Error::internal("the attribute that was just saved is not there"))?;
    shown(cx, &saved).await
}

/// Delete Attribute by id.
#[operation("catalogProductAttributeRepositoryV1")]
#[route(DELETE "/V1/products/attributes/:attributeCode" => "Magento_Catalog::attributes_attributes")]
pub(crate) async fn delete_by_id(cx: &mut Cx<'_>, attribute_code: String) -> Result<bool> {
    let attribute = find(cx, PRODUCT, &attribute_code)?;
    if repo::attribute::varies(cx.session(), attribute.id, None).await? {
        return Err(Error::invalid("This attribute is used in configurable products."));
    }
    if !attribute.is_user_defined {
        return Err(Error::invalid("The system attribute can't be deleted."));
    }
    eav::service::attribute::delete(cx, attribute.id).await?;
    save::invalidate(
        cx,
        save::indexable(&attribute),
        attribute.properties.flag("is_searchable"),
    )
    .await?;
    Ok(true)
}

/// The types of attributes.
pub(crate) mod get_items {
    use super::{Cx, ProductAttributeType, Result, operation};

    /// Retrieve list of product attribute types.
    #[operation("catalogProductAttributeTypesListV1", "Types of product attributes.")]
    #[route(GET "/V1/products/attributes/types" => "Magento_Catalog::attributes_attributes")]
    pub(crate) async fn get_items(_: &mut Cx<'_>) -> Result<Vec<ProductAttributeType>> {
        let types = [("price", "Price"), ("media_image", "Media Image")];
        let types = types.map(|(value, label)| ProductAttributeType {
            value: value.to_owned(),
            label: label.to_owned(),
            ..ProductAttributeType::default()
        });
        Ok(types.into())
    }
}

/// `is_filterable` as a number, which the attribute itself shows as true and false only.
pub(crate) mod is_filterable {
    use super::{AttributeWrite, Cx, PRODUCT, Result, find, operation, save};
    use db::Param;

    /// Retrieve 'is_filterable' property for specific attribute as integer.
    #[operation(
        "catalogProductAttributeIsFilterableManagementV1",
        "Use of attributes in layered navigation."
    )]
    #[route(GET "/V1/products/attributes/:attributeCode/is-filterable" => "Magento_Catalog::attributes_attributes")]
    pub(crate) async fn get(cx: &mut Cx<'_>, attribute_code: String) -> Result<i64> {
        let attribute = find(cx, PRODUCT, &attribute_code)?;
        let value = attribute.properties.get("is_filterable").unwrap_or_default();
        Ok(value.parse().unwrap_or_default())
    }

    /// Set 'is_filterable' property for specific attribute as integer.
    #[operation("catalogProductAttributeIsFilterableManagementV1")]
    #[route(
        PUT "/V1/products/attributes/:attributeCode/is-filterable/:isFilterable"
            => "Magento_Catalog::attributes_attributes"
    )]
    pub(crate) async fn set(
        cx: &mut Cx<'_>,
        attribute_code: String,
        /// 0 for no, 1 with results only, 2 without results too.
        is_filterable: i64,
    ) -> Result<bool> {
        let attribute = find(cx, PRODUCT, &attribute_code)?;
        if !(0..=2).contains(&is_filterable) {
            return Err(eav::service::invalid_value("is_filterable", is_filterable));
        }
        let mut write = AttributeWrite::default();
        write
            .additional
            .push(("is_filterable", Param::from(is_filterable)));
        if !attribute.properties.flag("is_searchable") {
            write
                .additional
                .push(("is_visible_in_advanced_search", Param::from(0)));
        }
        save::update(cx, &attribute, &write).await?;
        Ok(true)
    }
}

/// The attribute with this code, or with this id: Magento takes a number as an id.
///
/// # Errors
/// Magento's 404 when there is none.
pub(crate) fn find(cx: &Cx<'_>, entity: &str, code: &str) -> Result<Arc<Attribute>> {
    let metadata = eav::metadata(cx)?;
    find_in(metadata.entity_type(entity)?, code)
}

fn find_in(entity: &EntityType, code: &str) -> Result<Arc<Attribute>> {
    let by_id = || entity.attribute_by_id(code.parse().ok()?);
    let found = entity.attribute(code).or_else(by_id).cloned();
    found.ok_or_else(|| {
        Error::not_found(
            "The attribute with a \"%1\" attributeCode doesn't exist. Verify the attribute and try again.",
        )
        .with_next(code)
    })
}

/// An attribute as the answer to a call that names it: only there is it said whether Page Builder edits it.
async fn shown(cx: &mut Cx<'_>, attribute: &Attribute) -> Result<ProductAttribute> {
    let mut shown = view::products(cx, &[attribute]).await?.pop().unwrap_or_default();
    shown.extension_attributes = Extension(AttributeExtension {
        is_pagebuilder_enabled: Some(attribute.properties.flag("is_pagebuilder_enabled")),
    });
    Ok(shown)
}

#[cfg(test)]
mod tests;
