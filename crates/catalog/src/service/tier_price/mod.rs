//! Tier prices.

use std::collections::HashMap;

use contract::{Cx, Result, StoreScope};

use crate::data::tier_price::TierPrice;
use crate::repo::product::ProductRow;

/// By product.
pub(crate) async fn load_many(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<TierPrice>>> {
    let _ = (cx, scope, products);
    Ok(HashMap::new())
}

/// What the save of a product with this part does.
pub(crate) async fn replace(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    given: Vec<TierPrice>,
) -> Result<()> {
    let _ = (cx, scope, product, is_new, given);
    Ok(())
}
