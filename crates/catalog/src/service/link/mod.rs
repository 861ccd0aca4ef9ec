//! Links between products: related, cross-sell, up-sell and the parts of grouped products. They have no scope
//! (`spec/scopes.md` fact 30), but a store view shows only those parts of a group that its website sells.

mod save;

use std::collections::HashMap;

use contract::{Cx, Error, Extension, Operation, Result, StoreScope, operation};

use crate::data::link::{ProductLink, ProductLinkAttribute, ProductLinkExtension, ProductLinkType};
use crate::repo;
use crate::repo::link::LinkRow;
use crate::repo::product::ProductRow;
use crate::service::product;

pub(crate) use save::replace;

/// The operations of this service.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &GET_ITEMS,
    &GET_ITEM_ATTRIBUTES,
    &GET_LINKED_ITEMS_BY_TYPE,
    &SET_PRODUCT_LINKS,
    &SAVE,
    &DELETE_BY_ID,
];

/// The link type of the parts of grouped products, `catalog_product_link_type.link_type_id`.
const ASSOCIATED: i64 = 3;

/// Ids and names of the link types, in the order in which products list their links (golden `get1314`).
const TYPES: [(i64, &str); 4] = [
    (1, "related"),
    (5, "crosssell"),
    (4, "upsell"),
    (ASSOCIATED, "associated"),
];

fn type_id(name: &str) -> Option<i64> {
    TYPES.iter().find(|(_, known)| *known == name).map(|(id, _)| *id)
}

/// Lists the types of links.
#[operation("catalogProductLinkTypeListV1", "Types of product links.")]
#[route(GET "/V1/products/links/types" => "Magento_Catalog::catalog", allow_insecure)]
pub(crate) async fn get_items(_: &mut Cx<'_>) -> Result<Vec<ProductLinkType>> {
    let types = TYPES.iter().map(|(code, name)| ProductLinkType {
        code: *code,
        name: (*name).to_owned(),
        ..ProductLinkType::default()
    });
    Ok(types.collect())
}

/// Lists the attributes that links of a type have; none for a type that is not known (golden `get1995`).
#[operation("catalogProductLinkTypeListV1")]
#[route(GET "/V1/products/links/:type/attributes" => "Magento_Catalog::catalog", allow_insecure)]
pub(crate) async fn get_item_attributes(
    cx: &mut Cx<'_>,
    r#type: String,
) -> Result<Vec<ProductLinkAttribute>> {
    let Some(type_id) = type_id(&r#type) else {
        return Ok(Vec::new());
    };
    let rows = repo::link::attributes(cx.session(), type_id).await?;
    let attributes = rows.into_iter().map(|(code, data_type)| ProductLinkAttribute {
        code,
        r#type: data_type,
        ..ProductLinkAttribute::default()
    });
    Ok(attributes.collect())
}

/// Lists the links of a type that a product has.
#[operation("catalogProductLinkManagementV1", "Links of products.")]
#[route(GET "/V1/products/:sku/links/:type" => "Magento_Catalog::catalog", allow_insecure)]
pub(crate) async fn get_linked_items_by_type(
    cx: &mut Cx<'_>,
    sku: String,
    r#type: String,
) -> Result<Vec<ProductLink>> {
    let type_id = known_type(&r#type)?;
    let product = product::find(cx, &sku).await?;
    let rows = shown(cx, &product).await?;
    let rows = rows.into_iter().filter(|row| row.type_id == type_id);
    Ok(rows.map(|row| link(&product.sku, row)).collect())
}

/// Adds links to a product, or changes those that are there, and saves the product as it is.
#[operation("catalogProductLinkManagementV1")]
#[route(POST "/V1/products/:sku/links" => "Magento_Catalog::catalog")]
pub(crate) async fn set_product_links(cx: &mut Cx<'_>, sku: String, items: Vec<ProductLink>) -> Result<bool> {
    save::check_types(&items)?;
    let product = product::find(cx, &sku).await?;
    save::add(cx, &product, items).await?;
    Ok(true)
}

/// Saves one link of a product.
#[operation("catalogProductLinkRepositoryV1", "Links of products.")]
#[route(PUT "/V1/products/:sku/links" => "Magento_Catalog::catalog")]
pub(crate) async fn save(cx: &mut Cx<'_>, entity: ProductLink) -> Result<bool> {
    save::one(cx, &entity).await?;
    Ok(true)
}

/// Removes a link of a product.
#[operation("catalogProductLinkRepositoryV1")]
#[route(DELETE "/V1/products/:sku/links/:type/:linkedProductSku" => "Magento_Catalog::catalog")]
pub(crate) async fn delete_by_id(
    cx: &mut Cx<'_>,
    sku: String,
    r#type: String,
    linked_product_sku: String,
) -> Result<bool> {
    let type_id = known_type(&r#type)?;
    let product = product::find(cx, &sku).await?;
    let rows = shown(cx, &product).await?;
    let row = rows
        .iter()
        .find(|row| row.type_id == type_id && row.linked_sku == linked_product_sku);
    let Some(row) = row else {
        return Err(Error::not_found("Product %1 doesn't have linked %2 as %3")
            .with_next(sku)
            .with_next(linked_product_sku)
            .with_next(r#type));
    };
    save::remove(cx, product.id, &[row]).await?;
    Ok(true)
}

fn known_type(name: &str) -> Result<i64> {
    type_id(name).ok_or_else(|| {
        Error::not_found("The \"%1\" link type is unknown. Verify the type and try again.").with_next(name)
    })
}

/// The links of a product that the call's store view shows, in order.
async fn shown(cx: &mut Cx<'_>, product: &ProductRow) -> Result<Vec<LinkRow>> {
    let scope = cx.scope().clone();
    let mut all = load_rows(cx, &scope, std::slice::from_ref(product)).await?;
    Ok(all.remove(&product.id).unwrap_or_default())
}

async fn load_rows(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<LinkRow>>> {
    let ids: Vec<i64> = products.iter().map(|product| product.id).collect();
    let types: HashMap<i64, &str> = products.iter().map(|p| (p.id, p.type_id.as_str())).collect();
    let mut all: HashMap<i64, Vec<LinkRow>> = HashMap::new();
    for row in repo::link::load(cx.session(), &ids, scope.website_id).await? {
        let grouped = types.get(&row.product_id) == Some(&"grouped");
        if is_shown(&row, scope, grouped) {
            all.entry(row.product_id).or_default().push(row);
        }
    }
    for rows in all.values_mut() {
        rows.sort_by_key(|row| (place(row.type_id), row.position.unwrap_or_default(), row.id));
    }
    Ok(all)
}

fn place(type_id: i64) -> Option<usize> {
    TYPES.iter().position(|(known, _)| *known == type_id)
}

/// Parts of a group are shown if the store view's website sells them and nothing has to be chosen for them
/// (goldens `grouped.product.de`, `get1339`); other links always.
fn is_shown(row: &LinkRow, scope: &StoreScope, grouped: bool) -> bool {
    if row.type_id == ASSOCIATED {
        return grouped && !row.must_choose && (scope.store_id == 0 || row.in_website);
    }
    place(row.type_id).is_some()
}

fn link(sku: &str, row: LinkRow) -> ProductLink {
    let name = TYPES
        .iter()
        .find(|(id, _)| *id == row.type_id)
        .map(|(_, name)| *name);
    ProductLink {
        sku: Some(sku.to_owned()),
        link_type: name.map(ToOwned::to_owned),
        linked_product_sku: Some(row.linked_sku),
        linked_product_type: Some(row.linked_type),
        position: Some(row.position.unwrap_or_default()),
        extension_attributes: Extension(ProductLinkExtension { qty: row.qty }),
    }
}

/// The links of products as a store view shows them, in one statement. Products without links are not in the
/// answer.
pub(crate) async fn load_many(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<ProductLink>>> {
    let skus: HashMap<i64, &str> = products.iter().map(|p| (p.id, p.sku.as_str())).collect();
    let all = load_rows(cx, scope, products).await?;
    let links = all.into_iter().map(|(product_id, rows)| {
        let sku = skus.get(&product_id).copied().unwrap_or_default();
        (product_id, rows.into_iter().map(|row| link(sku, row)).collect())
    });
    Ok(links.collect())
}

#[cfg(test)]
mod tests;
