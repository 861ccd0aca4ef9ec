//! Products in options of bundles.

use contract::{Cx, Error, Result, operation};

use super::{TYPE, find, parts, selections};
use crate::data::bundle::BundleLink;
use crate::repo::bundle as repo;
use crate::repo::product::ProductRow;
use crate::service::product;

/// Lists the products in a bundle, or in one option of it.
#[operation("bundleProductLinkManagementV1", "Products in bundles.")]
#[route(GET "/V1/bundle-products/:productSku/children" => "Magento_Catalog::products")]
pub(crate) async fn get_children(
    cx: &mut Cx<'_>,
    product_sku: String,
    option_id: Option<i64>,
) -> Result<Vec<BundleLink>> {
    let bundle = find(cx, &product_sku).await?;
    let scope = cx.scope().clone();
    let loaded = parts::load(cx, &scope, &[bundle.id]).await?;
    let wanted = loaded
        .iter()
        .filter(|one| option_id.is_none_or(|id| id == one.option.id));
    Ok(wanted
        .flat_map(|one| parts::links(one, parts::price_alone))
        .collect())
}

/// The bundle with this SKU, in the words of the operations that change it.
async fn bundle(cx: &mut Cx<'_>, sku: &str) -> Result<ProductRow> {
    let found = product::find(cx, sku).await?;
    if found.type_id == TYPE {
        return Ok(found);
    }
    Err(Error::invalid("The product with the \"%1\" SKU isn't a bundle product.").with_next(found.sku))
}

/// Adds a product to an option of a bundle.
#[operation("bundleProductLinkManagementV1")]
#[route(POST "/V1/bundle-products/:sku/links/:optionId" => "Magento_Catalog::products")]
pub(crate) async fn add_child_by_product_sku(
    cx: &mut Cx<'_>,
    sku: String,
    option_id: i64,
    linked_product: BundleLink,
) -> Result<i64> {
    let bundle = bundle(cx, &sku).await?;
    if !repo::has_option(cx.session(), bundle.id, option_id).await? {
        let error = Error::invalid("Product with specified sku: \"%1\" does not contain option: \"%2\"");
        return Err(error.with_next(bundle.sku).with_next(option_id));
    }
    let scope = cx.scope().clone();
    let ids = selections::add(cx, &scope, &bundle, option_id, &[linked_product]).await?;
    product::offers_changed(cx, &[bundle.id]).await?;
    Ok(ids.first().copied().unwrap_or_default())
}

/// Changes a product in an option of a bundle.
#[operation("bundleProductLinkManagementV1")]
#[route(PUT "/V1/bundle-products/:sku/links/:id" => "Magento_Catalog::products")]
pub(crate) async fn save_child(cx: &mut Cx<'_>, sku: String, linked_product: BundleLink) -> Result<bool> {
    let bundle = bundle(cx, &sku).await?;
    let scope = cx.scope().clone();
    selections::update(cx, &scope, &bundle, &[linked_product]).await?;
    product::offers_changed(cx, &[bundle.id]).await?;
    Ok(true)
}

/// Takes a product from an option of a bundle.
#[operation("bundleProductLinkManagementV1")]
#[route(
    DELETE "/V1/bundle-products/:sku/options/:optionId/children/:childSku" => "Magento_Catalog::products"
)]
pub(crate) async fn remove_child(
    cx: &mut Cx<'_>,
    sku: String,
    option_id: i64,
    child_sku: String,
) -> Result<bool> {
    let bundle = bundle(cx, &sku).await?;
    let scope = cx.scope().clone();
    selections::remove(cx, &scope, &bundle, option_id, &[&child_sku]).await?;
    product::offers_changed(cx, &[bundle.id]).await?;
    Ok(true)
}
