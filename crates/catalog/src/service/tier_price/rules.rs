//! Which tier prices a scope sees and may have.

use std::sync::Arc;

use contract::port::Stores as _;
use contract::{Cx, Error, Result, StoreScope};
use rust_decimal::Decimal;
use store::Scopes;

use crate::repo;
use crate::repo::product::ProductRow;
use crate::repo::tier_price::TierRow;

/// The id that stands for all customer groups.
pub(super) const ALL_GROUPS: i64 = 32_000;

/// The customer group as clients name it.
pub(super) fn group_of(row: &TierRow) -> i64 {
    if row.all_groups { ALL_GROUPS } else { row.group_id }
}

/// Whether two prices of a product are for the same website, group and quantity.
pub(super) fn same_key(one: &TierRow, other: &TierRow) -> bool {
    one.website_id == other.website_id && same_group_and_qty(one, other)
}

fn same_group_and_qty(one: &TierRow, other: &TierRow) -> bool {
    one.all_groups == other.all_groups && one.group_id == other.group_id && one.qty == other.qty
}

/// A price that is to be saved, with what was sent.
pub(super) struct Given {
    pub(super) row: TierRow,
    pub(super) value: Option<Decimal>,
    pub(super) percentage: Option<Decimal>,
}

/// How a store view sees tier prices.
pub(super) struct Scope {
    /// The website whose prices it sees beside those of all, 0 when prices are global and in the default scope.
    pub(super) website_id: i64,
    store_id: i64,
    is_global: bool,
    price_id: i64,
}

impl Scope {
    pub(super) fn of(cx: &Cx<'_>, scope: &StoreScope) -> Result<Self> {
        let metadata = eav::metadata(cx)?;
        let entity = metadata.entity_type("catalog_product")?;
        let missing = || Error::internal("there is no attribute price");
        let is_global = is_price_global(cx);
        Ok(Self {
            website_id: if is_global { 0 } else { scope.website_id },
            store_id: scope.store_id,
            is_global,
            price_id: entity.attribute("price").ok_or_else(missing)?.id,
        })
    }

    /// Whether prices are the same everywhere.
    pub(super) fn is_global(&self) -> bool {
        self.is_global
    }

    /// The stored rows that the scope sees, by quantity; a percentage has its price worked out.
    pub(super) async fn load(&self, cx: &mut Cx<'_>, products: &[ProductRow]) -> Result<Vec<TierRow>> {
        let ids: Vec<i64> = products.iter().map(|product| product.id).collect();
        let seen = [0, self.website_id];
        let websites = match (self.is_global, self.website_id) {
            (true, _) => Some(&seen[..1]),
            (false, 0) => None,
            (false, _) => Some(&seen[..]),
        };
        let session = cx.session();
        let mut rows = repo::tier_price::load(session, &ids, websites, self.price_id, self.store_id).await?;
        for row in &mut rows {
            if let Some(percentage) = row.percentage.filter(|percentage| !percentage.is_zero()) {
                let price = row.price.unwrap_or_default();
                row.value = price * (Decimal::ONE - percentage / Decimal::ONE_HUNDRED);
            }
        }
        Ok(rows)
    }

    /// What one unit of the default base currency is in that of the website; 1 where no rate is known.
    pub(super) async fn rate(&self, cx: &mut Cx<'_>) -> Result<Decimal> {
        let base = cx.default_config("currency/options/base").unwrap_or_default();
        let own = base_currency(cx, self.website_id)?.unwrap_or_else(|| base.clone());
        if base == own {
            return Ok(Decimal::ONE);
        }
        let rates = directory::rates(cx.session(), &base).await?;
        let rate = rates
            .into_iter()
            .find(|(to, _)| **to == *own)
            .map(|(_, rate)| rate);
        Ok(rate.filter(|rate| !rate.is_zero()).unwrap_or(Decimal::ONE))
    }

    /// The rows of one product as the scope shows them: one for each group and quantity, the website's own before
    /// that of all, which is shown as its own at the rate.
    pub(super) fn shown(&self, rows: Vec<TierRow>, rate: Decimal) -> Vec<TierRow> {
        if self.website_id == 0 {
            return rows;
        }
        let mut shown: Vec<TierRow> = Vec::new();
        for mut row in rows {
            let place = shown.iter().position(|other| same_group_and_qty(other, &row));
            match (row.website_id, place) {
                (0, Some(_)) => {}
                (0, None) => {
                    row.website_id = self.website_id;
                    row.value *= rate;
                    shown.push(row);
                }
                (_, Some(place)) => shown[place] = row,
                (_, None) => shown.push(row),
            }
        }
        shown
    }

    /// What Magento checks of the tier prices of a product.
    ///
    /// # Errors
    /// Two are for the same; a price is missing or below 0; a percentage is not between 0 and 100; a website
    /// with the default base currency has one for the same as all websites.
    pub(super) fn check(&self, cx: &Cx<'_>, old: &[TierRow], given: &[Given]) -> Result<()> {
        let duplicate =
            || Error::invalid("We found a duplicate website, tier price, customer group and quantity.");
        for (place, price) in given.iter().enumerate() {
            if given[..place]
                .iter()
                .any(|other| same_key(&other.row, &price.row))
            {
                return Err(duplicate());
            }
            let is_percentage = |percentage| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(percentage);
            if !price.percentage.as_ref().is_none_or(is_percentage) {
                return Err(Error::invalid(
                    "Percentage value must be a number between 0 and 100.",
                ));
            }
            if price
                .value
                .is_none_or(|value| value.is_sign_negative() && !value.is_zero())
            {
                return Err(Error::invalid("Group price must be a number greater than 0."));
            }
        }
        let sees_old = !self.is_global && self.store_id != 0;
        let base = cx.default_config("currency/options/base").unwrap_or_default();
        for price in given.iter().filter(|price| price.row.website_id != 0) {
            let currency = base_currency(cx, price.row.website_id)?;
            let unknown = || Error::invalid("The product was unable to be saved. Please try again.");
            let for_all = |row: &TierRow| row.website_id == 0 && same_group_and_qty(row, &price.row);
            let repeated =
                given.iter().any(|other| for_all(&other.row)) || sees_old && old.iter().any(for_all);
            if currency.ok_or_else(unknown)? == base && repeated {
                return Err(duplicate());
            }
        }
        Ok(())
    }
}

/// Whether prices are the same everywhere. Tier prices go by the configuration, whatever their attribute's scope
/// is (golden `tier.set-all`).
fn is_price_global(cx: &Cx<'_>) -> bool {
    matches!(
        cx.default_config("catalog/price/scope").as_deref(),
        None | Some("" | "0")
    )
}

/// The base currency of a website; that of the default scope while prices are global. `None`: no such website.
pub(super) fn base_currency(cx: &Cx<'_>, website_id: i64) -> Result<Option<Arc<str>>> {
    let base = cx.default_config("currency/options/base");
    let scopes = cx.service::<Arc<Scopes>>()?;
    if website_id == 0 {
        return Ok(base);
    }
    if !scopes.website_ids().contains(&website_id) {
        return Ok(None);
    }
    if is_price_global(cx) {
        return Ok(base);
    }
    // Currencies are set for websites, never for views: any view of the website tells.
    let view = scopes
        .views_of_website(website_id)
        .first()
        .and_then(|id| scopes.view(*id));
    Ok(view
        .and_then(|view| scopes.config("currency/options/base", &view))
        .or(base))
}

/// Checks that there are such customer groups. One statement, none without tier prices for single groups.
///
/// # Errors
/// `refusal` when one is unknown.
pub(super) async fn check_groups(cx: &mut Cx<'_>, rows: &[TierRow], refusal: &'static str) -> Result<()> {
    if rows.iter().all(|row| row.all_groups) {
        return Ok(());
    }
    let groups = customer::groups(cx.session()).await?;
    let known = |row: &TierRow| row.all_groups || groups.iter().any(|group| group.id == row.group_id);
    match rows.iter().all(known) {
        true => Ok(()),
        false => Err(Error::invalid(refusal)),
    }
}
