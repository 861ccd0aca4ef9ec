//! Addresses as they are answered.

use std::collections::HashMap;

use contract::{Cx, Result};
use directory::Region as Known;

use crate::data::address::Address;
use crate::data::region::Region;
use crate::repo::address::AddressRow;
use crate::repo::customer::CustomerRow;
use crate::service::entity;

/// Addresses, in the order given; `defaults` are the ids of the billing and shipping addresses by customer. One
/// statement if an address names a region, another one if addresses have attributes besides columns.
pub(crate) async fn many(
    cx: &mut Cx<'_>,
    rows: Vec<AddressRow>,
    defaults: &HashMap<i64, [Option<i64>; 2]>,
) -> Result<Vec<Address>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let regions = regions(cx, &rows).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let metadata = eav::metadata(cx)?;
    let of = (entity::ADDRESS, &entity::ADDRESS_VALUES);
    let values = entity::load(cx, &metadata, of, &ids).await?;
    let attributes = entity::stored(&metadata, entity::ADDRESS)?;
    let addresses = rows.into_iter().map(|row| {
        let [billing, shipping] = row
            .customer_id
            .and_then(|id| defaults.get(&id).copied())
            .unwrap_or_default();
        let id = row.id;
        Address {
            default_billing: (billing == Some(id)).then_some(true),
            default_shipping: (shipping == Some(id)).then_some(true),
            custom_attributes: entity::custom(&attributes, &values, id),
            region: Some(region(&row, &regions)),
            ..address(row)
        }
    });
    Ok(addresses.collect())
}

/// An address as [`many`] gives it.
pub(crate) async fn one(cx: &mut Cx<'_>, row: AddressRow, owner: &CustomerRow) -> Result<Address> {
    let defaults = HashMap::from([(owner.id, [owner.default_billing, owner.default_shipping])]);
    Ok(many(cx, vec![row], &defaults).await?.pop().unwrap_or_default())
}

/// The regions that addresses name, in the call's locale: by id, and for those without an id all of their countries.
async fn regions(cx: &mut Cx<'_>, rows: &[AddressRow]) -> Result<Vec<Known>> {
    let locale = locale(cx);
    let mut ids: Vec<i64> = rows
        .iter()
        .filter_map(|row| row.region_id.filter(|id| *id != 0))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let named = |row: &&AddressRow| {
        row.region_id.unwrap_or_default() == 0 && row.region.as_deref().is_some_and(|text| !text.is_empty())
    };
    let mut countries: Vec<&str> = rows
        .iter()
        .filter(named)
        .map(|row| row.country_id.as_str())
        .collect();
    countries.sort_unstable();
    countries.dedup();
    let mut found = directory::regions_by_id(cx.session(), &locale, &ids).await?;
    found.extend(directory::regions_of(cx.session(), &locale, &countries).await?);
    Ok(found)
}

/// The locale of the call's store view.
pub(crate) fn locale(cx: &Cx<'_>) -> String {
    let locale = cx.config("general/locale/code");
    locale.map_or_else(|| "en_US".to_owned(), |code| code.to_string())
}

/// The region of an address: that of its id if it is one of the country, else its text, which may be the code of one.
fn region(row: &AddressRow, known: &[Known]) -> Region {
    let here = |region: &&Known| region.country_id == row.country_id;
    let id = row.region_id.unwrap_or_default();
    let text = row.region.clone();
    let (code, name, region_id) = if id != 0 {
        match known.iter().filter(here).find(|region| region.id == id) {
            Some(region) => (Some(region.code.clone()), region.name.clone(), id),
            None => (None, text, id),
        }
    } else {
        let code = text.as_deref().filter(|text| !text.is_empty());
        let by_code = known
            .iter()
            .filter(here)
            .find(|region| code.is_some_and(|code| region.code.eq_ignore_ascii_case(code)));
        (text.clone(), text, by_code.map_or(0, |region| region.id))
    };
    Region {
        region_code: code,
        region: name,
        region_id: Some(region_id),
        ..Region::default()
    }
}

/// The columns of an address.
fn address(row: AddressRow) -> Address {
    Address {
        id: Some(row.id),
        customer_id: row.customer_id,
        region_id: row.region_id,
        country_id: Some(row.country_id),
        street: Some(row.street.split('\n').map(str::to_owned).collect()),
        company: row.company,
        telephone: Some(row.telephone),
        fax: row.fax,
        postcode: row.postcode,
        city: Some(row.city),
        firstname: Some(row.firstname),
        lastname: Some(row.lastname),
        middlename: row.middlename,
        prefix: row.prefix,
        suffix: row.suffix,
        vat_id: row.vat_id,
        ..Address::default()
    }
}
