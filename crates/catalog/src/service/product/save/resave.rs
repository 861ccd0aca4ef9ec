//! Saving a product as it is, but for its websites: what Magento's website routes do.

use contract::{Cx, Result};

use super::TABLES;
use super::draft::Draft;
use super::values::Plan;
use crate::data::product::Product;
use crate::repo;
use crate::repo::product::ProductRow;
use crate::service::url_rewrite::{self, Change};
use crate::service::{indexer, media, option, price_index, website};

/// Changes the websites of a product and saves it in the path's scope.
///
/// # Errors
/// Those of URL rewrites.
pub(crate) async fn resave(
    cx: &mut Cx<'_>,
    product: &ProductRow,
    change: &(dyn Fn(&mut Vec<i64>) + Send + Sync),
) -> Result<()> {
    let scope = cx.scope().clone();
    let metadata = eav::metadata(cx)?;
    let draft = Draft::of(product.clone());
    let plan = Plan::new(cx, &metadata, &draft, &Product::default()).await?;
    let before = website::load_many(cx, &scope, std::slice::from_ref(product)).await?;
    let before = before.into_values().next().unwrap_or_default();
    let mut after = before.clone();
    change(&mut after);
    let websites = website::Wanted { before, after };
    website::write(cx, product.id, &websites).await?;
    let mut writes = Vec::new();
    if scope.store_id != 0 && websites.after.is_empty() {
        let copied = plan.copies();
        writes.extend(
            copied
                .into_iter()
                .filter(|write| !write.attribute.has_input("media_image")),
        );
    }
    if product.type_id == "configurable" {
        let chosen = repo::product_save::configurable_attributes(cx.session(), product.id).await?;
        writes.extend(plan.without(&chosen));
    }
    eav::values::save(cx.session(), &TABLES, &writes).await?;
    media::resave(cx, &scope, product).await?;
    option::save_again(cx, &scope, product).await?;
    let now = cx.now_text();
    repo::product::touch(cx.session(), &[product.id], &now).await?;
    let change = Change {
        before: websites.before,
        after: websites.after,
        ..Change::default()
    };
    url_rewrite::product_saved(cx, &scope, product, &change).await?;
    indexer::products_changed(cx).await?;
    price_index::refresh(cx, &[product.id]).await
}

/// Writes the values in force into the path's store view, as Magento does there when a product gets its first
/// custom options (dump `populated`, products 2 and 3; dump `multistore`, product 10).
///
/// # Errors
/// The database refuses.
pub(crate) async fn copy_into_view(cx: &mut Cx<'_>, product: &ProductRow) -> Result<()> {
    if cx.scope().store_id == 0 {
        return Ok(());
    }
    let metadata = eav::metadata(cx)?;
    let draft = Draft::of(product.clone());
    let plan = Plan::new(cx, &metadata, &draft, &Product::default()).await?;
    let writes = plan.copies();
    eav::values::save(cx.session(), &TABLES, &writes).await
}
