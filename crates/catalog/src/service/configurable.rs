//! Configurable products.

use std::collections::HashMap;

use contract::{Cx, Result, StoreScope};

use crate::data::configurable::ConfigurableOption;
use crate::repo::product::ProductRow;

/// By product.
pub(crate) async fn load_options(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<ConfigurableOption>>> {
    let _ = (cx, scope, products);
    Ok(HashMap::new())
}

/// What the save of a product with this part does.
pub(crate) async fn replace_options(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    given: Vec<ConfigurableOption>,
) -> Result<()> {
    let _ = (cx, scope, product, is_new, given);
    Ok(())
}

/// By product.
pub(crate) async fn load_links(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<i64>>> {
    let _ = (cx, scope, products);
    Ok(HashMap::new())
}

/// What the save of a product with this part does.
pub(crate) async fn replace_links(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    given: Vec<i64>,
) -> Result<()> {
    let _ = (cx, scope, product, is_new, given);
    Ok(())
}
