//! Discounts that cart rules give; products carry them in carts only.

use contract::DataObject;
use rust_decimal::Decimal;

/// Amounts of a discount.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("sales-rule-data-discount-data-interface")]
pub struct DiscountData {
    /// Amount.
    pub amount: Decimal,
    /// Base amount.
    pub base_amount: Decimal,
    /// Original amount.
    pub original_amount: Decimal,
    /// Base original amount.
    pub base_original_amount: Decimal,
}

/// The discount of a rule.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("sales-rule-data-rule-discount-interface")]
pub struct RuleDiscount {
    /// Amounts.
    pub discount_data: DiscountData,
    /// Rule label.
    pub rule_label: String,
    /// Rule id.
    #[data(key = "rule_i_d")]
    pub rule_id: i64,
}
