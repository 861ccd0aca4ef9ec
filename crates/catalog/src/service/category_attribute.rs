//! Attributes of categories.

use contract::search::SearchCriteria;
use contract::{Cx, Operation, Result, operation};
use eav::metadata::Attribute;

use super::attribute::{find, view};
use crate::data::category_attribute::{CategoryAttribute, CategoryAttributeSearchResults};
use crate::repo;

/// The operations of this file.
pub(crate) static OPERATIONS: &[&Operation] = &[&GET_LIST, &GET, &options::GET_ITEMS];

const CATEGORY: &str = "catalog_category";

/// Retrieve all attributes for entity type.
#[operation("catalogCategoryAttributeRepositoryV1", "Attributes of categories.")]
#[route(GET "/V1/categories/attributes" => "Magento_Catalog::attributes_attributes")]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
) -> Result<CategoryAttributeSearchResults> {
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type(CATEGORY)?;
    let columns = repo::attribute::SEARCHED;
    let (ids, total_count) = eav::service::attribute::search(cx, entity, &search_criteria, columns).await?;
    let attributes: Vec<&Attribute> = ids
        .iter()
        .filter_map(|id| entity.attribute_by_id(*id).map(|attribute| &**attribute))
        .collect();
    Ok(CategoryAttributeSearchResults {
        items: view::categories(cx, &attributes).await?,
        search_criteria,
        total_count,
    })
}

/// Retrieve specific attribute.
#[operation("catalogCategoryAttributeRepositoryV1")]
#[route(GET "/V1/categories/attributes/:attributeCode" => "Magento_Catalog::attributes_attributes")]
pub(crate) async fn get(cx: &mut Cx<'_>, attribute_code: String) -> Result<CategoryAttribute> {
    let attribute = find(cx, CATEGORY, &attribute_code)?;
    Ok(view::categories(cx, &[&attribute])
        .await?
        .pop()
        .unwrap_or_default())
}

/// Their options are a service of its own.
pub(crate) mod options {
    use super::{CATEGORY, Cx, Result, find, operation};
    use crate::service::attribute_option;
    use eav::data::attribute::AttributeOption;

    /// Retrieve list of attribute options.
    #[operation(
        "catalogCategoryAttributeOptionManagementV1",
        "Options of category attributes."
    )]
    #[route(
        GET "/V1/categories/attributes/:attributeCode/options" => "Magento_Catalog::attributes_attributes"
    )]
    pub(crate) async fn get_items(cx: &mut Cx<'_>, attribute_code: String) -> Result<Vec<AttributeOption>> {
        let attribute = find(cx, CATEGORY, &attribute_code)?;
        attribute_option::shown(cx, &attribute).await
    }
}
