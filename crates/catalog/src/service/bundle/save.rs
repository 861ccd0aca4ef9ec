//! Writing options.

use contract::{Cx, Error, Result, StoreScope};

use super::{TYPE, attribute, parts, price_website, selections};
use crate::data::bundle::{BundleLink, BundleOption};
use crate::data::saved_id::SavedId;
use crate::repo::bundle::{self as repo, OptionRow};
use crate::repo::product::ProductRow;
use crate::repo::relation;

/// Makes `given` the options of a bundle: those with known ids are changed, those without are added, the others
/// removed. An empty list changes nothing.
///
/// # Errors
/// An option has no title or type, a link does not fit.
pub(crate) async fn replace(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    _: bool,
    given: Vec<BundleOption>,
) -> Result<()> {
    if product.type_id != TYPE || given.is_empty() {
        return Ok(());
    }
    let existing = parts::load(cx, scope, &[product.id]).await?;
    let is_kept = |id: i64| given.iter().any(|option| option.option_id == Some(id));
    let (kept, gone): (Vec<_>, Vec<_>) = existing.iter().partition(|one| is_kept(one.option.id));
    if !gone.is_empty() {
        let ids: Vec<i64> = gone.iter().map(|one| one.option.id).collect();
        repo::delete_options(cx.session(), product.id, &ids).await?;
        let products = |these: &[&parts::Loaded]| -> Vec<i64> {
            let rows = these.iter().flat_map(|one| &one.selections);
            rows.map(|row| row.product_id).collect()
        };
        let (still, unrelated) = (products(&kept), products(&gone));
        let unrelated: Vec<i64> = unrelated.into_iter().filter(|id| !still.contains(id)).collect();
        relation::delete(cx.session(), product.id, &unrelated).await?;
    }
    for mut option in given {
        // An id that is not one of the bundle's makes a new option, as no id does.
        if !existing.iter().any(|one| Some(one.option.id) == option.option_id) {
            option.option_id = None;
        }
        save_option(cx, scope, product, option).await?;
    }
    Ok(())
}

/// Adds an option, or changes the one of the bundle with this id; its id.
///
/// # Errors
/// The option has no title or type, or a link does not fit.
pub(super) async fn save_option(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    option: BundleOption,
) -> Result<SavedId> {
    let price_type = attribute(cx, "price_type")?;
    let existing = match option.option_id {
        Some(id) if id != 0 => {
            let known = repo::options(cx.session(), &[product.id], scope.store_id, price_type).await?;
            known.into_iter().find(|row| row.id == id)
        }
        _ => None,
    };
    match existing {
        Some(row) => update(cx, scope, product, row, option).await,
        None => add(cx, scope, product, option).await,
    }
}

fn filled(text: Option<String>) -> Result<String> {
    text.filter(|text| !text.is_empty())
        .ok_or_else(|| Error::invalid("The option couldn't be saved."))
}

async fn add(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    option: BundleOption,
) -> Result<SavedId> {
    let (title, kind) = (filled(option.title)?, filled(option.r#type)?);
    let (required, position) = (option.required.unwrap_or(false), option.position.unwrap_or(0));
    let id = repo::insert_option(cx.session(), product.id, required, position, &kind).await?;
    let titles = [(id, scope.store_id, title.as_str()), (id, 0, title.as_str())];
    let count = if scope.store_id == 0 { 1 } else { 2 };
    repo::save_titles(cx.session(), product.id, &titles[..count]).await?;
    let links = option.product_links.unwrap_or_default();
    selections::add(cx, scope, product, id, &links).await?;
    Ok(SavedId::Text(id))
}

async fn update(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    mut row: OptionRow,
    option: BundleOption,
) -> Result<SavedId> {
    if let Some(links) = option.product_links {
        update_links(cx, scope, product, row.id, links).await?;
    }
    let known = row.own_title.take().or_else(|| row.default_title.clone());
    let title = filled(option.title.or(known))?;
    row.kind = Some(filled(option.r#type.or(row.kind.take()))?);
    row.required = option.required.unwrap_or(row.required);
    row.position = option.position.unwrap_or(row.position);
    repo::update_option(cx.session(), &row).await?;
    let titles = [
        (row.id, scope.store_id, title.as_str()),
        (row.id, 0, title.as_str()),
    ];
    let has_default = scope.store_id == 0 || row.default_title.is_some();
    let count = if has_default { 1 } else { 2 };
    repo::save_titles(cx.session(), product.id, &titles[..count]).await?;
    Ok(SavedId::Number(row.id))
}

/// Links with ids are changed, links without added, the option's other ones removed.
async fn update_links(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    option_id: i64,
    links: Vec<BundleLink>,
) -> Result<()> {
    let loaded = parts::load(cx, scope, &[product.id]).await?;
    let of_option = loaded.iter().filter(|one| one.option.id == option_id);
    let existing: Vec<(String, String)> = of_option
        .flat_map(|one| &one.selections)
        .map(|row| (row.id.to_string(), row.sku.clone()))
        .collect();
    let has_id = |link: &BundleLink| !matches!(link.id.as_deref(), None | Some("" | "0"));
    let (changed, new): (Vec<_>, Vec<_>) = links.into_iter().partition(has_id);
    selections::update(cx, scope, product, &changed).await?;
    let is_kept = |id: &str| changed.iter().any(|link| link.id.as_deref() == Some(id));
    let gone = existing.iter().filter(|(id, _)| !is_kept(id));
    let gone: Vec<&str> = gone.map(|(_, sku)| sku.as_str()).collect();
    if !gone.is_empty() {
        selections::remove(cx, scope, product, option_id, &gone).await?;
    }
    selections::add(cx, scope, product, option_id, &new).await?;
    Ok(())
}

/// What any save of a bundle does to options that it does not name: titles and prices are written as the store
/// view shows them, so that it keeps them from now on (dump `multistore`: a title of store 3 that nobody set;
/// dump `populated`: prices of products as prices of selections). Five statements at most.
///
/// # Errors
/// The database refuses.
pub(crate) async fn save_again(cx: &mut Cx<'_>, scope: &StoreScope, product: &ProductRow) -> Result<()> {
    if product.type_id != TYPE {
        return Ok(());
    }
    let loaded = parts::load(cx, scope, &[product.id]).await?;
    let mut titles = Vec::with_capacity(loaded.len());
    let mut rows = Vec::new();
    for one in &loaded {
        let title = one.option.own_title.as_deref();
        if let Some(title) = title.or(one.option.default_title.as_deref()) {
            titles.push((one.option.id, scope.store_id, title));
        }
        for selection in &one.selections {
            let mut row = selection.clone();
            row.price_value = parts::price_in_list(&one.option, selection).unwrap_or(row.price_value);
            rows.push(row);
        }
    }
    repo::save_titles(cx.session(), product.id, &titles).await?;
    match price_website(cx, scope) {
        Some(website_id) => repo::save_prices(cx.session(), website_id, &rows).await,
        None => repo::update_selections(cx.session(), &rows).await,
    }
}
