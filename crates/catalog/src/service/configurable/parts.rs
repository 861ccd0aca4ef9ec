//! Options and variations as parts of a product.

use std::collections::{HashMap, HashSet};

use contract::{Cx, Error, Result, StoreScope};

use super::{TYPE, rules};
use crate::data::configurable::{ConfigurableOption, ConfigurableOptionValue};
use crate::repo::configurable::{self as repo, OptionRow};
use crate::repo::product::ProductRow;
use crate::repo::relation;

fn ids(products: &[ProductRow]) -> Vec<i64> {
    let configurable = products.iter().filter(|product| product.type_id == TYPE);
    configurable.map(|product| product.id).collect()
}

/// The options of configurable products, by product; other products are not in the answer. The values of an
/// option are those that the variations have (golden `configurable.create.none`: none without variations).
/// One statement.
pub(crate) async fn load_options(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<ConfigurableOption>>> {
    let ids = ids(products);
    let mut found: HashMap<i64, Vec<ConfigurableOption>> = ids.iter().map(|id| (*id, Vec::new())).collect();
    if ids.is_empty() {
        return Ok(found);
    }
    let metadata = eav::metadata::metadata(cx)?;
    let attributes = metadata.entity_type("catalog_product")?;
    for row in repo::options(cx.session(), &ids, scope.store_id).await? {
        let Some(options) = found.get_mut(&row.product_id) else {
            continue;
        };
        if options.last().and_then(|option| option.id) != Some(row.id) {
            let attribute = attributes.attribute_by_id(row.attribute_id);
            options.push(option(
                &row,
                attribute.and_then(|known| known.frontend_label.clone()),
            ));
        }
        let values = options.last_mut().and_then(|option| option.values.as_mut());
        if let (Some(values), Some(value)) = (values, row.value)
            && !values.iter().any(|known| known.value_index == Some(value))
        {
            values.push(ConfigurableOptionValue {
                value_index: Some(value),
                ..ConfigurableOptionValue::default()
            });
        }
    }
    Ok(found)
}

/// `frontend_label` is the attribute's label in the admin.
fn option(row: &OptionRow, frontend_label: Option<String>) -> ConfigurableOption {
    let of_attribute = row.attribute_label.clone().or(frontend_label);
    let use_default = row.own_use_default.or(row.default_use_default);
    let label = if use_default == Some(true) {
        of_attribute
    } else {
        let own = row.own_label.clone().or_else(|| row.default_label.clone());
        own.or(of_attribute)
    };
    ConfigurableOption {
        id: Some(row.id),
        attribute_id: Some(row.attribute_id.to_string()),
        label,
        position: Some(row.position),
        values: Some(Vec::new()),
        product_id: Some(row.product_id),
        ..ConfigurableOption::default()
    }
}

/// The ids of the variations of configurable products, by product. One statement.
pub(crate) async fn load_links(
    cx: &mut Cx<'_>,
    _: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<i64>>> {
    let ids = ids(products);
    let mut found: HashMap<i64, Vec<i64>> = ids.iter().map(|id| (*id, Vec::new())).collect();
    if ids.is_empty() {
        return Ok(found);
    }
    for (parent, child) in repo::links(cx.session(), &ids, None).await? {
        found.entry(parent).or_default().push(child);
    }
    Ok(found)
}

/// Makes `given` the options of a product: an option whose label and position stay as they are is kept, any
/// other is made anew (which gives it a new id and takes the variations away until they are linked again).
/// An empty list changes nothing.
///
/// # Errors
/// An option lacks attribute, label or values; an attribute is unknown.
pub(crate) async fn replace_options(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    _: bool,
    given: Vec<ConfigurableOption>,
) -> Result<()> {
    if product.type_id != TYPE || given.is_empty() {
        return Ok(());
    }
    let existing = load_options(cx, scope, std::slice::from_ref(product)).await?;
    let existing = existing.into_values().next().unwrap_or_default();
    let same = |old: &ConfigurableOption, new: &ConfigurableOption| {
        old.attribute_id == new.attribute_id
            && old.label == new.label
            && old.position.unwrap_or(0) == new.position.unwrap_or(0)
    };
    let gone = existing
        .iter()
        .filter(|old| !given.iter().any(|new| same(old, new)));
    let gone: Vec<i64> = gone.filter_map(|old| old.id).collect();
    let new: Vec<&ConfigurableOption> = given
        .iter()
        .filter(|new| !existing.iter().any(|old| same(old, new)))
        .collect();
    for option in &new {
        rules::check_new_option(option)?;
        rules::attribute(cx, option.attribute_id.as_deref())?;
    }
    if !gone.is_empty() {
        unlink_all(cx, product.id).await?;
        repo::delete_options(cx.session(), &gone).await?;
    }
    for option in new {
        rules::add_option(cx, product.id, scope, option).await?;
    }
    Ok(())
}

async fn unlink_all(cx: &mut Cx<'_>, product_id: i64) -> Result<()> {
    let linked = repo::linked(cx.session(), product_id).await?;
    repo::delete_links(cx.session(), product_id, &linked).await?;
    relation::delete(cx.session(), product_id, &linked).await
}

/// Makes `given` the variations of a product.
///
/// # Errors
/// A product is unknown, lacks a value of an option's attribute, or has the same values as another one.
pub(crate) async fn replace_links(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    _: bool,
    given: Vec<i64>,
) -> Result<()> {
    if product.type_id != TYPE {
        return Ok(());
    }
    let options = load_options(cx, scope, std::slice::from_ref(product)).await?;
    let options = options.into_values().next().unwrap_or_default();
    rules::check_variations(cx, scope, &options, &given, rules::Ids::Numbers).await?;
    let known = crate::repo::product::by_ids(cx.session(), &given).await?;
    if given.iter().any(|id| !known.iter().any(|row| row.id == *id)) {
        return Err(Error::not_found(
            "The product that was requested doesn't exist. Verify the product and try again.",
        ));
    }
    save_links(cx, product.id, &given).await
}

/// Writes links and relations so that they are `wanted`. Five statements at most.
pub(super) async fn save_links(cx: &mut Cx<'_>, product_id: i64, wanted: &[i64]) -> Result<()> {
    let mut seen = HashSet::new();
    let wanted: Vec<i64> = wanted.iter().copied().filter(|id| seen.insert(*id)).collect();
    let linked = repo::linked(cx.session(), product_id).await?;
    let (new, gone) = difference(&linked, &wanted);
    repo::insert_links(cx.session(), product_id, &new).await?;
    repo::delete_links(cx.session(), product_id, &gone).await?;
    let related = relation::children(cx.session(), product_id).await?;
    let (new, gone) = difference(&related, &wanted);
    relation::insert(cx.session(), product_id, &new).await?;
    relation::delete(cx.session(), product_id, &gone).await
}

/// What is in `wanted` only, and what is in `known` only.
fn difference(known: &[i64], wanted: &[i64]) -> (Vec<i64>, Vec<i64>) {
    let only = |these: &[i64], others: &[i64]| -> Vec<i64> {
        let others: HashSet<i64> = others.iter().copied().collect();
        these.iter().copied().filter(|id| !others.contains(id)).collect()
    };
    (only(wanted, known), only(known, wanted))
}

/// Removes an option and with it all variations, as Magento does.
pub(super) async fn delete_option(cx: &mut Cx<'_>, product_id: i64, option_id: i64) -> Result<()> {
    unlink_all(cx, product_id).await?;
    repo::delete_options(cx.session(), &[option_id]).await
}
