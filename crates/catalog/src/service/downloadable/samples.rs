//! Samples of downloadable products.

use contract::{Cx, Error, Result, operation};

use super::{links, parts};
use crate::data::downloadable::DownloadableSample;
use crate::data::saved_id::SavedId;
use crate::repo::downloadable as repo;
use crate::service::{indexer, product};

/// Lists the samples of a downloadable product; none for other products.
#[operation("downloadableSampleRepositoryV1", "Samples of downloadable products.")]
#[route(GET "/V1/products/:sku/downloadable-links/samples" => "Magento_Downloadable::downloadable")]
pub(crate) async fn get_list(cx: &mut Cx<'_>, sku: String) -> Result<Vec<DownloadableSample>> {
    let found = product::find(cx, &sku).await?;
    let scope = cx.scope().clone();
    parts::samples_of(cx, &scope, found.id).await
}

/// Adds a sample to a product, or changes one: its title for all stores, or for that of the path.
#[operation("downloadableSampleRepositoryV1")]
#[route(POST "/V1/products/:sku/downloadable-links/samples" => "Magento_Downloadable::downloadable")]
#[route(PUT "/V1/products/:sku/downloadable-links/samples/:id" => "Magento_Downloadable::downloadable")]
pub(crate) async fn save(
    cx: &mut Cx<'_>,
    sku: String,
    sample: DownloadableSample,
    is_global_scope_content: Option<bool>,
) -> Result<SavedId> {
    let found = product::find(cx, &sku).await?;
    let scope = links::written_scope(cx, is_global_scope_content);
    let id = parts::save_sample(cx, &scope, &found, sample).await?;
    indexer::products_changed(cx).await?;
    Ok(SavedId::Text(id))
}

/// Removes a sample.
#[operation("downloadableSampleRepositoryV1")]
#[route(DELETE "/V1/products/downloadable-links/samples/:id" => "Magento_Downloadable::downloadable")]
pub(crate) async fn delete(cx: &mut Cx<'_>, id: i64) -> Result<bool> {
    if repo::sample(cx.session(), id).await?.is_none() {
        return Err(Error::not_found(
            "No downloadable sample with the provided ID was found. Verify the ID and try again.",
        ));
    }
    repo::delete_samples(cx.session(), &[id]).await?;
    indexer::products_changed(cx).await?;
    Ok(true)
}
