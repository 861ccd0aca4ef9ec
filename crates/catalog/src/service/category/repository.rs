//! Reading, saving and deleting categories.

use std::sync::Arc;

use contract::{Cx, Error, Result, operation};
use store::Scopes;

use super::{design, find, save, view};
use crate::data::category::Category;
use crate::repo;

/// Retrieves a category. `storeId` wins over the path; a store view that is not there has the default values
/// (`spec/scopes.md` fact 26).
#[operation("catalogCategoryRepositoryV1", "Categories.")]
#[route(GET "/V1/categories/:categoryId" => "Magento_Catalog::categories", allow_insecure)]
pub(crate) async fn get(cx: &mut Cx<'_>, category_id: i64, store_id: Option<i64>) -> Result<Category> {
    let store_id = store_id.unwrap_or(cx.scope().store_id);
    one(cx, category_id, store_id).await
}

async fn one(cx: &mut Cx<'_>, id: i64, store_id: i64) -> Result<Category> {
    let row = find(cx, id).await?;
    let found = view::load(cx, &[row], store_id).await?.pop();
    Ok(found.unwrap_or_default())
}

/// Creates a category, or changes the one with the id that was sent. Path, level and parent of one that is there
/// are left as they are.
#[operation("catalogCategoryRepositoryV1")]
#[route(POST "/V1/categories" => "Magento_Catalog::categories")]
#[route(PUT "/V1/categories/:id" => "Magento_Catalog::categories")]
pub(crate) async fn save(cx: &mut Cx<'_>, category: Category) -> Result<Category> {
    design::authorize(cx, &category).await?;
    cx.session().begin().await?;
    let id = match category.id.filter(|id| *id != 0) {
        Some(id) => {
            let row = find(cx, id).await?;
            let saved = save::update(cx, &row, &category).await;
            saved.map(|()| id)
        }
        None => save::create(cx, &category).await,
    };
    let id = id.map_err(super::failure::Failure::of_save)?;
    let store_id = cx.scope().store_id;
    one(cx, id, store_id).await
}

/// Deletes a category with all below it; root categories of store groups stay, and what is above them.
#[operation("catalogCategoryRepositoryV1")]
#[route(DELETE "/V1/categories/:categoryId" => "Magento_Catalog::categories")]
pub(crate) async fn delete_by_identifier(cx: &mut Cx<'_>, category_id: i64) -> Result<bool> {
    cx.session().begin().await?;
    let category = find(cx, category_id).await?;
    let mut gone: Vec<i64> = vec![category.id];
    let below = repo::category::below(cx.session(), &category).await?;
    gone.extend(below.iter().map(|row| row.id));
    let scopes = cx.service::<Arc<Scopes>>()?;
    if gone.iter().any(|id| scopes.is_root_category(*id)) {
        return Err(Error::invalid("Cannot delete category with id %1").with_next(category_id.to_string()));
    }
    let now = cx.now_text();
    let fewer = -i64::try_from(gone.len()).unwrap_or(i64::MAX);
    repo::category::count(cx.session(), &category.ancestors(), fewer, &now).await?;
    repo::category_url::delete_all(cx.session(), &gone).await?;
    repo::category::delete(cx.session(), &gone).await?;
    super::reindex(cx).await?;
    Ok(true)
}
