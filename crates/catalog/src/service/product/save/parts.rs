//! The parts of a product that is saved, in the order in which Magento saves them.

use std::sync::Arc;

use contract::{Cx, Error, Result, StoreScope, Value};

use crate::data::product::Product;
use crate::port::Stock;
use crate::repo;
use crate::repo::product::ProductRow;
use crate::service::{bundle, category_link, configurable, downloadable, link, media, option, tier_price};

/// Saves the parts that were sent.
///
/// # Errors
/// Those of the parts.
pub(crate) async fn save(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    sent: &Product,
) -> Result<()> {
    categories(cx, scope, product, is_new, sent).await?;
    if let Some(entries) = sent.media_gallery_entries.clone() {
        media::replace(cx, scope, product, is_new, entries).await?;
    } else if !is_new {
        media::carry_over(cx, scope, product).await?;
    }
    if let Some(prices) = sent.tier_prices.clone() {
        tier_price::replace(cx, scope, product, is_new, prices).await?;
    }
    match sent.options.clone() {
        Some(options) => option::replace(cx, scope, product, is_new, options).await?,
        None => option::save_again(cx, scope, product).await?,
    }
    of_type(cx, scope, product, is_new, sent).await?;
    if let Some(links) = sent.product_links.clone() {
        link::replace(cx, scope, product, is_new, links).await?;
    }
    let stock = cx.service::<Arc<dyn Stock>>()?.clone();
    let item = sent.extension_attributes.0.stock_item.clone();
    stock.save(cx, scope, product, is_new, item).await
}

/// What only products of one type have.
async fn of_type(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    sent: &Product,
) -> Result<()> {
    let extension = &sent.extension_attributes.0;
    match product.type_id.as_str() {
        "bundle" => match extension.bundle_product_options.clone() {
            Some(options) => bundle::replace(cx, scope, product, is_new, options).await?,
            None => bundle::save_again(cx, scope, product).await?,
        },
        "configurable" => {
            if let Some(options) = extension.configurable_product_options.clone() {
                configurable::replace_options(cx, scope, product, is_new, options).await?;
            }
            if let Some(links) = extension.configurable_product_links.clone() {
                configurable::replace_links(cx, scope, product, is_new, links).await?;
            }
        }
        "downloadable" => {
            if let Some(links) = extension.downloadable_product_links.clone() {
                downloadable::replace_links(cx, scope, product, is_new, links).await?;
            }
            if let Some(samples) = extension.downloadable_product_samples.clone() {
                downloadable::replace_samples(cx, scope, product, is_new, samples).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// `category_ids` names all categories of the product, `category_links` those that come or change.
async fn categories(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    sent: &Product,
) -> Result<()> {
    if let Some(ids) = category_ids(sent) {
        category_link::replace_ids(cx, product, &ids).await?;
    }
    match sent.extension_attributes.0.category_links.clone() {
        Some(links) => category_link::replace(cx, scope, product, is_new, links).await,
        None => Ok(()),
    }
}

/// The custom attribute `category_ids`: a list, or a text with commas.
fn category_ids(sent: &Product) -> Option<Vec<i64>> {
    let attributes = &sent.custom_attributes.0;
    let attribute = attributes
        .iter()
        .find(|attribute| attribute.code == "category_ids")?;
    let id = |value: &Value| wire::php::to_string_cast(value)?.trim().parse().ok();
    match &attribute.value {
        Value::Array(elements) => Some(elements.iter().filter_map(id).collect()),
        Value::Null => None,
        other => {
            let text = wire::php::to_string_cast(other)?;
            Some(text.split(',').filter_map(|id| id.trim().parse().ok()).collect())
        }
    }
}

/// The product's own row once its parts are saved: options change it.
pub(crate) async fn settled(cx: &mut Cx<'_>, product: ProductRow, sent: &Product) -> Result<ProductRow> {
    if sent.options.is_none() && matches!(product.type_id.as_str(), "simple" | "virtual") {
        return Ok(product);
    }
    let row = repo::product::by_ids(cx.session(), &[product.id]).await?.pop();
    row.ok_or_else(|| Error::internal("a product is gone while it is saved"))
}
