//! What of a product can be sold in a stock (`spec/scopes.md` fact 37), for one or many products.

mod conditions;
mod facts;
mod list;
mod quantity;

use catalog::ProductRow;
use contract::{Cx, Error, Operation, Result, operation};
use rust_decimal::Decimal;

pub(crate) use self::facts::Facts;
use crate::data::salable::SalableResult;
use crate::item::has_quantity;

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &list::ARE_PRODUCTS_SALABLE,
    &list::ARE_PRODUCTS_SALABLE_FOR_QTY,
    &quantity::GET_SALABLE_QTY,
    &IS_PRODUCT_SALABLE,
    &IS_PRODUCT_SALABLE_FOR_QTY,
];

/// What can be sold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Salable {
    /// How many; 0 for products that only consist of others.
    pub(crate) qty: Decimal,
    /// Whether any.
    pub(crate) salable: bool,
}

/// What of a product can be sold in a stock: what is there, less what is promised and what must be left.
pub(crate) async fn of(cx: &mut Cx<'_>, product: &ProductRow, stock_id: i64) -> Result<Salable> {
    let facts = Facts::load(cx, stock_id, &[&product.sku]).await?;
    let qty = has_quantity(&product.type_id).then(|| facts.quantity(&product.sku));
    Ok(Salable {
        qty: qty.transpose()?.unwrap_or_default(),
        salable: facts.is_salable(&product.sku)?,
    })
}

/// Get is product in salable for given SKU in a given Stock
#[operation("inventorySalesApiIsProductSalableV1", "Whether products can be sold.")]
#[route(GET "/V1/inventory/is-product-salable/:sku/:stockId" => "Magento_InventorySalesApi::stock")]
pub(crate) async fn is_product_salable(cx: &mut Cx<'_>, sku: String, stock_id: i64) -> Result<bool> {
    Facts::load(cx, stock_id, &[&sku]).await?.is_salable(&sku)
}

/// Get is product salable for given SKU in a given Stock for a certain Qty
#[operation(
    "inventorySalesApiIsProductSalableForRequestedQtyV1",
    "Whether quantities can be sold."
)]
#[route(GET "/V1/inventory/is-product-salable-for-requested-qty/:sku/:stockId/:requestedQty" => "Magento_InventorySalesApi::stock")]
pub(crate) async fn is_product_salable_for_qty(
    cx: &mut Cx<'_>,
    sku: String,
    stock_id: i64,
    requested_qty: Decimal,
) -> Result<SalableResult> {
    let facts = Facts::load(cx, stock_id, &[&sku]).await?;
    let errors = facts.objections(&sku, requested_qty)?;
    Ok(SalableResult {
        salable: errors.is_empty(),
        errors,
        ..SalableResult::default()
    })
}

/// Magento dies of the question for a quantity of a product that is not there.
fn no_such_product() -> Error {
    Error::not_found("The product that was requested doesn't exist. Verify the product and try again.")
}

#[cfg(test)]
mod tests;
