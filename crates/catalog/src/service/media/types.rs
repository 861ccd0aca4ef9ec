//! The attributes that are roles of pictures.

use std::sync::Arc;

use contract::{Cx, Extension, Result, operation};
use eav::metadata::Attribute;

use crate::data::attribute::ProductAttribute;
use crate::service::attribute::view;

/// Retrieve the list of media attributes (fronted input type is media_image) assigned to the given attribute set;
/// none for a set that there is not.
#[operation("catalogProductMediaAttributeManagementV1", "Media attributes of products.")]
#[route(GET "/V1/products/media/types/:attributeSetName" => "Magento_Catalog::attributes_attributes", allow_insecure)]
pub(crate) async fn get_list(cx: &mut Cx<'_>, attribute_set_name: String) -> Result<Vec<ProductAttribute>> {
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type("catalog_product")?;
    let is_named = |name: &str| name.to_lowercase() == attribute_set_name.to_lowercase();
    let sets = metadata
        .sets()
        .iter()
        .filter(|set| set.entity_type_id == entity.id);
    let sets: Vec<i64> = sets.filter(|set| is_named(&set.name)).map(|set| set.id).collect();
    let is_role = |attribute: &&Arc<Attribute>| {
        attribute.has_input("media_image") && sets.iter().any(|set| attribute.place(*set).is_some())
    };
    let roles: Vec<&Attribute> = entity
        .attributes()
        .iter()
        .filter(is_role)
        .map(|attribute| &**attribute)
        .collect();
    let mut shown = view::products(cx, &roles).await?;
    for attribute in &mut shown {
        // Unlike single attributes these come without (golden `product.media-types`).
        attribute.extension_attributes = Extension::default();
    }
    Ok(shown)
}
