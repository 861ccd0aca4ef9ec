//! An address as a client sent it, over the row that it changes.

use directory::Region as Known;

use crate::data::address::Address;
use crate::data::region::Region;
use crate::repo::Kept;
use crate::repo::address::AddressRow;

/// The row that an address makes: what is absent stays as it is.
pub(super) fn row(address: &Address, before: AddressRow, known: &[Known], kept: Kept) -> AddressRow {
    let text = |given: &Option<String>, before: String, length: usize| match given {
        Some(given) => kept.text(given, length),
        None => before,
    };
    let optional = |given: &Option<String>, before: Option<String>, length: usize| match given {
        Some(given) => Some(kept.text(given, length)),
        None => before,
    };
    let mut row = AddressRow {
        city: text(&address.city, before.city, 255),
        company: optional(&address.company, before.company, 255),
        country_id: text(&address.country_id, before.country_id, 255),
        fax: optional(&address.fax, before.fax, 255),
        firstname: text(&address.firstname, before.firstname, 255),
        lastname: text(&address.lastname, before.lastname, 255),
        middlename: optional(&address.middlename, before.middlename, 255),
        postcode: optional(&address.postcode, before.postcode, 255),
        prefix: optional(&address.prefix, before.prefix, 40),
        suffix: optional(&address.suffix, before.suffix, 40),
        street: match &address.street {
            Some(lines) => kept.text(&lines.join("\n"), 16_000),
            None => before.street,
        },
        telephone: text(&address.telephone, before.telephone, 255),
        vat_id: optional(&address.vat_id, before.vat_id, 255),
        ..before
    };
    if let Some(region) = &address.region {
        row.region = region.region.as_deref().map(|text| kept.text(text, 255));
        row.region_id = region.region_id;
    }
    if let Some(id) = address.region_id {
        row.region_id = Some(id);
    }
    complete(&mut row, address.region.as_ref(), known);
    row
}

/// Finds the region by its code or number where no id is given, and names it as the directory does.
fn complete(row: &mut AddressRow, given: Option<&Region>, known: &[Known]) {
    if row.region_id.unwrap_or_default() == 0 {
        let code = given.and_then(|region| region.region_code.as_deref());
        let text = row.region.as_deref().or(code).unwrap_or_default();
        let here = known.iter().filter(|region| region.country_id == row.country_id);
        let named = text.parse::<i64>().ok();
        let mut found = here.filter(|region| {
            !text.is_empty() && region.code.eq_ignore_ascii_case(text) || Some(region.id) == named
        });
        if let Some(region) = found.next() {
            row.region_id = Some(region.id);
        }
    }
    let id = row.region_id.unwrap_or_default();
    let mut here = known.iter().filter(|region| region.country_id == row.country_id);
    if let Some(region) = here.find(|region| region.id == id) {
        row.region.clone_from(&region.name);
    }
}
