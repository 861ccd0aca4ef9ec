//! Links and samples as parts of a product, and how they are saved.

use std::collections::HashMap;
use std::sync::Arc;

use contract::port::Stores as _;
use contract::{Cx, Error, Result, StoreScope};
use rust_decimal::Decimal;
use store::Scopes;

use super::TYPE;
use super::content::{self, Offer, Place};
use crate::data::downloadable::{DownloadableLink, DownloadableSample};
use crate::repo::downloadable::{self as repo, LinkRow, SampleRow, ScopedLink};
use crate::repo::product::ProductRow;

fn ids(products: &[ProductRow]) -> Vec<i64> {
    let downloadable = products.iter().filter(|product| product.type_id == TYPE);
    downloadable.map(|product| product.id).collect()
}

/// The links of downloadable products, by product; other products are not in the answer. One statement.
pub(crate) async fn load_links(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<DownloadableLink>>> {
    let ids = ids(products);
    let mut found: HashMap<i64, Vec<DownloadableLink>> = ids.iter().map(|id| (*id, Vec::new())).collect();
    if ids.is_empty() {
        return Ok(found);
    }
    for row in repo::links(cx.session(), &ids, scope.store_id, scope.website_id).await? {
        found.entry(row.link.product_id).or_default().push(link(row));
    }
    Ok(found)
}

/// The links of one product, of whatever type.
pub(super) async fn links_of(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product_id: i64,
) -> Result<Vec<DownloadableLink>> {
    let rows = repo::links(cx.session(), &[product_id], scope.store_id, scope.website_id).await?;
    Ok(rows.into_iter().map(link).collect())
}

fn link(row: ScopedLink) -> DownloadableLink {
    let ScopedLink { link, title, price } = row;
    DownloadableLink {
        id: Some(link.id),
        title,
        sort_order: Some(link.sort_order),
        is_shareable: Some(link.is_shareable),
        price,
        number_of_downloads: link.number_of_downloads,
        link_type: link.kind,
        link_file: link.file,
        link_url: link.url,
        sample_type: link.sample_kind,
        sample_file: link.sample_file,
        sample_url: link.sample_url,
        ..DownloadableLink::default()
    }
}

/// The samples of downloadable products, by product; other products are not in the answer. One statement.
pub(crate) async fn load_samples(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<DownloadableSample>>> {
    let ids = ids(products);
    let mut found: HashMap<i64, Vec<DownloadableSample>> = ids.iter().map(|id| (*id, Vec::new())).collect();
    if ids.is_empty() {
        return Ok(found);
    }
    for row in repo::samples(cx.session(), &ids, scope.store_id).await? {
        found.entry(row.product_id).or_default().push(sample(row));
    }
    Ok(found)
}

/// The samples of one product, of whatever type.
pub(super) async fn samples_of(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product_id: i64,
) -> Result<Vec<DownloadableSample>> {
    let rows = repo::samples(cx.session(), &[product_id], scope.store_id).await?;
    Ok(rows.into_iter().map(sample).collect())
}

fn sample(row: SampleRow) -> DownloadableSample {
    DownloadableSample {
        id: Some(row.id),
        title: row.title,
        sort_order: Some(row.sort_order),
        sample_type: row.kind,
        sample_file: row.file,
        sample_url: row.url,
        ..DownloadableSample::default()
    }
}

/// Makes `given` the links of a downloadable product: those with ids are changed, those without added, the
/// others removed. Titles and prices are those of `scope`.
///
/// # Errors
/// Those of [`save_link`].
pub(crate) async fn replace_links(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    given: Vec<DownloadableLink>,
) -> Result<()> {
    if product.type_id != TYPE {
        return Ok(());
    }
    let old = repo::links(cx.session(), &[product.id], scope.store_id, scope.website_id).await?;
    let kept: Vec<i64> = given.iter().filter_map(|link| link.id).collect();
    for mut link in given {
        if is_new {
            link.id = None;
        }
        save_link(cx, scope, product, link).await?;
    }
    let gone = old.iter().map(|row| row.link.id).filter(|id| !kept.contains(id));
    let gone: Vec<i64> = gone.collect();
    repo::delete_links(cx.session(), &gone).await
}

/// As [`replace_links`], of samples.
///
/// # Errors
/// Those of [`save_sample`].
pub(crate) async fn replace_samples(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    given: Vec<DownloadableSample>,
) -> Result<()> {
    if product.type_id != TYPE {
        return Ok(());
    }
    let old = repo::samples(cx.session(), &[product.id], scope.store_id).await?;
    let kept: Vec<i64> = given.iter().filter_map(|sample| sample.id).collect();
    for mut sample in given {
        if is_new {
            sample.id = None;
        }
        save_sample(cx, scope, product, sample).await?;
    }
    let gone = old.iter().map(|row| row.id).filter(|id| !kept.contains(id));
    let gone: Vec<i64> = gone.collect();
    repo::delete_samples(cx.session(), &gone).await
}

/// Adds a link, or changes the one with its id; the id. `scope` is where title and price go: store 0 for all.
///
/// # Errors
/// The product is not downloadable; the link is not the product's; what it says is missing or wrong.
pub(super) async fn save_link(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    given: DownloadableLink,
) -> Result<i64> {
    let existing = match given.id {
        Some(id) => Some(existing_link(cx, product, id).await?),
        None => {
            check_type(product)?;
            None
        }
    };
    check_link(cx, &given).await?;
    if given.title.as_deref().is_none_or(blank) && (existing.is_none() || scope.store_id == 0) {
        return Err(Error::invalid(
            "The link title is empty. Enter the link title and try again.",
        ));
    }
    let is_new = existing.is_none();
    let mut row = existing.unwrap_or_default();
    row.product_id = product.id;
    fill_link(cx, &mut row, &given).await?;
    if is_new {
        row.id = repo::insert_link(cx.session(), &row).await?;
    } else {
        repo::update_link(cx.session(), &row).await?;
    }
    let title = given.title.as_deref();
    repo::save_link_title(cx.session(), row.id, scope.store_id, title).await?;
    let price = given.price.unwrap_or_default();
    repo::save_price(cx.session(), row.id, scope.website_id, price).await?;
    if is_new && scope.website_id == 0 {
        spread_price(cx, product.id, row.id, price).await?;
    }
    Ok(row.id)
}

/// What PHP takes for nothing.
fn blank(text: &str) -> bool {
    matches!(text, "" | "0")
}

fn check_type(product: &ProductRow) -> Result<()> {
    if product.type_id == TYPE {
        return Ok(());
    }
    Err(Error::invalid(
        "The product needs to be the downloadable type. Verify the product and try again.",
    ))
}

async fn existing_link(cx: &mut Cx<'_>, product: &ProductRow, id: i64) -> Result<LinkRow> {
    let found = repo::link(cx.session(), id).await?.ok_or_else(|| {
        Error::not_found("No downloadable link with the provided ID was found. Verify the ID and try again.")
    })?;
    if found.product_id != product.id {
        return Err(Error::invalid(
            "The downloadable link isn't related to the product. Verify the link and try again.",
        ));
    }
    Ok(found)
}

async fn check_link(cx: &Cx<'_>, given: &DownloadableLink) -> Result<()> {
    let is_type = |kind: &str| ["url", "file"].contains(&kind);
    let kind = given.link_type.as_deref().unwrap_or_default();
    if !is_type(kind) {
        return Err(Error::invalid("The link type is invalid. Verify and try again."));
    }
    if given.sample_type.as_deref().is_some_and(|kind| !is_type(kind)) {
        return Err(Error::invalid(
            "The link sample type is invalid. Verify and try again.",
        ));
    }
    if given.price.is_none_or(|price| price < Decimal::ZERO) {
        return Err(Error::invalid("Link price must have numeric positive value."));
    }
    if given.number_of_downloads.is_none_or(|number| number < 0) {
        return Err(Error::invalid("Number of downloads must be a positive integer."));
    }
    if given.sort_order.is_none_or(|order| order < 0) {
        return Err(Error::invalid("Sort order must be a positive integer."));
    }
    let offer = Offer {
        place: Place::Link,
        kind,
        url: given.link_url.as_deref(),
        file: given.link_file.as_deref(),
        content: given.link_file_content.as_ref(),
    };
    offer.check(cx).await?;
    let Some(kind) = given.sample_type.as_deref() else {
        return Ok(());
    };
    let sample = Offer {
        place: Place::LinkSample,
        kind,
        url: given.sample_url.as_deref(),
        file: given.sample_file.as_deref(),
        content: given.sample_file_content.as_ref(),
    };
    sample.check(cx).await
}

async fn fill_link(cx: &mut Cx<'_>, row: &mut LinkRow, given: &DownloadableLink) -> Result<()> {
    row.sort_order = given.sort_order.unwrap_or_default();
    row.number_of_downloads = given.number_of_downloads;
    row.is_shareable = given.is_shareable.unwrap_or_default();
    row.kind.clone_from(&given.link_type);
    if given.link_type.as_deref() == Some("url") {
        row.url.clone_from(&given.link_url);
    } else if let Some(content) = &given.link_file_content {
        row.file = Some(content::keep(cx, Place::Link, content).await?);
    } else {
        row.file.clone_from(&given.link_file);
    }
    match given.sample_type.as_deref() {
        None => return Ok(()),
        Some("url") => row.sample_url.clone_from(&given.sample_url),
        Some(_) => match &given.sample_file_content {
            Some(content) => row.sample_file = Some(content::keep(cx, Place::LinkSample, content).await?),
            None => row.sample_file.clone_from(&given.sample_file),
        },
    }
    row.sample_kind.clone_from(&given.sample_type);
    Ok(())
}

/// Gives a new link its price in websites with another base currency, by the rate (`spec/scopes.md` fact 30).
async fn spread_price(cx: &mut Cx<'_>, product_id: i64, link_id: i64, price: Decimal) -> Result<()> {
    if cx.default_config("catalog/price/scope").as_deref() != Some("1") {
        return Ok(());
    }
    let base = cx.default_config("currency/options/base");
    let base = base.as_deref().unwrap_or_default();
    let scopes = cx.service::<Arc<Scopes>>()?.clone();
    let rates = directory::rates(cx.session(), base).await?;
    let mut prices = Vec::new();
    for website in repo::websites(cx.session(), product_id).await? {
        let view = scopes.default_store(website).and_then(|id| scopes.view(id));
        let Some(currency) = view.and_then(|view| scopes.config("currency/options/base", &view)) else {
            continue;
        };
        if *currency == *base {
            continue;
        }
        let rate = rates
            .iter()
            .find(|(to, _)| **to == *currency)
            .map(|(_, rate)| *rate);
        prices.push((
            website,
            price * rate.filter(|rate| !rate.is_zero()).unwrap_or(Decimal::ONE),
        ));
    }
    repo::insert_prices(cx.session(), link_id, &prices).await
}

/// Adds a sample, or changes the one with its id; the id. `scope` is where the title goes: store 0 for all.
///
/// # Errors
/// The product is not downloadable; the sample is not the product's; what it says is missing or wrong.
pub(super) async fn save_sample(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    given: DownloadableSample,
) -> Result<i64> {
    let existing = match given.id.filter(|id| *id != 0) {
        Some(id) => Some(existing_sample(cx, product, id).await?),
        None => {
            check_type(product)?;
            None
        }
    };
    check_sample(cx, &given).await?;
    if given.title.as_deref().is_none_or(blank) && (existing.is_none() || scope.store_id == 0) {
        return Err(Error::invalid(
            "The sample title is empty. Enter the title and try again.",
        ));
    }
    let is_new = existing.is_none();
    let mut row = existing.unwrap_or_default();
    row.product_id = product.id;
    row.sort_order = given.sort_order.unwrap_or_default();
    row.kind.clone_from(&given.sample_type);
    if given.sample_type.as_deref() == Some("url") {
        row.url.clone_from(&given.sample_url);
    } else if let Some(content) = &given.sample_file_content {
        row.file = Some(content::keep(cx, Place::Sample, content).await?);
    } else {
        row.file.clone_from(&given.sample_file);
    }
    if is_new {
        row.id = repo::insert_sample(cx.session(), &row).await?;
    } else {
        repo::update_sample(cx.session(), &row).await?;
    }
    let title = given.title.as_deref();
    repo::save_sample_title(cx.session(), row.id, scope.store_id, title).await?;
    Ok(row.id)
}

async fn existing_sample(cx: &mut Cx<'_>, product: &ProductRow, id: i64) -> Result<SampleRow> {
    let found = repo::sample(cx.session(), id).await?.ok_or_else(|| {
        Error::not_found(
            "No downloadable sample with the provided ID was found. Verify the ID and try again.",
        )
    })?;
    if found.product_id != product.id {
        return Err(Error::invalid(
            "The downloadable sample isn't related to the product. Verify the link and try again.",
        ));
    }
    Ok(found)
}

async fn check_sample(cx: &Cx<'_>, given: &DownloadableSample) -> Result<()> {
    let kind = given.sample_type.as_deref().unwrap_or_default();
    if !["url", "file"].contains(&kind) {
        return Err(Error::invalid(
            "The sample type is invalid. Verify the sample type and try again.",
        ));
    }
    if given.sort_order.is_none_or(|order| order < 0) {
        return Err(Error::invalid("Sort order must be a positive integer."));
    }
    let offer = Offer {
        place: Place::Sample,
        kind,
        url: given.sample_url.as_deref(),
        file: given.sample_file.as_deref(),
        content: given.sample_file_content.as_ref(),
    };
    offer.check(cx).await
}
