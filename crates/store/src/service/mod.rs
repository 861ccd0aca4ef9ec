//! The operations, one file for each of Magento's services.

pub(crate) mod group;
pub(crate) mod module;
pub(crate) mod store_config;
pub(crate) mod store_view;
pub(crate) mod url;
pub(crate) mod website;

use std::sync::Arc;

use contract::{Cx, Result};

use crate::scopes::{Scopes, Snapshot};

/// The store structure that a call works on.
fn snapshot(cx: &Cx<'_>) -> Result<Arc<Snapshot>> {
    Ok(cx.service::<Arc<Scopes>>()?.snapshot())
}
