//! Writing links between products.

use std::collections::{HashMap, HashSet};

use contract::{Cx, Error, Kind, Result, StoreScope};

use super::{ASSOCIATED, TYPES, load_rows, type_id};
use crate::data::link::ProductLink;
use crate::repo;
use crate::repo::link::{LinkRow, NewLink};
use crate::repo::product::ProductRow;
use crate::service::product;

fn invalid_data() -> Error {
    Error::invalid("The linked products data is invalid. Verify the data and try again.")
}

/// What the save of a product with `product_links` in its body does: links of all types that are not given are
/// removed. The links belong to this product, whatever their `sku` says.
///
/// # Errors
/// A linked product that does not exist (404); a link without SKU or of an unknown type.
pub(crate) async fn replace(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    given: Vec<ProductLink>,
) -> Result<()> {
    let linked = linked_products(cx, &given).await?;
    let mut links = Vec::with_capacity(given.len());
    for link in &given {
        let sku = link.linked_product_sku.as_deref().unwrap_or_default();
        let Some(id) = linked.get(&folded(sku)) else {
            return Err(Error::not_found("The Product with the \"%1\" SKU doesn't exist.").with_next(sku));
        };
        links.push((link, *id));
    }
    let links = new_links(&links)?;
    let rows = if is_new {
        HashMap::new()
    } else {
        load_rows(cx, scope, std::slice::from_ref(product)).await?
    };
    let kept: HashSet<(i64, i64)> = links.iter().map(|link| (link.type_id, link.linked_id)).collect();
    let old = rows.values().flatten();
    let gone: Vec<&LinkRow> = old
        .filter(|row| !kept.contains(&(row.type_id, row.linked_id)))
        .collect();
    remove(cx, product.id, &gone).await?;
    write(cx, product.id, &links).await
}

/// Checks the types of links before anything else is looked at.
///
/// # Errors
/// No links at all; a link without a type, or of one that is not known (404).
pub(super) fn check_types(items: &[ProductLink]) -> Result<()> {
    if items.is_empty() {
        return Err(
            Error::invalid("Invalid value of \"%value\" provided for the %fieldName field.")
                .with("fieldName", "items")
                .with("value", "empty array"),
        );
    }
    for item in items {
        match item.link_type.as_deref() {
            None | Some("") => return Err(Error::required(["linkType"])),
            Some(name) if type_id(name).is_none() => {
                return Err(Error::not_found(
                    "The \"%1\" link type wasn't found. Verify the type and try again.",
                )
                .with_next(name));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Adds links to those that the product has; a link that is there already is changed.
///
/// # Errors
/// Anything that is wrong with a link.
pub(super) async fn add(cx: &mut Cx<'_>, product: &ProductRow, items: Vec<ProductLink>) -> Result<()> {
    let scope = cx.scope().clone();
    let existing = super::load_many(cx, &scope, std::slice::from_ref(product)).await?;
    let mut all = existing.into_values().next().unwrap_or_default();
    all.extend(items);
    let saved = async {
        replace(cx, &scope, product, false, all).await?;
        product::save::resave(cx, product, &|_| {}).await
    };
    saved.await.map_err(|error| match error.kind() {
        Kind::Invalid | Kind::NotFound => invalid_data(),
        _ => error,
    })
}

/// Saves one link, of the product that it names.
///
/// # Errors
/// A SKU is missing or unknown (404); an unknown type; a position that does not fit.
pub(super) async fn one(cx: &mut Cx<'_>, link: &ProductLink) -> Result<()> {
    let sku = parent_sku(link)?;
    let linked_sku = link.linked_product_sku.as_deref().unwrap_or_default();
    if linked_sku.is_empty() {
        return Err(Error::invalid(
            "The linked product SKU is invalid. Verify the data and try again.",
        ));
    }
    let linked = product::find(cx, linked_sku).await?;
    let product = product::find(cx, sku).await?;
    let type_id = link
        .link_type
        .as_deref()
        .and_then(type_id)
        .ok_or_else(invalid_data)?;
    let link = new_link(link, type_id, linked.id);
    write(cx, product.id, &[link]).await
}

fn parent_sku(link: &ProductLink) -> Result<&str> {
    link.sku.as_deref().filter(|sku| !sku.is_empty()).ok_or_else(|| {
        Error::invalid(
            "The parent product SKU is required for linking child products. \
             Please ensure the parent product SKU is provided and try again.",
        )
    })
}

/// The ids of the linked products by SKU, in one statement unless there are very many.
async fn linked_products(cx: &mut Cx<'_>, links: &[ProductLink]) -> Result<HashMap<String, i64>> {
    let skus = links.iter().filter_map(|link| link.linked_product_sku.clone());
    let mut skus: Vec<String> = skus.collect();
    skus.sort_unstable();
    skus.dedup();
    let mut ids = HashMap::new();
    for skus in skus.chunks(5_000) {
        let rows = repo::product::by_skus(cx.session(), skus).await?;
        ids.extend(rows.into_iter().map(|row| (folded(&row.sku), row.id)));
    }
    Ok(ids)
}

/// A SKU for comparing as its column does: letter case and trailing spaces do not matter.
fn folded(sku: &str) -> String {
    sku.trim_end_matches(' ').to_lowercase()
}

fn new_link(link: &ProductLink, type_id: i64, linked_id: i64) -> NewLink {
    NewLink {
        type_id,
        linked_id,
        position: link.position,
        qty: link.extension_attributes.0.qty,
    }
}

/// The links with their types and positions. If one of a type has no position, all of it are numbered as they
/// stand.
fn new_links(links: &[(&ProductLink, i64)]) -> Result<Vec<NewLink>> {
    let mut all = Vec::with_capacity(links.len());
    for (link, linked_id) in links {
        parent_sku(link)?;
        let type_id = link
            .link_type
            .as_deref()
            .and_then(type_id)
            .ok_or_else(invalid_data)?;
        all.push(new_link(link, type_id, *linked_id));
    }
    for (type_id, _) in TYPES {
        let mut of_type: Vec<&mut NewLink> = all.iter_mut().filter(|l| l.type_id == type_id).collect();
        if of_type.iter().any(|link| link.position.is_none()) {
            for (position, link) in (1..).zip(&mut of_type) {
                link.position = Some(position);
            }
        }
    }
    Ok(all)
}

/// Writes links and notes the parts of grouped products.
async fn write(cx: &mut Cx<'_>, product_id: i64, links: &[NewLink]) -> Result<()> {
    let saved = repo::link::save(cx.session(), product_id, links).await;
    saved.map_err(|error| match error.kind() {
        // A position or quantity that does not fit its column.
        Kind::Invalid => invalid_data(),
        _ => error,
    })?;
    let parts = links.iter().filter(|link| link.type_id == ASSOCIATED);
    let parts: Vec<i64> = parts.map(|link| link.linked_id).collect();
    repo::link::add_parts(cx.session(), product_id, &parts).await
}

/// Removes links, and parts of grouped products with them.
pub(super) async fn remove(cx: &mut Cx<'_>, product_id: i64, rows: &[&LinkRow]) -> Result<()> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    repo::link::delete(cx.session(), &ids).await?;
    let parts = rows.iter().filter(|row| row.type_id == ASSOCIATED);
    let parts: Vec<i64> = parts.map(|row| row.linked_id).collect();
    repo::link::remove_parts(cx.session(), product_id, &parts).await
}
