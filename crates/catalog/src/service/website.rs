//! Websites of products (`spec/scopes.md` facts 13 and 22).

use std::collections::HashMap;
use std::sync::Arc;

use contract::{Cx, Error, Operation, Result, StoreScope, operation};
use store::Scopes;

use crate::data::product::Product;
use crate::data::website_link::ProductWebsiteLink;
use crate::repo;
use crate::repo::product::ProductRow;
use crate::service::product::find;
use crate::service::product::save::draft::Draft;
use crate::service::product::save::{resave, unable};

/// The operations of this feature.
pub(crate) static OPERATIONS: &[&Operation] = &[&SAVE, &DELETE_BY_ID];

/// By product.
pub(crate) async fn load_many(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<i64>>> {
    let _ = scope;
    let ids: Vec<i64> = products.iter().map(|product| product.id).collect();
    let mut found: HashMap<i64, Vec<i64>> = HashMap::new();
    for (product, website) in repo::product_save::websites(cx.session(), &ids).await? {
        found.entry(product).or_default().push(website);
    }
    Ok(found)
}

/// The websites of a product before and after a save.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) before: Vec<i64>,
    pub(crate) after: Vec<i64>,
}

impl Wanted {
    /// What a save does: the websites sent; for a new product without any, that of the path's store view, or all.
    pub(crate) async fn of(cx: &mut Cx<'_>, draft: &Draft, sent: &Product) -> Result<Self> {
        let scopes = cx.service::<Arc<Scopes>>()?.clone();
        let mut before = Vec::new();
        if !draft.is_new {
            let rows = repo::product_save::websites(cx.session(), &[draft.row.id]).await?;
            before = rows.into_iter().map(|(_, website)| website).collect();
        }
        let mut after = match &sent.extension_attributes.0.website_ids {
            Some(ids) => ids.clone(),
            None if !draft.is_new => before.clone(),
            None if cx.scope().store_id == 0 => scopes.website_ids(),
            None => vec![cx.scope().website_id],
        };
        after.sort_unstable();
        after.dedup();
        Ok(Self { before, after })
    }

    /// Whether all of them exist. Asked after the product's row is written, so that a failed save uses up an id,
    /// as it does in Magento (golden `product.create-ms9`).
    ///
    /// # Errors
    /// There is no such website.
    pub(crate) fn check(&self, cx: &Cx<'_>) -> Result<()> {
        let known = cx.service::<Arc<Scopes>>()?.website_ids();
        if self.after.iter().any(|id| *id != 0 && !known.contains(id)) {
            return Err(unable());
        }
        Ok(())
    }
}

/// Writes what changes.
pub(crate) async fn write(cx: &mut Cx<'_>, product_id: i64, websites: &Wanted) -> Result<()> {
    let without = |list: &[i64], other: &[i64]| -> Vec<i64> {
        list.iter().copied().filter(|id| !other.contains(id)).collect()
    };
    let Wanted { before, after } = websites;
    repo::product_save::remove_websites(cx.session(), product_id, &without(before, after)).await?;
    repo::product_save::add_websites(cx.session(), product_id, &without(after, before)).await
}

/// Assign a product to the website.
#[operation("catalogProductWebsiteLinkRepositoryV1")]
#[route(POST "/V1/products/:sku/websites" => "Magento_Catalog::products")]
#[route(PUT "/V1/products/:sku/websites" => "Magento_Catalog::products")]
pub(crate) async fn save(cx: &mut Cx<'_>, product_website_link: ProductWebsiteLink) -> Result<bool> {
    let website = product_website_link.website_id.unwrap_or_default();
    if website == 0 {
        return Err(Error::invalid("There are not websites for assign to product"));
    }
    let product = find(cx, &product_website_link.sku.unwrap_or_default()).await?;
    if !cx.service::<Arc<Scopes>>()?.website_ids().contains(&website) {
        return Err(
            Error::invalid("Could not assign product \"%1\" to websites \"%2\"")
                .with_next(product.id.to_string())
                .with_next(website),
        );
    }
    resave(cx, &product, &|websites| {
        if !websites.contains(&website) {
            websites.push(website);
        }
    })
    .await?;
    Ok(true)
}

/// Remove the website assignment from the product by product sku.
#[operation("catalogProductWebsiteLinkRepositoryV1")]
#[route(DELETE "/V1/products/:sku/websites/:websiteId" => "Magento_Catalog::products")]
pub(crate) async fn delete_by_id(cx: &mut Cx<'_>, sku: String, website_id: i64) -> Result<bool> {
    let product = find(cx, &sku).await?;
    resave(cx, &product, &|websites| websites.retain(|id| *id != website_id)).await?;
    Ok(true)
}
