//! Saving products.

pub(crate) mod date;
pub(crate) mod draft;
mod parts;
pub(crate) mod post;
pub(crate) mod put;
mod resave;
mod sent;
mod validate;
pub(crate) mod values;

pub(crate) use self::resave::{copy_into_view, resave};

use contract::{Cx, Error, Operation, Result};
use eav::values::ValueTables;

use self::draft::Draft;
use self::sent::Sent;
use self::values::Plan;
use crate::data::product::Product;
use crate::repo::product::ProductRow;
use crate::repo::product_save as repo;
use crate::service::product::render::{self, With};
use crate::service::url_rewrite::{self, Change};
use crate::service::{indexer, price_index, website};

#[cfg(test)]
mod tests;

/// The operations of this feature.
pub(crate) static OPERATIONS: &[&Operation] = &[&post::SAVE, &put::SAVE];

/// The value tables of products.
pub(crate) const TABLES: ValueTables = ValueTables::new("catalog_product_entity");

/// Magento's answer to what it cannot store.
pub(crate) fn unable() -> Error {
    Error::invalid("The product was unable to be saved. Please try again.")
}

/// Creates the product, or changes the one with its id or SKU (`spec/scopes.md` facts 13–22). `by_path` when the
/// path names the SKU too.
async fn save(cx: &mut Cx<'_>, sent: Sent, by_path: bool) -> Result<Product> {
    // What is read here decides what is written: nobody may write in between.
    cx.session().begin().await?;
    let scope = cx.scope().clone();
    let metadata = eav::metadata(cx)?;
    let draft = Draft::begin(cx, &sent.product, &metadata).await?;
    let mut plan = Plan::new(cx, &metadata, &draft, &sent.product).await?;
    validate::product(&plan, &draft.row.sku)?;
    plan.complete(cx);
    validate::unique(cx, &plan).await?;
    let websites = website::Wanted::of(cx, &draft, &sent.product).await?;
    let product = write(cx, &draft, &mut plan, &websites).await?;
    websites.check(cx)?;
    website::write(cx, product.id, &websites).await?;
    parts::save(cx, &scope, &product, draft.is_new, &sent.product).await?;
    let (url_key, visibility) = (plan.after("url_key"), plan.after("visibility"));
    let change = Change {
        url_key: plan.before("url_key") != url_key.as_deref(),
        visibility: plan.before("visibility") != visibility.as_deref(),
        new: draft.is_new.then_some((url_key, visibility)),
        before: websites.before,
        after: websites.after,
        keep_history: sent.flag("save_rewrites_history"),
    };
    url_rewrite::product_saved(cx, &scope, &product, &change).await?;
    indexer::products_changed(cx).await?;
    let product = parts::settled(cx, product, &sent.product).await?;
    price_index::refresh_rows(cx, vec![product.clone()], draft.is_new).await?;
    let mut answer = render::one(cx, &scope, product, With::Stock).await?;
    sent.trim(&mut answer, by_path);
    Ok(answer)
}

/// Writes the product's own row and its attribute values.
async fn write(
    cx: &mut Cx<'_>,
    draft: &Draft,
    plan: &mut Plan<'_>,
    websites: &website::Wanted,
) -> Result<ProductRow> {
    let mut row = draft.row.clone();
    match &draft.before {
        Some(before) => repo::update(cx.session(), before, &row).await?,
        None => {
            row.id = repo::insert(cx.session(), &row).await?;
            plan.entity_id = row.id;
        }
    }
    let mut writes = plan.writes()?;
    writes.extend(plan.emptied());
    if !draft.is_new && plan.scope.store_id != 0 && websites.after.is_empty() {
        writes.extend(plan.copies());
    }
    let chosen = match row.type_id.as_str() {
        "configurable" if !draft.is_new => repo::configurable_attributes(cx.session(), row.id).await?,
        _ => Vec::new(),
    };
    writes.extend(plan.without(&chosen));
    eav::values::save(cx.session(), &TABLES, &writes).await?;
    draft.rename_stock(cx, &row).await?;
    Ok(row)
}
