//! Modules.

use std::sync::Arc;

use contract::{Cx, Result, operation};

use crate::ModuleList;

/// Lists the enabled modules in the order in which Magento loads them.
#[operation("backendModuleServiceV1", "Modules.")]
#[route(GET "/V1/modules" => "Magento_Backend::admin")]
pub(crate) async fn get_modules(cx: &mut Cx<'_>) -> Result<Arc<Vec<String>>> {
    Ok(cx.service::<ModuleList>()?.0.clone())
}
