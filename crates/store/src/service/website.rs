//! Websites.

use std::sync::Arc;

use contract::{Cx, Result, operation};

use crate::data::Website;

/// Lists all websites.
#[operation("storeWebsiteRepositoryV1", "Websites.")]
#[route(GET "/V1/store/websites" => "Magento_Backend::store", allow_insecure)]
pub(crate) async fn get_list(cx: &mut Cx<'_>) -> Result<Arc<Vec<Website>>> {
    Ok(super::snapshot(cx)?.websites.clone())
}
