//! Stock items, which the inventory keeps.

use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Extension attributes of a stock item.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-inventory-data-stock-item-extension-interface")]
pub struct StockItemExtension {}

/// The legacy stock item of a product. In requests every member may be absent.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-inventory-data-stock-item-interface")]
pub struct StockItem {
    /// Stock item id.
    pub item_id: Option<i64>,
    /// Product id.
    pub product_id: Option<i64>,
    /// Stock identifier.
    pub stock_id: Option<i64>,
    /// Quantity.
    #[data(required)]
    pub qty: Option<Decimal>,
    /// Stock availability.
    #[data(required)]
    pub is_in_stock: Option<bool>,
    /// Whether quantities may have a fraction.
    #[data(required)]
    pub is_qty_decimal: Option<bool>,
    /// Whether the default message is shown.
    #[data(required)]
    pub show_default_notification_message: Option<bool>,
    /// Whether `min_qty` is the configured one.
    #[data(required)]
    pub use_config_min_qty: Option<bool>,
    /// Quantity at which the product is out of stock.
    #[data(required)]
    pub min_qty: Option<Decimal>,
    /// 1 when `min_sale_qty` is the configured one.
    #[data(required)]
    pub use_config_min_sale_qty: Option<i64>,
    /// Least quantity in a cart.
    #[data(required)]
    pub min_sale_qty: Option<Decimal>,
    /// Whether `max_sale_qty` is the configured one.
    #[data(required)]
    pub use_config_max_sale_qty: Option<bool>,
    /// Most quantity in a cart.
    #[data(required)]
    pub max_sale_qty: Option<Decimal>,
    /// Whether `backorders` is the configured one.
    #[data(required)]
    pub use_config_backorders: Option<bool>,
    /// Backorders: 0 none, 1 allowed, 2 allowed with a note.
    #[data(required)]
    pub backorders: Option<i64>,
    /// Whether `notify_stock_qty` is the configured one.
    #[data(required)]
    pub use_config_notify_stock_qty: Option<bool>,
    /// Quantity below which the stock counts as low.
    #[data(required)]
    pub notify_stock_qty: Option<Decimal>,
    /// Whether `qty_increments` is the configured one.
    #[data(required)]
    pub use_config_qty_increments: Option<bool>,
    /// Steps of quantities.
    #[data(required)]
    pub qty_increments: Option<Decimal>,
    /// Whether `enable_qty_increments` is the configured one.
    #[data(required)]
    pub use_config_enable_qty_inc: Option<bool>,
    /// Whether steps are in force.
    #[data(required)]
    pub enable_qty_increments: Option<bool>,
    /// Whether `manage_stock` is the configured one.
    #[data(required)]
    pub use_config_manage_stock: Option<bool>,
    /// Whether stock is kept.
    #[data(required)]
    pub manage_stock: Option<bool>,
    /// Since when the stock is low, UTC.
    #[data(required)]
    pub low_stock_date: Option<String>,
    /// Whether a package can be divided.
    #[data(required)]
    pub is_decimal_divided: Option<bool>,
    /// 1 when the status was changed by the system.
    #[data(required)]
    pub stock_status_changed_auto: Option<i64>,
    /// Extension attributes.
    pub extension_attributes: Extension<StockItemExtension>,
}
