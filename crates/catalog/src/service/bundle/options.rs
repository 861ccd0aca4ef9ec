//! Options of bundles.

use contract::{Cx, Error, Result, operation};

use super::{find, parts};
use crate::data::bundle::BundleOption;
use crate::repo::bundle as repo;
use crate::service::product;

/// Gets an option of a bundle.
#[operation("bundleProductOptionRepositoryV1", "Options of bundles.")]
#[route(GET "/V1/bundle-products/:sku/options/:optionId" => "Magento_Catalog::products")]
pub(crate) async fn get(cx: &mut Cx<'_>, sku: String, option_id: i64) -> Result<BundleOption> {
    let bundle = find(cx, &sku).await?;
    let scope = cx.scope().clone();
    let loaded = parts::load(cx, &scope, &[bundle.id]).await?;
    let found = loaded.iter().find(|one| one.option.id == option_id);
    let found = found.ok_or_else(|| {
        Error::not_found("The option that was requested doesn't exist. Verify the entity and try again.")
    })?;
    Ok(parts::option(found, &bundle.sku, parts::price_alone))
}

/// Lists the options of a bundle.
#[operation("bundleProductOptionRepositoryV1")]
#[route(GET "/V1/bundle-products/:sku/options/all" => "Magento_Catalog::products")]
pub(crate) async fn get_list(cx: &mut Cx<'_>, sku: String) -> Result<Vec<BundleOption>> {
    let bundle = find(cx, &sku).await?;
    let scope = cx.scope().clone();
    let loaded = parts::load(cx, &scope, &[bundle.id]).await?;
    let shown = loaded
        .iter()
        .map(|one| parts::option(one, &bundle.sku, parts::price_in_list));
    Ok(shown.collect())
}

/// Removes an option of a bundle.
#[operation("bundleProductOptionRepositoryV1")]
#[route(DELETE "/V1/bundle-products/:sku/options/:optionId" => "Magento_Catalog::products")]
pub(crate) async fn delete_by_id(cx: &mut Cx<'_>, sku: String, option_id: i64) -> Result<bool> {
    let bundle = find(cx, &sku).await?;
    repo::delete_options(cx.session(), bundle.id, &[option_id]).await?;
    product::offers_changed(cx, &[bundle.id]).await?;
    Ok(true)
}
