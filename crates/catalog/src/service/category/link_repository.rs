//! Putting products into categories.

use contract::{Cx, Error, Result, operation};

use super::failure::Failure;
use super::{find, save};
use crate::data::category::CategoryProductLink;
use crate::repo;
use crate::service::product;

/// Assigns a product to a category, or sets its position there.
#[operation("catalogCategoryLinkRepositoryV1", "Assignments of products to categories.")]
#[route(POST "/V1/categories/:categoryId/products" => "Magento_Catalog::categories")]
#[route(PUT "/V1/categories/:categoryId/products" => "Magento_Catalog::categories")]
pub(crate) async fn save(cx: &mut Cx<'_>, product_link: CategoryProductLink) -> Result<bool> {
    cx.session().begin().await?;
    let id = product_link.category_id.trim().parse::<i64>();
    let unknown = || Error::no_such_entity("id", product_link.category_id.as_str());
    let category = match id {
        Ok(id) => repo::category::by_id(cx.session(), id).await?,
        Err(_) => None,
    };
    let category = category.ok_or_else(unknown)?;
    let product = product::find(cx, product_link.sku.as_deref().unwrap_or_default()).await?;
    let position = product_link.position.unwrap_or_default();
    let links = [(category.id, product.id, position)];
    repo::category_link::put(cx.session(), &links).await?;
    let saved = save::save_unchanged(cx, &category).await;
    saved.map_err(|failure| match failure {
        Failure::Refused(_) => {
            Error::invalid("Could not save product \"%1\" with position %2 to category %3")
                .with_next(product.id.to_string())
                .with_next(position)
                .with_next(category.id.to_string())
        }
        Failure::Other(error) => error,
    })?;
    super::reindex(cx).await?;
    Ok(true)
}

/// Removes the product assignment from the category by category id and sku.
#[operation("catalogCategoryLinkRepositoryV1")]
#[route(DELETE "/V1/categories/:categoryId/products/:sku" => "Magento_Catalog::categories")]
pub(crate) async fn delete_by_ids(cx: &mut Cx<'_>, category_id: i64, sku: String) -> Result<bool> {
    cx.session().begin().await?;
    let category = find(cx, category_id).await?;
    let product = product::find(cx, &sku).await?;
    if !repo::category_link::has(cx.session(), category.id, product.id).await? {
        return Err(Error::invalid(
            "The category doesn't contain the specified product.",
        ));
    }
    repo::category_link::remove(cx.session(), product.id, &[category.id]).await?;
    let saved = save::save_unchanged(cx, &category).await;
    saved.map_err(|failure| match failure {
        Failure::Refused(_) => Error::invalid(
            "Could not save product \"%product\" with position %position to category %category",
        )
        .with("product", product.id.to_string())
        .with("position", 0)
        .with("category", category.id.to_string()),
        Failure::Other(error) => error,
    })?;
    super::reindex(cx).await?;
    Ok(true)
}
