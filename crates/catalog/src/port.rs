//! What the catalog needs from domains above it.

use std::collections::HashMap;

use contract::{BoxFuture, Cx, Result, StoreScope};

use crate::data::stock_item::StockItem;
use crate::repo::product::ProductRow;

/// The stock of products (implemented by `inventory`; a service of the process, as `Arc<dyn Stock>`).
pub trait Stock: Send + Sync {
    /// The stock items of the products, with what the configuration fills in. One statement.
    fn load_many<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        scope: &'a StoreScope,
        products: &'a [ProductRow],
    ) -> BoxFuture<'a, Result<HashMap<i64, StockItem>>>;

    /// Follows the save of a product, with the stock item that was sent, if any.
    fn save<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        scope: &'a StoreScope,
        product: &'a ProductRow,
        is_new: bool,
        given: Option<StockItem>,
    ) -> BoxFuture<'a, Result<()>>;

    /// Follows a change of SKU.
    fn rename<'a>(&'a self, cx: &'a mut Cx<'_>, from: &'a str, to: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Follows the removal of a product; rows that the database removes by itself may be gone.
    fn delete<'a>(&'a self, cx: &'a mut Cx<'_>, product: &'a ProductRow) -> BoxFuture<'a, Result<()>>;
}
