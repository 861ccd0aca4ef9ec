//! Downloadable products.

use std::collections::HashMap;

use contract::{Cx, Result, StoreScope};

use crate::data::downloadable::{DownloadableLink, DownloadableSample};
use crate::repo::product::ProductRow;

/// By product.
pub(crate) async fn load_links(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<DownloadableLink>>> {
    let _ = (cx, scope, products);
    Ok(HashMap::new())
}

/// What the save of a product with this part does.
pub(crate) async fn replace_links(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    given: Vec<DownloadableLink>,
) -> Result<()> {
    let _ = (cx, scope, product, is_new, given);
    Ok(())
}

/// By product.
pub(crate) async fn load_samples(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<DownloadableSample>>> {
    let _ = (cx, scope, products);
    Ok(HashMap::new())
}

/// What the save of a product with this part does.
pub(crate) async fn replace_samples(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    given: Vec<DownloadableSample>,
) -> Result<()> {
    let _ = (cx, scope, product, is_new, given);
    Ok(())
}
