//! Tier prices of one product and customer group.

use contract::{Cx, Error, Kind, Result, Value, operation};
use rust_decimal::Decimal;
use wire::php;

use super::rules::{ALL_GROUPS, Given, Scope, check_groups, group_of};
use crate::data::tier_price::TierPrice;
use crate::repo;
use crate::repo::tier_price::TierRow;
use crate::service::product;

/// How clients name all groups.
const ALL: &str = "all";

/// Whether a stored price is for the group that a client named.
fn is_for(row: &TierRow, group: &str) -> bool {
    if group == ALL {
        return row.all_groups;
    }
    // 32000 names all groups as well.
    group.parse() == Ok(group_of(row))
}

/// Creates a tier price of a product: for the path's website, or for all where prices are global and in the
/// default scope.
#[operation("catalogProductTierPriceManagementV1", "Tier prices of products.")]
#[route(POST "/V1/products/:sku/group-prices/:customerGroupId/tiers/:qty/price/:price" => "Magento_Catalog::catalog")]
pub(crate) async fn add(
    cx: &mut Cx<'_>,
    sku: String,
    customer_group_id: String,
    price: Decimal,
    qty: Decimal,
) -> Result<bool> {
    if price <= Decimal::ZERO || qty <= Decimal::ZERO {
        return Err(Error::invalid(
            "The data was invalid. Verify the data and try again.",
        ));
    }
    let (scope, product) = (cx.scope().clone(), product::find(cx, &sku).await?);
    let prices = Scope::of(cx, &scope)?;
    let old = prices.load(cx, std::slice::from_ref(&product)).await?;
    let refusal = "The group price couldn't be saved.";
    let group = match customer_group_id.as_str() {
        ALL => ALL_GROUPS,
        other => other.parse().map_err(|_| Error::invalid(refusal))?,
    };
    let row = TierRow {
        value_id: 0,
        entity_id: product.id,
        all_groups: group == ALL_GROUPS,
        group_id: if group == ALL_GROUPS { 0 } else { group },
        qty: db::at_scale(qty, 4),
        value: price,
        percentage: None,
        website_id: prices.website_id,
        price: None,
    };
    let given = Given {
        value: Some(price),
        percentage: None,
        row: row.clone(),
    };
    prices.check(cx, &old, &[given])?;
    check_groups(cx, std::slice::from_ref(&row), refusal).await?;
    let saved = repo::tier_price::save(cx.session(), &[row]).await;
    saved.map_err(|error| match error.kind() {
        Kind::Invalid => Error::invalid(refusal),
        _ => error,
    })?;
    product::save::resave(cx, &product, &|_| {}).await?;
    Ok(true)
}

/// Removes a tier price of a product, in the path's website as [`add`] has it.
#[operation("catalogProductTierPriceManagementV1")]
#[route(DELETE "/V1/products/:sku/group-prices/:customerGroupId/tiers/:qty" => "Magento_Catalog::catalog")]
pub(crate) async fn remove(
    cx: &mut Cx<'_>,
    sku: String,
    customer_group_id: String,
    qty: Decimal,
) -> Result<bool> {
    let (scope, product) = (cx.scope().clone(), product::find(cx, &sku).await?);
    let prices = Scope::of(cx, &scope)?;
    let old = prices.load(cx, std::slice::from_ref(&product)).await?;
    let meant = |row: &&TierRow| {
        row.qty == qty && row.website_id == prices.website_id && is_for(row, &customer_group_id)
    };
    let gone: Vec<i64> = old.iter().filter(meant).map(|row| row.value_id).collect();
    if gone.is_empty() {
        // Magento gives the website as a text, but for the 0 of global prices.
        let website = match prices.is_global() {
            true => Value::from(0),
            false => Value::from(prices.website_id.to_string()),
        };
        let text =
            "Product hasn't group price with such data: customerGroupId = '%1', website = %2, qty = %3";
        return Err(Error::not_found(text)
            .with_next(customer_group_id)
            .with_next(website)
            .with_next(number(qty)));
    }
    repo::tier_price::delete(cx.session(), &gone).await?;
    product::save::resave(cx, &product, &|_| {}).await?;
    Ok(true)
}

/// A number as JSON has it.
fn number(value: Decimal) -> Value {
    let text = php::decimal_to_json(&value);
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(whole), _) => Value::from(whole),
        (_, Ok(float)) => Value::from(float),
        _ => Value::Null,
    }
}

/// Lists the tier prices of a product for a customer group, as they are stored: those of all websites and of the
/// path's.
#[operation("catalogProductTierPriceManagementV1")]
#[route(GET "/V1/products/:sku/group-prices/:customerGroupId/tiers" => "Magento_Catalog::catalog", allow_insecure)]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    sku: String,
    customer_group_id: String,
) -> Result<Vec<TierPrice>> {
    let (scope, product) = (cx.scope().clone(), product::find(cx, &sku).await?);
    let prices = Scope::of(cx, &scope)?;
    let rows = prices.load(cx, &[product]).await?;
    let of_group = rows.into_iter().filter(|row| is_for(row, &customer_group_id));
    Ok(of_group
        .map(|row| TierPrice {
            customer_group_id: Some(group_of(&row)),
            qty: Some(row.qty),
            value: Some(row.value),
            ..TierPrice::default()
        })
        .collect())
}
