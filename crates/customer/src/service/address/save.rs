//! Writes the addresses of a customer.

use std::collections::HashSet;

use contract::{Cx, Error, Result, StoreScope};
use directory::Region as Known;
use eav::metadata::Metadata;

use super::check::Rules;
use super::draft;
use crate::data::address::Address;
use crate::repo;
use crate::repo::Kept;
use crate::repo::address::AddressRow;
use crate::repo::customer::CustomerRow;
use crate::service::attribute::Overrides;
use crate::service::entity;

/// The default addresses that a save leaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Defaults {
    pub(crate) billing: Option<i64>,
    pub(crate) shipping: Option<i64>,
}

/// An address to be written.
struct Draft {
    given: Address,
    row: AddressRow,
}

/// Makes `given` all addresses that a customer has: those with an id are changed, others added, the rest deleted.
/// `scope` is the store view whose rules count. The default addresses that follow from it.
///
/// # Errors
/// Magento's 400 for an address that breaks a rule, 404 for an id that is none of the customer's: Magento would take
/// the address away from the other customer.
pub(crate) async fn replace(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    customer: &CustomerRow,
    given: Vec<Address>,
) -> Result<Defaults> {
    let existing = repo::address::of_customers(cx.session(), &[customer.id]).await?;
    let drafts = drafts(cx, customer, given, &existing).await?;
    let metadata = eav::metadata(cx)?;
    let regions = check(cx, scope, customer, &metadata, drafts).await?;
    let kept: HashSet<i64> = regions.iter().map(|draft| draft.row.id).collect();
    let drafts = write(cx, customer, &metadata, regions, &existing).await?;
    let gone: Vec<i64> = existing
        .iter()
        .map(|row| row.id)
        .filter(|id| !kept.contains(id))
        .collect();
    repo::address::delete(cx.session(), &gone).await?;
    Ok(defaults(customer, &drafts, &gone))
}

/// The rows that addresses make, over those that they name.
async fn drafts(
    cx: &mut Cx<'_>,
    customer: &CustomerRow,
    given: Vec<Address>,
    existing: &[AddressRow],
) -> Result<Vec<(Draft, Vec<Known>)>> {
    let mut countries: HashSet<String> = HashSet::new();
    let mut before = Vec::with_capacity(given.len());
    for address in &given {
        let row = match address.id {
            Some(id) => {
                let known = existing.iter().find(|row| row.id == id).cloned();
                known.ok_or_else(|| Error::no_such_entity("addressId", id))?
            }
            None => new(cx, customer.id),
        };
        countries.insert(
            address
                .country_id
                .clone()
                .unwrap_or_else(|| row.country_id.clone()),
        );
        before.push(row);
    }
    let locale = super::load::locale(cx);
    let mut countries: Vec<&str> = countries.iter().map(String::as_str).collect();
    countries.sort_unstable();
    let known = directory::regions_of(cx.session(), &locale, &countries).await?;
    let kept = Kept(cx.session().engine());
    let draft = |(given, before): (Address, AddressRow)| {
        let row = draft::row(&given, before, &known, kept);
        let here = known.iter().filter(|region| region.country_id == row.country_id);
        let here = here.cloned().collect();
        (Draft { given, row }, here)
    };
    Ok(given.into_iter().zip(before).map(draft).collect())
}

/// The row of an address that is not there yet.
fn new(cx: &Cx<'_>, customer_id: i64) -> AddressRow {
    let now = cx.now_text();
    AddressRow {
        customer_id: Some(customer_id),
        created_at: now.clone(),
        updated_at: now,
        is_active: true,
        ..AddressRow::default()
    }
}

/// Checks addresses in their order; the first that breaks a rule is told.
async fn check(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    customer: &CustomerRow,
    metadata: &Metadata,
    drafts: Vec<(Draft, Vec<Known>)>,
) -> Result<Vec<Draft>> {
    if drafts.is_empty() {
        return Ok(Vec::new());
    }
    let overrides = Overrides::of(cx, scope.website_id).await?;
    let entity = metadata.entity_type(entity::ADDRESS)?;
    let store = customer.store_id.unwrap_or_default();
    let mut checked = Vec::with_capacity(drafts.len());
    for (draft, regions) in drafts {
        let rules = Rules::new(cx, store, entity, &overrides, &regions)?;
        let custom = |code: &str| entity::given(&draft.given.custom_attributes, code);
        rules.check(cx, &draft.row, custom).await?;
        checked.push(draft);
    }
    Ok(checked)
}

/// Writes addresses that differ from what is there, and their values.
async fn write(
    cx: &mut Cx<'_>,
    customer: &CustomerRow,
    metadata: &Metadata,
    mut drafts: Vec<Draft>,
    existing: &[AddressRow],
) -> Result<Vec<Draft>> {
    let now = cx.now_text();
    let mut rows = Vec::new();
    for draft in &mut drafts {
        if !existing.contains(&draft.row) {
            draft.row.updated_at.clone_from(&now);
            rows.push(draft.row.clone());
        }
    }
    let ids = repo::address::save(cx.session(), customer.id, &rows).await?;
    let fresh = drafts.iter_mut().filter(|draft| draft.row.id == 0);
    for (draft, id) in fresh.zip(ids) {
        draft.row.id = id;
    }
    let mut writes = Vec::new();
    for draft in &drafts {
        let attributes = entity::stored(metadata, entity::ADDRESS)?;
        writes.extend(entity::writes(
            draft.row.id,
            &attributes,
            &draft.given.custom_attributes,
        )?);
    }
    eav::values::save(cx.session(), &entity::ADDRESS_VALUES, &writes).await?;
    Ok(drafts)
}

/// The default addresses: those that say so, of several the last; one that says that it is none loses the place.
fn defaults(customer: &CustomerRow, drafts: &[Draft], gone: &[i64]) -> Defaults {
    let mut defaults = Defaults {
        billing: customer.default_billing.filter(|id| !gone.contains(id)),
        shipping: customer.default_shipping.filter(|id| !gone.contains(id)),
    };
    let put = |place: &mut Option<i64>, said: Option<bool>, id: i64| match said {
        Some(true) => *place = Some(id),
        Some(false) if *place == Some(id) => *place = None,
        _ => {}
    };
    for Draft { given, row } in drafts {
        put(&mut defaults.billing, given.default_billing, row.id);
        put(&mut defaults.shipping, given.default_shipping, row.id);
    }
    defaults
}
