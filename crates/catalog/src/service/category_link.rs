//! Categories of products: the parts `category_links` and `category_ids` of a product.

use std::collections::{HashMap, HashSet};

use contract::{Cx, Result, StoreScope};

use crate::data::category_link::CategoryLink;
use crate::repo::product::ProductRow;
use crate::repo::{self, category_link::Places};

/// By product. [`repo::category_link::places`] gives the websites with the same statement.
pub(crate) async fn load_many(
    cx: &mut Cx<'_>,
    _: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<CategoryLink>>> {
    let ids: Vec<i64> = products.iter().map(|product| product.id).collect();
    let places = repo::category_link::places(cx.session(), &ids).await?;
    Ok(places.iter().map(|(id, places)| (*id, links(places))).collect())
}

/// The categories of a product as its data object lists them.
pub(crate) fn links(places: &Places) -> Vec<CategoryLink> {
    let link = |(category, position): &(i64, i64)| CategoryLink {
        position: Some(*position),
        category_id: category.to_string(),
        ..CategoryLink::default()
    };
    places.categories.iter().map(link).collect()
}

/// What the save of a product with `category_links` does: the named categories are added or get the position,
/// others stay; an empty list takes the product out of all. Categories that do not exist are left out.
pub(crate) async fn replace(
    cx: &mut Cx<'_>,
    _: &StoreScope,
    product: &ProductRow,
    _: bool,
    given: Vec<CategoryLink>,
) -> Result<()> {
    let old = current(cx, product.id).await?;
    let mut wanted = if given.is_empty() { Vec::new() } else { old.clone() };
    for link in &given {
        let Ok(category) = link.category_id.trim().parse::<i64>() else {
            continue;
        };
        let position = link.position.unwrap_or_default();
        match wanted.iter_mut().find(|(known, _)| *known == category) {
            Some(known) => known.1 = position,
            None => wanted.push((category, position)),
        }
    }
    apply(cx, product.id, &old, wanted).await
}

/// What the save of a product with the attribute `category_ids` does: the product is in these categories only;
/// positions are kept, new ones are 0.
pub(crate) async fn replace_ids(cx: &mut Cx<'_>, product: &ProductRow, ids: &[i64]) -> Result<()> {
    let old = current(cx, product.id).await?;
    let position = |id: i64| {
        old.iter()
            .find(|(known, _)| *known == id)
            .map_or(0, |link| link.1)
    };
    let mut seen = HashSet::new();
    let wanted = ids.iter().filter(|id| seen.insert(**id));
    let wanted = wanted.map(|id| (*id, position(*id))).collect();
    apply(cx, product.id, &old, wanted).await
}

async fn current(cx: &mut Cx<'_>, product: i64) -> Result<Vec<(i64, i64)>> {
    let mut places = repo::category_link::places(cx.session(), &[product]).await?;
    Ok(places.remove(&product).unwrap_or_default().categories)
}

async fn apply(cx: &mut Cx<'_>, product: i64, old: &[(i64, i64)], wanted: Vec<(i64, i64)>) -> Result<()> {
    let gone: Vec<i64> = old
        .iter()
        .map(|(category, _)| *category)
        .filter(|category| !wanted.iter().any(|(kept, _)| kept == category))
        .collect();
    let mut changed: Vec<(i64, i64)> = wanted;
    changed.retain(|link| !old.contains(link));
    let added: Vec<i64> = changed
        .iter()
        .map(|(category, _)| *category)
        .filter(|category| !old.iter().any(|(known, _)| known == category))
        .collect();
    if !added.is_empty() {
        let known = repo::category::by_ids(cx.session(), &added).await?;
        let known: HashSet<i64> = known.iter().map(|row| row.id).collect();
        changed.retain(|(category, _)| !added.contains(category) || known.contains(category));
    }
    if gone.is_empty() && changed.is_empty() {
        return Ok(());
    }
    repo::category_link::remove(cx.session(), product, &gone).await?;
    let links: Vec<(i64, i64, i64)> = changed
        .iter()
        .map(|(category, position)| (*category, product, *position))
        .collect();
    repo::category_link::put(cx.session(), &links).await?;
    super::category::reindex(cx).await
}
