//! Links of downloadable products.

use contract::{Cx, Error, Result, StoreScope, operation};

use super::parts;
use crate::data::downloadable::DownloadableLink;
use crate::data::saved_id::SavedId;
use crate::repo::downloadable as repo;
use crate::service::product;

/// Lists the links of a downloadable product; none for other products.
#[operation("downloadableLinkRepositoryV1", "Links of downloadable products.")]
#[route(GET "/V1/products/:sku/downloadable-links" => "Magento_Downloadable::downloadable")]
pub(crate) async fn get_list(cx: &mut Cx<'_>, sku: String) -> Result<Vec<DownloadableLink>> {
    let found = product::find(cx, &sku).await?;
    let scope = cx.scope().clone();
    parts::links_of(cx, &scope, found.id).await
}

/// Adds a link to a product, or changes one: its title and price for all stores, or for that of the path.
#[operation("downloadableLinkRepositoryV1")]
#[route(POST "/V1/products/:sku/downloadable-links" => "Magento_Downloadable::downloadable")]
#[route(PUT "/V1/products/:sku/downloadable-links/:id" => "Magento_Downloadable::downloadable")]
pub(crate) async fn save(
    cx: &mut Cx<'_>,
    sku: String,
    link: DownloadableLink,
    is_global_scope_content: Option<bool>,
) -> Result<SavedId> {
    let found = product::find(cx, &sku).await?;
    let scope = written_scope(cx, is_global_scope_content);
    let id = parts::save_link(cx, &scope, &found, link).await?;
    product::offers_changed(cx, &[found.id]).await?;
    Ok(SavedId::Text(id))
}

/// Where titles and prices go: by default to all stores.
pub(super) fn written_scope(cx: &Cx<'_>, is_global: Option<bool>) -> StoreScope {
    let mut scope = cx.scope().clone();
    if is_global.unwrap_or(true) {
        (scope.store_id, scope.website_id) = (0, 0);
    }
    scope
}

/// Removes a link.
#[operation("downloadableLinkRepositoryV1")]
#[route(DELETE "/V1/products/downloadable-links/:id" => "Magento_Downloadable::downloadable")]
pub(crate) async fn delete(cx: &mut Cx<'_>, id: i64) -> Result<bool> {
    let Some(found) = repo::link(cx.session(), id).await? else {
        return Err(Error::not_found(
            "No downloadable link with the provided ID was found. Verify the ID and try again.",
        ));
    };
    repo::delete_links(cx.session(), &[id]).await?;
    product::offers_changed(cx, &[found.product_id]).await?;
    Ok(true)
}
