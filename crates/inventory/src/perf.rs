//! Stock of products for measurements.

use contract::Result;
use db::Session;

use crate::repo;

/// A hundred or so of each product (id and SKU), in the default source. The caller commits.
///
/// # Errors
/// The database refuses.
pub async fn stock(session: &mut Session, products: &[(i64, String)]) -> Result<()> {
    repo::perf::insert(session, products).await
}
