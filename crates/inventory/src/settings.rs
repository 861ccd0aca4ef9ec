//! The configuration of stock items (`cataloginventory/item_options`), which one place sets for all stores.

use contract::Cx;
use rust_decimal::Decimal;
use serde_json::Value;

/// The group that stands for all groups in `min_sale_qty`.
const ALL_GROUPS: &str = "32000";

/// The group of those who are not logged in, whose values the API shows.
const GUESTS: &str = "0";

/// What items have that use the configuration.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Settings {
    pub(crate) manage_stock: bool,
    pub(crate) backorders: i64,
    pub(crate) min_qty: Decimal,
    pub(crate) min_sale_qty: Decimal,
    pub(crate) max_sale_qty: Decimal,
    pub(crate) notify_stock_qty: Decimal,
    pub(crate) qty_increments: Decimal,
    pub(crate) enable_qty_increments: bool,
}

impl Settings {
    /// As the configuration says now.
    pub(crate) fn read(cx: &Cx<'_>) -> Self {
        let text = |name: &str| cx.config(&format!("cataloginventory/item_options/{name}"));
        let number = |name: &str| text(name).map(|text| decimal(&text)).unwrap_or_default();
        let flag = |name: &str| text(name).is_some_and(|text| !matches!(&*text, "" | "0"));
        Self {
            manage_stock: flag("manage_stock"),
            backorders: text("backorders").and_then(|text| text.parse().ok()).unwrap_or(0),
            min_qty: number("min_qty"),
            min_sale_qty: text("min_sale_qty")
                .map(|text| by_group(&text))
                .unwrap_or_default(),
            max_sale_qty: number("max_sale_qty"),
            notify_stock_qty: number("notify_stock_qty"),
            qty_increments: number("qty_increments"),
            enable_qty_increments: flag("enable_qty_increments"),
        }
    }
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text.trim()).unwrap_or_default()
}

/// One number for all, or a JSON object with one for each customer group.
fn by_group(text: &str) -> Decimal {
    let Ok(Value::Object(groups)) = serde_json::from_str(text) else {
        return decimal(text);
    };
    let of = |group| match groups.get(group)? {
        Value::String(text) => Some(decimal(text)),
        other => Some(decimal(&other.to_string())),
    };
    of(GUESTS).or_else(|| of(ALL_GROUPS)).unwrap_or(Decimal::ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_quantity_may_depend_on_the_group() {
        for (text, expected) in [
            ("1", 1),
            ("3.0", 3),
            ("", 0),
            (r#"{"32000":2}"#, 2),
            (r#"{"1":"5","0":"4"}"#, 4),
            (r#"{"1":5}"#, 1),
        ] {
            assert_eq!(by_group(text), Decimal::from(expected), "{text}");
        }
    }
}
