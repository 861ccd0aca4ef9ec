//! The parts of a product that is saved, in the order in which Magento saves them.

use std::sync::Arc;

use contract::{Cx, Error, Result, StoreScope, Value};

use crate::data::category_link::CategoryLink;
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
    let stock = cx.service::<Arc<dyn Stock>>()?.clone();
    let item = sent.extension_attributes.0.stock_item.clone();
    stock.save(cx, scope, product, is_new, item).await?;
    of_type(cx, scope, product, is_new, sent).await?;
    if let Some(links) = sent.product_links.clone() {
        link::replace(cx, scope, product, is_new, links).await?;
    }
    Ok(())
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
    let links = sent.extension_attributes.0.category_links.clone();
    let Some(ids) = category_ids(sent) else {
        return match links {
            Some(links) => category_link::replace(cx, scope, product, is_new, links).await,
            None => Ok(()),
        };
    };
    let mut present = Vec::new();
    if !is_new {
        present = repo::product_save::categories(cx.session(), product.id).await?;
        if present.iter().any(|id| !ids.contains(id)) {
            repo::product_save::keep_categories(cx.session(), product.id, &ids).await?;
        }
    }
    let mut links = links.unwrap_or_default();
    for id in ids.iter().filter(|id| !present.contains(id)) {
        let category_id = id.to_string();
        if links.iter().all(|link| link.category_id != category_id) {
            links.push(CategoryLink {
                position: Some(0),
                category_id,
                ..CategoryLink::default()
            });
        }
    }
    if links.is_empty() {
        return Ok(());
    }
    category_link::replace(cx, scope, product, is_new, links).await
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

/// The product as it is answered.
pub(crate) async fn answer(cx: &mut Cx<'_>, scope: &StoreScope, id: i64) -> Result<Product> {
    let _ = scope;
    let row = repo::product::by_ids(cx.session(), &[id]).await?.pop();
    let row = row.ok_or_else(|| Error::internal("a product is gone while it is saved"))?;
    Ok(Product {
        id: Some(row.id),
        sku: Some(row.sku),
        ..Product::default()
    })
}
