//! Options as a part of a product.

use std::collections::HashMap;

use contract::{Cx, Result, StoreScope};
use rust_decimal::Decimal;

use super::{TYPE, attribute, view};
use crate::data::bundle::{BundleLink, BundleOption};
use crate::repo::bundle::{self as repo, OptionRow, SelectionRow};
use crate::repo::product::ProductRow;

/// An option as stored, with what can be seen of its selections.
pub(super) struct Loaded {
    pub(super) option: OptionRow,
    pub(super) selections: Vec<SelectionRow>,
}

/// The options of bundles in a store view. Two statements.
pub(super) async fn load(cx: &mut Cx<'_>, scope: &StoreScope, parents: &[i64]) -> Result<Vec<Loaded>> {
    if parents.is_empty() {
        return Ok(Vec::new());
    }
    let (price_type, view) = (attribute(cx, "price_type")?, view(cx, scope)?);
    let options = repo::options(cx.session(), parents, scope.store_id, price_type).await?;
    let mut by_option: HashMap<i64, Vec<SelectionRow>> = HashMap::new();
    for selection in repo::selections(cx.session(), parents, view).await? {
        by_option.entry(selection.option_id).or_default().push(selection);
    }
    let loaded = options.into_iter().map(|option| Loaded {
        selections: by_option.remove(&option.id).unwrap_or_default(),
        option,
    });
    Ok(loaded.collect())
}

/// The options of bundles, by product; other products are not in the answer. Two statements.
pub(crate) async fn load_many(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<BundleOption>>> {
    let bundles: HashMap<i64, &ProductRow> = products
        .iter()
        .filter(|product| product.type_id == TYPE)
        .map(|product| (product.id, product))
        .collect();
    let ids: Vec<i64> = bundles.keys().copied().collect();
    let mut found: HashMap<i64, Vec<BundleOption>> = ids.iter().map(|id| (*id, Vec::new())).collect();
    for loaded in load(cx, scope, &ids).await? {
        if let Some(product) = bundles.get(&loaded.option.parent_id) {
            let shown = option(&loaded, &product.sku, price_in_list);
            found.entry(product.id).or_default().push(shown);
        }
    }
    Ok(found)
}

/// The price of a selection where all options are listed: with a dynamic price that of the selection, or the
/// product's own when it has none (goldens `bundle.options-all`, `bundle.options-2.all`).
pub(super) fn price_in_list(option: &OptionRow, selection: &SelectionRow) -> Option<Decimal> {
    if option.fixed_price || selection.price_value > Decimal::ZERO {
        Some(selection.price_value)
    } else {
        selection.product_price
    }
}

/// The price of a selection where one option or the children are asked for: none with a dynamic price (golden
/// `bundle.children`).
pub(super) fn price_alone(option: &OptionRow, selection: &SelectionRow) -> Option<Decimal> {
    option.fixed_price.then_some(selection.price_value)
}

type Price = fn(&OptionRow, &SelectionRow) -> Option<Decimal>;

/// An option as clients see it.
pub(super) fn option(loaded: &Loaded, sku: &str, price: Price) -> BundleOption {
    let option = &loaded.option;
    BundleOption {
        option_id: Some(option.id),
        title: option.own_title.clone().or_else(|| option.default_title.clone()),
        required: Some(option.required),
        r#type: option.kind.clone(),
        position: Some(option.position),
        sku: Some(sku.to_owned()),
        product_links: Some(links(loaded, price)),
        ..BundleOption::default()
    }
}

/// The selections of an option as clients see them.
pub(super) fn links(loaded: &Loaded, price: Price) -> Vec<BundleLink> {
    let option = &loaded.option;
    let link = |selection: &SelectionRow| BundleLink {
        id: Some(selection.id.to_string()),
        sku: Some(selection.sku.clone()),
        option_id: Some(selection.option_id),
        qty: selection.qty,
        position: Some(selection.position),
        is_default: Some(selection.is_default),
        price: price(option, selection),
        price_type: option.fixed_price.then_some(selection.price_type),
        can_change_quantity: Some(selection.can_change_qty),
        ..BundleLink::default()
    };
    loaded.selections.iter().map(link).collect()
}
