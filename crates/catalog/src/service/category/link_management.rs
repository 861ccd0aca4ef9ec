//! The products of a category.

use std::collections::BTreeMap;

use contract::{Cx, Result, operation};
use eav::values;

use super::view::is_set;
use super::{Attributes, TABLES, find, root_of, tree};
use crate::data::category::CategoryProductLink;
use crate::repo::category::CategoryRow;
use crate::repo::category_index::{self as index, View};

/// What is added to the position of a product that is in a category through one below it, and the position of one
/// that is in no category.
const INHERITED: i64 = 10_000;

/// Lists the products of a category as the path's store view shows them; in `all` those that are linked.
#[operation("catalogCategoryLinkManagementV1", "Products of categories.")]
#[route(GET "/V1/categories/:categoryId/products" => "Magento_Catalog::categories", allow_insecure)]
pub(crate) async fn get_assigned_products(
    cx: &mut Cx<'_>,
    category_id: i64,
) -> Result<Vec<CategoryProductLink>> {
    let category = find(cx, category_id).await?;
    let view = tree::view(cx)?;
    let is_anchor = Attributes::of(cx)?.id("is_anchor")?;
    let values = values::load(cx.session(), &TABLES, &[category.id], view.store_id).await?;
    let is_anchor = values.get(category.id, is_anchor).is_some_and(is_set);
    let root = root_of(cx)?;
    let products = if view.store_id == 0 {
        index::of_admin(cx.session(), &category, is_anchor).await?
    } else if category.id == root {
        of_root(cx, &view, &category, is_anchor).await?
    } else if category.ancestors().contains(&root) {
        of_category(cx, &view, &category, is_anchor).await?
    } else {
        Vec::new()
    };
    let link = |(sku, position)| CategoryProductLink {
        sku: Some(sku),
        position: Some(position),
        category_id: category.id.to_string(),
        ..CategoryProductLink::default()
    };
    Ok(products.into_iter().map(link).collect())
}

/// SKU and position of what a category shows: its own products, and as an anchor those of the active categories
/// below it behind them.
async fn of_category(
    cx: &mut Cx<'_>,
    view: &View,
    category: &CategoryRow,
    is_anchor: bool,
) -> Result<Vec<(String, i64)>> {
    let linked = index::products(cx.session(), view, category, is_anchor).await?;
    let mut products: BTreeMap<i64, (String, Option<i64>, i64)> = BTreeMap::new();
    for product in linked {
        let entry = products
            .entry(product.product_id)
            .or_insert_with(|| (product.sku.clone(), None, i64::MAX));
        if product.category_id == category.id {
            entry.1 = Some(product.position);
        } else {
            entry.2 = entry.2.min(product.position);
        }
    }
    Ok(products
        .into_values()
        .map(|(sku, own, inherited)| (sku, own.unwrap_or(inherited.saturating_add(INHERITED))))
        .collect())
}

/// SKU and position of what the root of a store view shows: the products that are in any category, as an anchor
/// all products of the website (golden `get0410`).
async fn of_root(
    cx: &mut Cx<'_>,
    view: &View,
    root: &CategoryRow,
    is_anchor: bool,
) -> Result<Vec<(String, i64)>> {
    let all = index::of_website(cx.session(), view).await?;
    if !is_anchor {
        let linked = all
            .into_iter()
            .filter_map(|(_, sku, position)| Some((sku, position?)));
        return Ok(linked.collect());
    }
    let own = of_category(cx, view, root, true).await?;
    let own: std::collections::HashMap<String, i64> = own.into_iter().collect();
    let position = |sku: &String, any: Option<i64>| own.get(sku).copied().or(any).unwrap_or(INHERITED);
    Ok(all
        .into_iter()
        .map(|(_, sku, any)| {
            let position = position(&sku, any);
            (sku, position)
        })
        .collect())
}
