//! Reading, saving and deleting categories.

use contract::{Cx, Result, operation};

use super::{find, view};
use crate::data::category::Category;

/// Retrieves a category. `storeId` wins over the path; a store view that is not there has the default values
/// (`spec/scopes.md` fact 26).
#[operation("catalogCategoryRepositoryV1", "Categories.")]
#[route(GET "/V1/categories/:categoryId" => "Magento_Catalog::categories")]
pub(crate) async fn get(cx: &mut Cx<'_>, category_id: i64, store_id: Option<i64>) -> Result<Category> {
    let store_id = store_id.unwrap_or(cx.scope().store_id);
    one(cx, category_id, store_id).await
}

async fn one(cx: &mut Cx<'_>, id: i64, store_id: i64) -> Result<Category> {
    let row = find(cx, id).await?;
    let found = view::load(cx, &[row], store_id).await?.pop();
    Ok(found.unwrap_or_default())
}
