//! What attributes need from the domains whose entities have them.

use contract::{BoxFuture, Cx, Result};

use crate::metadata::AttributeSet;

/// Follows attribute sets (implemented by `catalog`; a service of the process, as `Arc<dyn SetUse>`).
pub trait SetUse: Send + Sync {
    /// A set goes: so do the entities that have it.
    fn set_deleted<'a>(&'a self, cx: &'a mut Cx<'_>, set: &'a AttributeSet) -> BoxFuture<'a, Result<()>>;
}
