//! Stock items: `cataloginventory_stock_item`, and the rules that they follow.

use catalog::data::stock_item::StockItem;
use db::{FromRow, Param, Row};
use rust_decimal::Decimal;

use crate::settings::Settings;

/// The only stock that items are kept for; other stocks have sources only.
pub(crate) const DEFAULT_STOCK: i64 = 1;

/// A row of `cataloginventory_stock_item`. What is `None` in a new one gets the default of its column, but counts
/// as 0 until then: a new item manages no stock while it is saved (dumps: new products without stock data have
/// `is_in_stock` 0 and a source item of status 1).
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Item {
    pub(crate) id: Option<i64>,
    pub(crate) product_id: i64,
    pub(crate) stock_id: i64,
    pub(crate) qty: Option<Decimal>,
    pub(crate) min_qty: Option<Decimal>,
    pub(crate) use_config_min_qty: Option<bool>,
    pub(crate) is_qty_decimal: Option<bool>,
    pub(crate) backorders: Option<i64>,
    pub(crate) use_config_backorders: Option<bool>,
    pub(crate) min_sale_qty: Option<Decimal>,
    pub(crate) use_config_min_sale_qty: Option<i64>,
    pub(crate) max_sale_qty: Option<Decimal>,
    pub(crate) use_config_max_sale_qty: Option<bool>,
    pub(crate) is_in_stock: Option<bool>,
    pub(crate) low_stock_date: Option<String>,
    pub(crate) notify_stock_qty: Option<Decimal>,
    pub(crate) use_config_notify_stock_qty: Option<bool>,
    pub(crate) manage_stock: Option<bool>,
    pub(crate) use_config_manage_stock: Option<bool>,
    pub(crate) stock_status_changed_auto: Option<i64>,
    pub(crate) use_config_qty_increments: Option<bool>,
    pub(crate) qty_increments: Option<Decimal>,
    pub(crate) use_config_enable_qty_inc: Option<bool>,
    pub(crate) enable_qty_increments: Option<bool>,
    pub(crate) is_decimal_divided: Option<bool>,
}

/// The columns of [`Item`] in the order of its fields; the first three say which item it is.
pub(crate) const COLUMNS: [&str; 25] = [
    "item_id",
    "product_id",
    "stock_id",
    "qty",
    "min_qty",
    "use_config_min_qty",
    "is_qty_decimal",
    "backorders",
    "use_config_backorders",
    "min_sale_qty",
    "use_config_min_sale_qty",
    "max_sale_qty",
    "use_config_max_sale_qty",
    "is_in_stock",
    "low_stock_date",
    "notify_stock_qty",
    "use_config_notify_stock_qty",
    "manage_stock",
    "use_config_manage_stock",
    "stock_status_changed_auto",
    "use_config_qty_increments",
    "qty_increments",
    "use_config_enable_qty_inc",
    "enable_qty_increments",
    "is_decimal_divided",
];

impl FromRow for Item {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            product_id: row.get(1)?,
            stock_id: row.get(2)?,
            qty: row.get(3)?,
            min_qty: row.get(4)?,
            use_config_min_qty: row.get(5)?,
            is_qty_decimal: row.get(6)?,
            backorders: row.get(7)?,
            use_config_backorders: row.get(8)?,
            min_sale_qty: row.get(9)?,
            use_config_min_sale_qty: row.get(10)?,
            max_sale_qty: row.get(11)?,
            use_config_max_sale_qty: row.get(12)?,
            is_in_stock: row.get(13)?,
            low_stock_date: row.get(14)?,
            notify_stock_qty: row.get(15)?,
            use_config_notify_stock_qty: row.get(16)?,
            manage_stock: row.get(17)?,
            use_config_manage_stock: row.get(18)?,
            stock_status_changed_auto: row.get(19)?,
            use_config_qty_increments: row.get(20)?,
            qty_increments: row.get(21)?,
            use_config_enable_qty_inc: row.get(22)?,
            enable_qty_increments: row.get(23)?,
            is_decimal_divided: row.get(24)?,
        })
    }
}

/// Whether products of a type have quantities, and sources that keep them.
pub(crate) fn has_quantity(type_id: &str) -> bool {
    matches!(type_id, "simple" | "virtual" | "downloadable")
}

/// Whether products of a type consist of others.
pub(crate) fn is_composite(type_id: &str) -> bool {
    matches!(type_id, "bundle" | "configurable" | "grouped")
}

impl Item {
    /// The item of a product that has none yet.
    pub(crate) fn new(product_id: i64) -> Self {
        Self {
            product_id,
            stock_id: DEFAULT_STOCK,
            ..Self::default()
        }
    }

    /// The values of the columns behind the first three; `None` for what was never set.
    pub(crate) fn values(&self) -> [Option<Param>; COLUMNS.len() - 3] {
        fn some<T: Clone + Into<Param>>(value: &Option<T>) -> Option<Param> {
            value.clone().map(Into::into)
        }
        [
            some(&self.qty),
            some(&self.min_qty),
            some(&self.use_config_min_qty),
            some(&self.is_qty_decimal),
            some(&self.backorders),
            some(&self.use_config_backorders),
            some(&self.min_sale_qty),
            some(&self.use_config_min_sale_qty),
            some(&self.max_sale_qty),
            some(&self.use_config_max_sale_qty),
            some(&self.is_in_stock),
            some(&self.low_stock_date),
            some(&self.notify_stock_qty),
            some(&self.use_config_notify_stock_qty),
            some(&self.manage_stock),
            some(&self.use_config_manage_stock),
            some(&self.stock_status_changed_auto),
            some(&self.use_config_qty_increments),
            some(&self.qty_increments),
            some(&self.use_config_enable_qty_inc),
            some(&self.enable_qty_increments),
            some(&self.is_decimal_divided),
        ]
    }

    /// Takes over what a request says.
    pub(crate) fn take(&mut self, given: &StockItem) {
        fn set<T>(field: &mut Option<T>, given: Option<T>) {
            if given.is_some() {
                *field = given;
            }
        }
        set(&mut self.qty, given.qty);
        set(&mut self.min_qty, given.min_qty);
        set(&mut self.use_config_min_qty, given.use_config_min_qty);
        set(&mut self.is_qty_decimal, given.is_qty_decimal);
        set(&mut self.backorders, given.backorders);
        set(&mut self.use_config_backorders, given.use_config_backorders);
        set(&mut self.min_sale_qty, given.min_sale_qty);
        set(&mut self.use_config_min_sale_qty, given.use_config_min_sale_qty);
        set(&mut self.max_sale_qty, given.max_sale_qty);
        set(&mut self.use_config_max_sale_qty, given.use_config_max_sale_qty);
        set(&mut self.is_in_stock, given.is_in_stock);
        set(&mut self.notify_stock_qty, given.notify_stock_qty);
        set(
            &mut self.use_config_notify_stock_qty,
            given.use_config_notify_stock_qty,
        );
        set(&mut self.manage_stock, given.manage_stock);
        set(&mut self.use_config_manage_stock, given.use_config_manage_stock);
        set(
            &mut self.stock_status_changed_auto,
            given.stock_status_changed_auto,
        );
        set(
            &mut self.use_config_qty_increments,
            given.use_config_qty_increments,
        );
        set(&mut self.qty_increments, given.qty_increments);
        set(
            &mut self.use_config_enable_qty_inc,
            given.use_config_enable_qty_inc,
        );
        set(&mut self.enable_qty_increments, given.enable_qty_increments);
        set(&mut self.is_decimal_divided, given.is_decimal_divided);
    }

    /// What a save works out: out of stock when nothing is left, since when the stock is low, and no quantity for
    /// types that have none. `now` is UTC, as columns have it.
    pub(crate) fn settle(&mut self, type_id: &str, settings: &Settings, now: &str) {
        if !has_quantity(type_id) {
            self.qty = Some(Decimal::ZERO);
            return;
        }
        let sold_out = self.qty.is_some_and(|qty| {
            self.resolved_backorders(settings) == 0 && qty <= self.resolved_min_qty(settings)
        });
        let closed = self.manages(settings) && sold_out;
        if closed {
            self.is_in_stock = Some(false);
        }
        self.stock_status_changed_auto = Some(closed.into());
        let low = self.qty.unwrap_or_default() < self.resolved_notify_qty(settings);
        self.low_stock_date = low.then(|| now.to_owned());
    }

    /// Whether stock is kept.
    pub(crate) fn manages(&self, settings: &Settings) -> bool {
        pick(
            self.use_config_manage_stock,
            settings.manage_stock,
            self.manage_stock,
        )
    }

    /// Whether the product can be had; always when no stock is kept.
    pub(crate) fn in_stock(&self, settings: &Settings) -> bool {
        !self.manages(settings) || self.is_in_stock.unwrap_or_default()
    }

    pub(crate) fn resolved_backorders(&self, settings: &Settings) -> i64 {
        pick(self.use_config_backorders, settings.backorders, self.backorders)
    }

    pub(crate) fn resolved_min_qty(&self, settings: &Settings) -> Decimal {
        pick(self.use_config_min_qty, settings.min_qty, self.min_qty)
    }

    fn resolved_notify_qty(&self, settings: &Settings) -> Decimal {
        pick(
            self.use_config_notify_stock_qty,
            settings.notify_stock_qty,
            self.notify_stock_qty,
        )
    }

    fn resolved_increments(&self, settings: &Settings) -> (bool, Decimal) {
        let enabled = pick(
            self.use_config_enable_qty_inc,
            settings.enable_qty_increments,
            self.enable_qty_increments,
        );
        let steps = pick(
            self.use_config_qty_increments,
            settings.qty_increments,
            self.qty_increments,
        );
        let steps = if enabled {
            steps.max(Decimal::ZERO)
        } else {
            Decimal::ZERO
        };
        (enabled, steps)
    }

    /// As the API shows it, with what the configuration fills in.
    pub(crate) fn show(self, settings: &Settings) -> StockItem {
        let (enable_qty_increments, qty_increments) = self.resolved_increments(settings);
        let use_config_min_sale_qty = self.use_config_min_sale_qty.unwrap_or_default();
        StockItem {
            item_id: self.id,
            product_id: Some(self.product_id),
            stock_id: Some(self.stock_id),
            qty: self.qty,
            is_in_stock: Some(self.in_stock(settings)),
            is_qty_decimal: shown(self.is_qty_decimal),
            show_default_notification_message: Some(false),
            use_config_min_qty: shown(self.use_config_min_qty),
            min_qty: Some(self.resolved_min_qty(settings)),
            use_config_min_sale_qty: Some(use_config_min_sale_qty),
            min_sale_qty: Some(pick(
                Some(use_config_min_sale_qty != 0),
                settings.min_sale_qty,
                self.min_sale_qty,
            )),
            use_config_max_sale_qty: shown(self.use_config_max_sale_qty),
            max_sale_qty: Some(pick(
                self.use_config_max_sale_qty,
                settings.max_sale_qty,
                self.max_sale_qty,
            )),
            use_config_backorders: shown(self.use_config_backorders),
            backorders: Some(self.resolved_backorders(settings)),
            use_config_notify_stock_qty: shown(self.use_config_notify_stock_qty),
            notify_stock_qty: Some(self.resolved_notify_qty(settings)),
            use_config_qty_increments: shown(self.use_config_qty_increments),
            qty_increments: Some(qty_increments),
            use_config_enable_qty_inc: shown(self.use_config_enable_qty_inc),
            enable_qty_increments: Some(enable_qty_increments),
            use_config_manage_stock: shown(self.use_config_manage_stock),
            manage_stock: Some(self.manages(settings)),
            is_decimal_divided: shown(self.is_decimal_divided),
            stock_status_changed_auto: Some(self.stock_status_changed_auto.unwrap_or_default()),
            low_stock_date: self.low_stock_date,
            ..StockItem::default()
        }
    }
}

fn shown(flag: Option<bool>) -> Option<bool> {
    Some(flag.unwrap_or_default())
}

/// The configured value, or the item's own.
fn pick<T: Default>(use_config: Option<bool>, configured: T, own: Option<T>) -> T {
    if use_config.unwrap_or_default() {
        configured
    } else {
        own.unwrap_or_default()
    }
}
