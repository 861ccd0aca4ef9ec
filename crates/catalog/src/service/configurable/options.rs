//! Options of configurable products.

use contract::{Cx, Error, Result, operation};

use super::{TYPE, parts, rules};
use crate::data::configurable::ConfigurableOption;
use crate::data::saved_id::SavedId;
use crate::repo::configurable as repo;
use crate::repo::product::ProductRow;
use crate::service::product;

/// The configurable product with this SKU.
async fn find(cx: &mut Cx<'_>, sku: &str) -> Result<ProductRow> {
    let found = product::find(cx, sku).await?;
    if found.type_id == TYPE {
        return Ok(found);
    }
    Err(Error::invalid("This is implemented for the \"%1\" configurable product only.").with_next(sku))
}

async fn list(cx: &mut Cx<'_>, found: &ProductRow) -> Result<Vec<ConfigurableOption>> {
    let scope = cx.scope().clone();
    let mut options = parts::load_options(cx, &scope, std::slice::from_ref(found)).await?;
    Ok(options.remove(&found.id).unwrap_or_default())
}

/// Gets an option of a configurable product.
#[operation("configurableProductOptionRepositoryV1", "Options of configurable products.")]
#[route(GET "/V1/configurable-products/:sku/options/:id" => "Magento_Catalog::products", allow_insecure)]
pub(crate) async fn get(cx: &mut Cx<'_>, sku: String, id: i64) -> Result<ConfigurableOption> {
    let found = find(cx, &sku).await?;
    let mut options = list(cx, &found).await?.into_iter();
    options.find(|option| option.id == Some(id)).ok_or_else(|| {
        Error::not_found(
            "The \"%1\" entity that was requested doesn't exist. Verify the entity and try again.",
        )
        .with_next(id)
    })
}

/// Lists the options of a configurable product.
#[operation("configurableProductOptionRepositoryV1")]
#[route(GET "/V1/configurable-products/:sku/options/all" => "Magento_Catalog::products", allow_insecure)]
pub(crate) async fn get_list(cx: &mut Cx<'_>, sku: String) -> Result<Vec<ConfigurableOption>> {
    let found = find(cx, &sku).await?;
    list(cx, &found).await
}

/// Adds an option to a product, or changes one. A simple product becomes a configurable one.
#[operation("configurableProductOptionRepositoryV1")]
#[route(POST "/V1/configurable-products/:sku/options" => "Magento_Catalog::products")]
#[route(PUT "/V1/configurable-products/:sku/options/:id" => "Magento_Catalog::products")]
pub(crate) async fn save(cx: &mut Cx<'_>, sku: String, option: ConfigurableOption) -> Result<SavedId> {
    match option.id {
        Some(id) if id != 0 => update(cx, &sku, id, option).await,
        _ => add(cx, &sku, option).await,
    }
}

async fn update(cx: &mut Cx<'_>, sku: &str, id: i64, option: ConfigurableOption) -> Result<SavedId> {
    let found = find(cx, sku).await?;
    let owner = repo::option_owner(cx.session(), id).await?;
    let Some((_, attribute_id)) = owner.filter(|(product_id, _)| *product_id == found.id) else {
        return Err(Error::not_found("Option with id \"%1\" not found").with_next(id));
    };
    let attribute_id = match option.attribute_id.as_deref() {
        Some(given) => rules::attribute(cx, Some(given))?.id,
        None => attribute_id,
    };
    let taken = repo::option_of(cx.session(), found.id, attribute_id).await?;
    if taken.is_some_and(|other| other != id) {
        return Err(Error::invalid(
            "An error occurred while saving the option. Please try to save again.",
        ));
    }
    repo::update_option(cx.session(), id, attribute_id, option.position).await?;
    if let Some(label) = &option.label {
        let store_id = cx.scope().store_id;
        repo::save_label(cx.session(), id, store_id, label).await?;
    }
    product::offers_changed(cx, &[found.id]).await?;
    Ok(SavedId::Number(id))
}

async fn add(cx: &mut Cx<'_>, sku: &str, option: ConfigurableOption) -> Result<SavedId> {
    let found = product::find(cx, sku).await?;
    rules::check_new_option(&option)?;
    if !["simple", "virtual", TYPE].contains(&found.type_id.as_str()) {
        return Err(Error::invalid("Incompatible product type"));
    }
    let scope = cx.scope().clone();
    rules::attribute(cx, option.attribute_id.as_deref())?;
    if found.type_id == "simple" {
        repo::make_configurable(cx.session(), found.id).await?;
    }
    let id = rules::add_option(cx, found.id, &scope, &option).await?;
    match found.type_id.as_str() {
        "simple" => product::changed(cx, &[found.id]).await?,
        _ => product::offers_changed(cx, &[found.id]).await?,
    }
    Ok(SavedId::Text(id))
}

/// Removes an option, and with it the links to all variations.
#[operation("configurableProductOptionRepositoryV1")]
#[route(DELETE "/V1/configurable-products/:sku/options/:id" => "Magento_Catalog::products")]
pub(crate) async fn delete_by_id(cx: &mut Cx<'_>, sku: String, id: i64) -> Result<bool> {
    let found = find(cx, &sku).await?;
    let owner = repo::option_owner(cx.session(), id).await?;
    if owner.is_none_or(|(product_id, _)| product_id != found.id) {
        return Err(Error::not_found(
            "The option that was requested doesn't exist. Verify the entity and try again.",
        ));
    }
    parts::delete_option(cx, found.id, id).await?;
    product::offers_changed(cx, &[found.id]).await?;
    Ok(true)
}
