//! The tree of categories: reading it, and moving categories in it.

use contract::{Cx, Error, Result, operation};

use super::{find, root_of, tree};
use crate::data::category::CategoryTree;
use crate::repo;

/// Retrieves the tree of categories: below the named one, or below the root of the path's store group; in `all`
/// the whole tree (`spec/scopes.md` fact 26).
#[operation("catalogCategoryManagementV1", "The tree of categories.")]
#[route(GET "/V1/categories" => "Magento_Catalog::categories")]
pub(crate) async fn get_tree(
    cx: &mut Cx<'_>,
    root_category_id: Option<i64>,
    depth: Option<i64>,
) -> Result<CategoryTree> {
    let root = match root_category_id {
        None if cx.scope().store_id == 0 => repo::category::top(cx.session()).await?,
        None => Some(find(cx, root_of(cx)?).await?),
        Some(id) => Some(find(cx, id).await?),
    };
    let root = root.ok_or_else(|| Error::no_such_entity("id", 1))?;
    tree::load(cx, &root, depth).await
}
