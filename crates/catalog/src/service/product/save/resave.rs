//! Saving a product as it is, but for its websites: what Magento's website routes do.

use contract::{Cx, Result};
use eav::metadata::BackendType;
use eav::values::Write;

use super::TABLES;
use super::draft::Draft;
use super::values::{Plan, applies};
use crate::data::product::Product;
use crate::repo;
use crate::repo::product::ProductRow;
use crate::service::product::now;
use crate::service::url_rewrite::{self, Change};
use crate::service::{indexer, option, price_index, website};

/// Roles that Magento writes into the store view of a save even when they are the same as the default.
const ROLES: [&str; 3] = ["image", "small_image", "thumbnail"];

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
    let mut writes = roles(&plan);
    if scope.store_id != 0 && websites.after.is_empty() {
        let copied = plan.copies();
        writes.extend(
            copied
                .into_iter()
                .filter(|write| !write.attribute.has_input("media_image")),
        );
    }
    eav::values::save(cx.session(), &TABLES, &writes).await?;
    option::save_again(cx, &scope, product).await?;
    let now = now(cx);
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

/// The roles of pictures in the scope of the save, `no_selection` without a picture (`spec/scopes.md` fact 14).
fn roles<'a>(plan: &Plan<'a>) -> Vec<Write<'a>> {
    let mut writes = Vec::new();
    for attribute in plan.entity.attributes() {
        let wanted = attribute.has_input("media_image")
            && attribute.backend_type != BackendType::Static
            && applies(attribute, plan.type_id, plan.set_id)
            && (attribute.code != "swatch_image" || matches!(plan.type_id, "simple" | "virtual"))
            && plan.values.own(plan.entity_id, attribute.id).is_none();
        let value = plan.values.get(plan.entity_id, attribute.id);
        if !wanted || value.is_some() && !ROLES.contains(&attribute.code.as_str()) {
            continue;
        }
        // In the default scope there is nothing to repeat.
        if plan.scope.store_id == 0 && value.is_some() {
            continue;
        }
        writes.push(Write {
            entity_id: plan.entity_id,
            attribute,
            stores: vec![plan.scope.store_id],
            value: Some(value.unwrap_or("no_selection").to_owned()),
            delete: false,
        });
    }
    writes
}
