//! Custom options (`spec/scopes.md` fact 29).

mod rules;
mod save;

use std::collections::HashMap;

use contract::{Cx, Error, Operation, Result, StoreScope, operation};

use crate::data::option::{CustomOption, CustomOptionType};
use crate::repo;
use crate::repo::option::OptionRow;
use crate::repo::product::ProductRow;
use crate::service::product;

pub(crate) use save::{replace, save_again};

/// The operations of this service.
pub(crate) static OPERATIONS: &[&Operation] = &[&GET_ITEMS, &GET_LIST, &GET, &SAVE, &DELETE_BY_IDENTIFIER];

/// Lists the types that custom options can have.
#[operation("catalogProductCustomOptionTypeListV1", "Types of custom options.")]
#[route(GET "/V1/products/options/types" => "Magento_Catalog::catalog")]
pub(crate) async fn get_items(_: &mut Cx<'_>) -> Result<Vec<CustomOptionType>> {
    let types = rules::TYPES.iter().map(|kind| CustomOptionType {
        label: kind.label.to_owned(),
        code: kind.code.to_owned(),
        group: kind.group.label().to_owned(),
        ..CustomOptionType::default()
    });
    Ok(types.collect())
}

/// Lists the custom options of a product.
#[operation("catalogProductCustomOptionRepositoryV1", "Custom options of products.")]
#[route(GET "/V1/products/:sku/options" => "Magento_Catalog::catalog", allow_insecure)]
pub(crate) async fn get_list(cx: &mut Cx<'_>, sku: String) -> Result<Vec<CustomOption>> {
    let product = product::find(cx, &sku).await?;
    load_one(cx, &product).await
}

/// Gives one custom option of a product.
#[operation("catalogProductCustomOptionRepositoryV1")]
#[route(GET "/V1/products/:sku/options/:optionId" => "Magento_Catalog::catalog", allow_insecure)]
pub(crate) async fn get(cx: &mut Cx<'_>, sku: String, option_id: i64) -> Result<CustomOption> {
    let product = product::find(cx, &sku).await?;
    let options = load_one(cx, &product).await?;
    let option = options
        .into_iter()
        .find(|option| option.option_id == Some(option_id));
    option.ok_or_else(|| Error::no_such_entity("optionId", option_id))
}

/// Saves a custom option: a new one, or the one with the id given.
#[operation("catalogProductCustomOptionRepositoryV1")]
#[route(POST "/V1/products/options" => "Magento_Catalog::catalog")]
#[route(PUT "/V1/products/options/:optionId" => "Magento_Catalog::catalog")]
pub(crate) async fn save(cx: &mut Cx<'_>, option: CustomOption) -> Result<CustomOption> {
    let product = product::find(cx, rules::product_sku(&option)?).await?;
    let scope = cx.scope().clone();
    let required = option.is_require == Some(true);
    let saved = save::save_one(cx, &scope, &product, option).await?;
    if save::raise_flags(cx, &product, required).await? {
        product::save::copy_into_view(cx, &product).await?;
        product::changed(cx, &[product.id]).await?;
    } else {
        product::offers_changed(cx, &[product.id]).await?;
    }
    Ok(saved)
}

/// Removes a custom option of a product. The product still counts as one with options, as in Magento
/// (golden `options.delete` and the database after it).
#[operation("catalogProductCustomOptionRepositoryV1")]
#[route(DELETE "/V1/products/:sku/options/:optionId" => "Magento_Catalog::catalog")]
pub(crate) async fn delete_by_identifier(cx: &mut Cx<'_>, sku: String, option_id: i64) -> Result<bool> {
    let product = product::find(cx, &sku).await?;
    repo::option::lock(cx.session(), product.id).await?;
    let options = load_one(cx, &product).await?;
    if !options.iter().any(|option| option.option_id == Some(option_id)) {
        return Err(Error::no_such_entity("optionId", option_id));
    }
    repo::option::delete_options(cx.session(), &[option_id]).await?;
    product::offers_changed(cx, &[product.id]).await?;
    Ok(true)
}

async fn load_one(cx: &mut Cx<'_>, product: &ProductRow) -> Result<Vec<CustomOption>> {
    let scope = cx.scope().clone();
    let mut all = load_many(cx, &scope, std::slice::from_ref(product)).await?;
    Ok(all.remove(&product.id).unwrap_or_default())
}

/// The options of products as a store view shows them, in one statement. Products without options are not in the
/// answer.
pub(crate) async fn load_many(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<CustomOption>>> {
    let ids: Vec<i64> = products.iter().map(|product| product.id).collect();
    let rows = repo::option::load(cx.session(), &ids, scope.store_id).await?;
    let skus: HashMap<i64, &str> = products.iter().map(|p| (p.id, p.sku.as_str())).collect();
    let mut options: HashMap<i64, CustomOption> = HashMap::new();
    let mut owners: Vec<(i64, i64)> = Vec::new();
    for OptionRow {
        product_id,
        option,
        value,
        ..
    } in rows.into_iter().filter(|row| row.is_shown)
    {
        let id = option.option_id.unwrap_or_default();
        let option = options.entry(id).or_insert_with(|| {
            owners.push((product_id, id));
            let product_sku = skus.get(&product_id).map(|sku| (*sku).to_owned());
            CustomOption {
                product_sku,
                ..option
            }
        });
        if let Some(value) = value {
            option.values.get_or_insert_default().push(value);
        }
    }
    let mut all: HashMap<i64, Vec<CustomOption>> = HashMap::new();
    for (product_id, id) in owners {
        let Some(mut option) = options.remove(&id) else {
            continue;
        };
        if let Some(values) = &mut option.values {
            values.sort_by_cached_key(|v| (v.sort_order, folded(v.title.as_ref()), v.option_type_id));
        }
        all.entry(product_id).or_default().push(option);
    }
    for options in all.values_mut() {
        options.sort_by_cached_key(|o| (o.sort_order, folded(o.title.as_ref()), o.option_id));
    }
    Ok(all)
}

/// A title for sorting: letter case does not matter.
fn folded(title: Option<&String>) -> Option<String> {
    title.map(|title| title.to_lowercase())
}

#[cfg(test)]
mod tests;
