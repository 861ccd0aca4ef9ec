//! The tree of categories: reading it, and moving categories in it.

use contract::{Cx, Error, Result, operation};

use super::{Attributes, find, moving, root_of, tree};
use crate::data::category::CategoryTree;
use crate::repo;

/// Retrieves the tree of categories: below the named one, or below the root of the path's store group; in `all`
/// the whole tree (`spec/scopes.md` fact 26).
#[operation("catalogCategoryManagementV1", "The tree of categories.")]
#[route(GET "/V1/categories" => "Magento_Catalog::categories", allow_insecure)]
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

/// Moves a category with all below it under another parent: behind `afterId`, or behind the last active category
/// there; 0 puts it first.
#[operation("catalogCategoryManagementV1")]
#[route(PUT "/V1/categories/:categoryId/move" => "Magento_Catalog::categories")]
pub(crate) async fn r#move(
    cx: &mut Cx<'_>,
    category_id: i64,
    parent_id: i64,
    after_id: Option<i64>,
) -> Result<bool> {
    cx.session().begin().await?;
    let category = find(cx, category_id).await?;
    let parent = find(cx, parent_id).await?;
    if parent.ancestors().contains(&category.id) {
        let text = "Operation do not allow to move a parent category to any of children category";
        return Err(Error::invalid(text));
    }
    if parent.id == category.id {
        return Err(Error::invalid("Could not move category"));
    }
    let is_active = Attributes::of(cx)?.id("is_active")?;
    let store_id = cx.scope().store_id;
    let parents = std::slice::from_ref(&parent);
    let siblings = repo::category::active_children(cx.session(), is_active, store_id, parents).await?;
    let last = siblings.last().map(|(_, child)| *child);
    let after = match (after_id, last) {
        (Some(after), Some(last)) if after <= last => Some(after),
        (after, last) => last.or(after),
    };
    moving::run(cx, &category, &parent, after.filter(|id| *id != 0))
        .await
        .map_err(super::failure::Failure::of_move)?;
    Ok(true)
}
