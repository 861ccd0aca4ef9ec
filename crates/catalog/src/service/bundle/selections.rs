//! Writing selections.

use std::collections::HashSet;

use contract::{Cx, Error, Result, StoreScope};

use super::{parts, price_website, view};
use crate::data::bundle::BundleLink;
use crate::repo::bundle::{self as repo, SelectionRow, View};
use crate::repo::product::{self as products, ProductRow};
use crate::repo::relation;

/// All selections of a bundle, hidden ones too, with prices of the default scope. One statement.
async fn all(cx: &mut Cx<'_>, scope: &StoreScope, parent_id: i64) -> Result<Vec<SelectionRow>> {
    let view = View {
        hidden: true,
        price_website: None,
        ..view(cx, scope)?
    };
    repo::selections(cx.session(), &[parent_id], view).await
}

/// The products of links, in their order.
///
/// # Errors
/// A product is unknown (404), or consists of others itself.
async fn products_of(cx: &mut Cx<'_>, links: &[BundleLink]) -> Result<Vec<ProductRow>> {
    let skus: Vec<String> = links.iter().filter_map(|link| link.sku.clone()).collect();
    let known = products::by_skus(cx.session(), &skus).await?;
    let mut found = Vec::with_capacity(links.len());
    for link in links {
        let sku = link.sku.as_deref().unwrap_or_default().trim_end();
        let product = known.iter().find(|row| row.sku == sku).or_else(|| {
            known
                .iter()
                .find(|row| row.sku.to_lowercase() == sku.to_lowercase())
        });
        let Some(product) = product else {
            return Err(Error::not_found(
                "The product that was requested doesn't exist. Verify the product and try again.",
            ));
        };
        if ["bundle", "configurable", "grouped"].contains(&product.type_id.as_str()) {
            return Err(Error::invalid(
                "The bundle product can't contain another composite product.",
            ));
        }
        found.push(product.clone());
    }
    Ok(found)
}

/// Sets what the link says; the rest stays.
fn put(row: &mut SelectionRow, link: &BundleLink, product_id: i64) {
    row.product_id = product_id;
    row.option_id = link.option_id.unwrap_or(row.option_id);
    row.position = link.position.unwrap_or(row.position);
    row.qty = link.qty.or(row.qty);
    row.price_type = link.price_type.unwrap_or(row.price_type);
    row.price_value = link.price.unwrap_or(row.price_value);
    row.can_change_qty = link.can_change_quantity.unwrap_or(row.can_change_qty);
    row.is_default = link.is_default.unwrap_or(row.is_default);
}

/// Adds products to an option of the bundle; the ids of the selections. Prices go to the website of the store
/// view if prices differ by website, and the default price is 0 then (`spec/scopes.md` fact 30).
///
/// # Errors
/// A product is unknown, consists of others, or is in the option already.
pub(super) async fn add(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    parent: &ProductRow,
    option_id: i64,
    links: &[BundleLink],
) -> Result<Vec<i64>> {
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let existing = all(cx, scope, parent.id).await?;
    let children = products_of(cx, links).await?;
    let mut taken: HashSet<i64> = existing
        .iter()
        .filter(|row| row.option_id == option_id)
        .map(|row| row.product_id)
        .collect();
    let website = price_website(cx, scope);
    let mut rows = Vec::with_capacity(links.len());
    for (link, child) in links.iter().zip(&children) {
        if !taken.insert(child.id) {
            let error =
                Error::invalid("Child with specified sku: \"%1\" already assigned to product: \"%2\"");
            let sku = link.sku.as_deref().unwrap_or_default();
            return Err(error.with_next(sku).with_next(parent.sku.as_str()));
        }
        let mut row = new_row(parent.id, child);
        put(&mut row, link, child.id);
        row.option_id = option_id;
        row.id = insert(cx, &row, website.is_some()).await?;
        rows.push(row);
    }
    if let Some(website_id) = website {
        repo::save_prices(cx.session(), website_id, &rows).await?;
    }
    let related: Vec<i64> = children.iter().map(|child| child.id).collect();
    relation::insert(cx.session(), parent.id, &related).await?;
    Ok(rows.iter().map(|row| row.id).collect())
}

fn new_row(parent_id: i64, child: &ProductRow) -> SelectionRow {
    SelectionRow {
        id: 0,
        option_id: 0,
        parent_id,
        product_id: child.id,
        position: 0,
        is_default: false,
        price_type: 0,
        price_value: rust_decimal::Decimal::ZERO,
        qty: None,
        can_change_qty: 0,
        sku: child.sku.clone(),
        product_price: None,
    }
}

async fn insert(cx: &mut Cx<'_>, row: &SelectionRow, price_elsewhere: bool) -> Result<i64> {
    if !price_elsewhere {
        return repo::insert_selection(cx.session(), row).await;
    }
    let without_price = SelectionRow {
        price_type: 0,
        price_value: rust_decimal::Decimal::ZERO,
        ..row.clone()
    };
    repo::insert_selection(cx.session(), &without_price).await
}

/// Changes selections of the bundle by their ids.
///
/// # Errors
/// A link has no id or one that is not the bundle's; its product is unknown or consists of others.
pub(super) async fn update(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    parent: &ProductRow,
    links: &[BundleLink],
) -> Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    let children = products_of(cx, links).await?;
    let existing = all(cx, scope, parent.id).await?;
    let website = price_website(cx, scope);
    let (mut rows, mut prices) = (Vec::new(), Vec::new());
    for (link, child) in links.iter().zip(&children) {
        let id = link
            .id
            .as_deref()
            .filter(|id| !matches!(*id, "" | "0"))
            .ok_or_else(|| {
                Error::invalid("The product link needs an ID field entered. Enter and try again.")
            })?;
        let known = existing.iter().find(|row| row.id.to_string() == id);
        let Some(known) = known else {
            return Err(Error::invalid(
                "The product link with the \"%1\" ID field wasn't found. Verify the ID and try again.",
            )
            .with_next(id));
        };
        let mut row = known.clone();
        put(&mut row, link, child.id);
        if row.option_id != known.option_id
            && !repo::has_option(cx.session(), parent.id, row.option_id).await?
        {
            row.option_id = known.option_id;
        }
        prices.push(row.clone());
        if website.is_some() {
            (row.price_type, row.price_value) = (known.price_type, known.price_value);
        }
        rows.push(row);
    }
    repo::update_selections(cx.session(), &rows).await?;
    if let Some(website_id) = website {
        repo::save_prices(cx.session(), website_id, &prices).await?;
    }
    Ok(())
}

/// Takes the products with these SKUs from an option. As in Magento, selections of the bundle that cannot be
/// seen in the store view go too (the dump `multistore` lacks selection 2).
///
/// # Errors
/// The option holds none of them (404).
pub(super) async fn remove(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    parent: &ProductRow,
    option_id: i64,
    skus: &[&str],
) -> Result<()> {
    let loaded = parts::load(cx, scope, &[parent.id]).await?;
    let visible = loaded.iter().flat_map(|one| &one.selections);
    let is_gone = |row: &SelectionRow| {
        let same = skus.iter().any(|sku| sku.eq_ignore_ascii_case(&row.sku));
        same && row.option_id == option_id
    };
    let (gone, kept): (Vec<_>, Vec<_>) = visible.partition(|row| is_gone(row));
    if gone.is_empty() {
        return Err(Error::not_found(
            "The bundle product doesn't exist. Review your request and try again.",
        ));
    }
    let ids: Vec<i64> = kept.iter().map(|row| row.id).collect();
    repo::keep_selections(cx.session(), parent.id, &ids).await?;
    let still: HashSet<i64> = kept.iter().map(|row| row.product_id).collect();
    let unrelated = gone.iter().map(|row| row.product_id);
    let unrelated: Vec<i64> = unrelated.filter(|id| !still.contains(id)).collect();
    relation::delete(cx.session(), parent.id, &unrelated).await
}
