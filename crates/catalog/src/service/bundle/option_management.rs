//! Saving options of bundles.

use contract::{Cx, Result, operation};

use super::{find, save};
use crate::data::bundle::BundleOption;
use crate::data::saved_id::SavedId;
use crate::service::product;

/// Adds an option to the bundle that it names by SKU, or changes one of its options.
#[operation("bundleProductOptionManagementV1", "Saving options of bundles.")]
#[route(POST "/V1/bundle-products/options/add" => "Magento_Catalog::products")]
#[route(PUT "/V1/bundle-products/options/:optionId" => "Magento_Catalog::products")]
pub(crate) async fn save(cx: &mut Cx<'_>, option: BundleOption) -> Result<SavedId> {
    let sku = option.sku.clone().unwrap_or_default();
    let bundle = find(cx, &sku).await?;
    let scope = cx.scope().clone();
    let id = save::save_option(cx, &scope, &bundle, option).await?;
    save::save_again(cx, &scope, &bundle).await?;
    product::save::resave(cx, &bundle, &|_| {}).await?;
    Ok(id)
}
