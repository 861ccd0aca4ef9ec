//! Store views.

use std::sync::Arc;

use contract::{Cx, Result, operation};

use crate::data::StoreView;

/// Lists all store views.
#[operation("storeStoreRepositoryV1", "Store views.")]
#[route(GET "/V1/store/storeViews" => "Magento_Backend::store", allow_insecure)]
pub(crate) async fn get_list(cx: &mut Cx<'_>) -> Result<Arc<Vec<StoreView>>> {
    Ok(super::snapshot(cx)?.views.clone())
}
