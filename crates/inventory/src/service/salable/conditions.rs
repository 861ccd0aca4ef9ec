//! The conditions, in the order in which they count.

use catalog::ProductRow;
use contract::{Error, Result};
use rust_decimal::Decimal;

use super::{Facts, no_such_product};
use crate::data::salable::SalabilityError;
use crate::item::{DEFAULT_STOCK, Item, has_quantity};
use crate::service::status::has_parts;

/// The part of a step that two quantities may be apart and still be equal.
const STEP_PRECISION: i64 = 10_000;

impl Facts {
    /// Whether any of a product can be sold; false when there is no such product.
    ///
    /// # Errors
    /// The stock has no index.
    pub(crate) fn is_salable(&self, sku: &str) -> Result<bool> {
        let Some(product) = self.product(sku) else {
            return Ok(false);
        };
        let item = self.item(product);
        if !has_quantity(&product.type_id) {
            if !item.in_stock(&self.settings) {
                return Ok(false);
            }
        } else if !self.is_assigned(product) || !self.is_offered(product, &item) {
            return Ok(false);
        }
        if self.is_endless(&item) || !item.manages(&self.settings) {
            return Ok(true);
        }
        let Some((_, sold)) = self.data(product)? else {
            return Ok(false);
        };
        if has_quantity(&product.type_id) {
            return Ok(self.left(product, &item) > Decimal::ZERO);
        }
        Ok(sold && (product.type_id != "bundle" || self.has_parts(product)?))
    }

    /// How many of a product can be sold. Less than none when more is promised than there is.
    ///
    /// # Errors
    /// There is no such product, it only consists of others, or the stock has no index.
    pub(crate) fn quantity(&self, sku: &str) -> Result<Decimal> {
        let product = self.with_quantity(sku)?;
        let Some((qty, true)) = self.data(product)? else {
            return Ok(Decimal::ZERO);
        };
        if !self.is_assigned(product) {
            return Err(Error::invalid(
                "The requested sku is not assigned to given stock.",
            ));
        }
        Ok(qty + self.reserved(product) - self.item(product).resolved_min_qty(&self.settings))
    }

    /// Why a quantity of a product cannot be sold; nothing when it can.
    ///
    /// # Errors
    /// There is no such product, it only consists of others, or the stock has no index.
    pub(crate) fn objections(&self, sku: &str, qty: Decimal) -> Result<Vec<SalabilityError>> {
        let product = self.with_quantity(sku)?;
        let item = self.item(product);
        if !self.is_assigned(product) {
            return Ok(vec![objection(
                "requested-sku-is-not-assigned-to-given-stock",
                "The requested sku is not assigned to given stock.",
            )]);
        }
        let mut errors: Vec<SalabilityError> = self.wrong_quantity(&item, qty).into_iter().collect();
        if !self.is_offered(product, &item) {
            errors.push(objection(
                "is_any_source_item_in_stock-no_source_items_in_stock",
                "There are no source items with the in stock status",
            ));
        }
        if !errors.is_empty() || self.is_endless(&item) || !item.manages(&self.settings) {
            return Ok(errors);
        }
        let lacking = match self.data(product)? {
            None => objection(
                "is_salable_with_reservations-no_data",
                "The requested sku is not assigned to given stock",
            ),
            Some(_) if self.left(product, &item).trunc_with_scale(4) < qty.trunc_with_scale(4) => objection(
                "is_salable_with_reservations-not_enough_qty",
                "The requested qty is not available",
            ),
            Some(_) => return Ok(Vec::new()),
        };
        Ok(vec![
            objection("back_order-disabled", "Backorders are disabled"),
            objection("manage_stock-enabled", "Manage stock is enabled"),
            lacking,
        ])
    }

    /// The product, if it has quantities.
    fn with_quantity(&self, sku: &str) -> Result<&ProductRow> {
        let product = self.product(sku).ok_or_else(no_such_product)?;
        if !has_quantity(&product.type_id) {
            return Err(Error::invalid(
                "Can't check requested quantity for products without Source Items support.",
            ));
        }
        Ok(product)
    }

    /// Whether a source of the stock knows the product; the default stock need not know it.
    fn is_assigned(&self, product: &ProductRow) -> bool {
        self.stock_id == DEFAULT_STOCK || self.held(product).is_some()
    }

    /// Whether a source offers it, if stock is kept of it.
    fn is_offered(&self, product: &ProductRow, item: &Item) -> bool {
        !item.manages(&self.settings) || self.held(product).is_some_and(|held| held.offered)
    }

    fn is_endless(&self, item: &Item) -> bool {
        item.resolved_backorders(&self.settings) != 0
            && item.resolved_min_qty(&self.settings) >= Decimal::ZERO
    }

    /// What sources offer, less what is promised and what must be left.
    fn left(&self, product: &ProductRow, item: &Item) -> Decimal {
        let offered = self.held(product).unwrap_or_default().quantity;
        offered + self.reserved(product) - item.resolved_min_qty(&self.settings)
    }

    /// Whether enough of a bundle's parts can be sold.
    fn has_parts(&self, bundle: &ProductRow) -> Result<bool> {
        let parts = self.parts(bundle);
        let mut salable = Vec::new();
        for part in &parts {
            if self.is_salable(&part.child_sku)? {
                salable.push(part.child_id);
            }
        }
        Ok(has_parts(&parts, |part| salable.contains(&part.child_id)))
    }

    /// What is wrong with a quantity whatever is there.
    fn wrong_quantity(&self, item: &Item, qty: Decimal) -> Option<SalabilityError> {
        let limits = item.clone().show(&self.settings);
        let least = limits.min_sale_qty.unwrap_or_default();
        if !least.is_zero() && qty < least {
            return Some(objection(
                "is_correct_qty-min_sale_qty",
                format!("The fewest you may purchase is {}.", least.normalize()),
            ));
        }
        let most = limits.max_sale_qty.unwrap_or_default();
        if !most.is_zero() && qty > most {
            return Some(objection(
                "is_correct_qty-max_sale_qty",
                "The requested qty exceeds the maximum qty allowed in shopping cart",
            ));
        }
        let decimal = item.is_qty_decimal.unwrap_or_default();
        let step = limits.qty_increments.unwrap_or_default();
        let step = if decimal { step } else { step.trunc() };
        if !step.is_zero() && !is_multiple(qty, step) {
            return Some(objection(
                "is_correct_qty-qty_increment",
                format!(
                    "You can buy this product only in quantities of {} at a time.",
                    step.normalize()
                ),
            ));
        }
        (!decimal && !qty.fract().is_zero()).then(|| {
            objection(
                "is_correct_qty-is_qty_decimal",
                "You cannot use decimal quantity for this product.",
            )
        })
    }
}

/// Whether `qty` is a multiple of `step`, or next to one.
fn is_multiple(qty: Decimal, step: Decimal) -> bool {
    let rest = qty % step;
    let next_to = step / Decimal::from(STEP_PRECISION);
    rest.abs() < next_to || (rest - step).abs() < next_to
}

fn objection(code: &str, message: impl Into<String>) -> SalabilityError {
    SalabilityError {
        code: code.to_owned(),
        message: message.into(),
        ..SalabilityError::default()
    }
}
