//! Categories: the tree, the categories in it, and their products.

mod counts;
mod design;
mod draft;
mod failure;
mod link_management;
mod link_repository;
mod list;
mod management;
mod moving;
mod repository;
mod rewrites;
mod save;
#[cfg(test)]
mod tests;
mod tree;
mod urls;
mod view;

use std::sync::Arc;

use contract::{Cx, Error, Operation, Result};
use eav::metadata::{EntityType, Metadata};
use eav::values::ValueTables;
use store::Scopes;

use crate::repo;
use crate::repo::category::CategoryRow;

/// The operations on categories.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &management::GET_TREE,
    &management::MOVE,
    &repository::GET,
    &repository::SAVE,
    &repository::DELETE_BY_IDENTIFIER,
    &list::GET_LIST,
    &link_management::GET_ASSIGNED_PRODUCTS,
    &link_repository::SAVE,
    &link_repository::DELETE_BY_IDS,
];

/// Where values of categories stand.
const TABLES: ValueTables = ValueTables::new("catalog_category_entity");

/// The attributes of categories.
struct Attributes(Arc<Metadata>);

impl Attributes {
    fn of(cx: &Cx<'_>) -> Result<Self> {
        Ok(Self(eav::metadata(cx)?))
    }

    fn entity(&self) -> Result<&EntityType> {
        self.0.entity_type("catalog_category")
    }

    /// The id of an attribute that every Magento has.
    fn id(&self, code: &str) -> Result<i64> {
        let found = self.entity()?.attribute(code);
        let missing = || Error::internal(format!("categories have no attribute {code}"));
        Ok(found.ok_or_else(missing)?.id)
    }
}

/// The category with this id.
///
/// # Errors
/// Magento's 404 when there is none.
async fn find(cx: &mut Cx<'_>, id: i64) -> Result<CategoryRow> {
    let found = repo::category::by_id(cx.session(), id).await?;
    found.ok_or_else(|| Error::no_such_entity("id", id))
}

/// What depends on the tree and on the products in it. With the products of a category, searches change too.
const INDEXERS: &[&str] = &[
    "catalog_category_product",
    "catalog_product_category",
    "catalogsearch_fulltext",
];

/// Marks what Magento must index again (DESIGN §1).
pub(crate) async fn reindex(cx: &mut Cx<'_>) -> Result<()> {
    let now = cx.now_text();
    repo::indexer::invalidate(cx.session(), INDEXERS, &now).await
}

/// The root category of the call's store view; 0 in the admin store, where no category has that id.
fn root_of(cx: &Cx<'_>) -> Result<i64> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    Ok(scopes.root_category(cx.scope().group_id).unwrap_or_default())
}
