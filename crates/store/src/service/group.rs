//! Store groups.

use std::sync::Arc;

use contract::{Cx, Result, operation};

use crate::data::Group;

/// Lists all store groups.
#[operation("storeGroupRepositoryV1", "Store groups.")]
#[route(GET "/V1/store/storeGroups" => "Magento_Backend::store", allow_insecure)]
pub(crate) async fn get_list(cx: &mut Cx<'_>) -> Result<Arc<Vec<Group>>> {
    Ok(super::snapshot(cx)?.groups.clone())
}
