//! Places: of addresses, and on the globe.

use contract::{Cx, Result};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::data::source_selection::Address;
use crate::repo::distance::{self as repo, By, Place};

/// In metres.
pub(crate) const EARTH_RADIUS: f64 = 6_371_000.0;

/// A place on the globe, in radians.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) lat: f64,
    pub(crate) lng: f64,
}

impl Point {
    /// The place at these degrees.
    pub(crate) fn new(lat: Decimal, lng: Decimal) -> Self {
        let radians = |degrees: Decimal| degrees.to_f64().unwrap_or_default().to_radians();
        Self {
            lat: radians(lat),
            lng: radians(lng),
        }
    }

    /// The angle between two places, seen from the centre, in radians.
    pub(crate) fn angle_to(self, other: Self) -> f64 {
        let (lat, lng) = (other.lat - self.lat, other.lng - self.lng);
        let half = (lat / 2.0).sin().powi(2) + self.lat.cos() * other.lat.cos() * (lng / 2.0).sin().powi(2);
        2.0 * half.sqrt().asin()
    }
}

/// The place of each address: that of its postcode, else that of its city, else that of its region.
pub(crate) async fn first(cx: &mut Cx<'_>, addresses: &[Address]) -> Result<Vec<Option<Place>>> {
    let mut places: Vec<Option<Place>> = vec![None; addresses.len()];
    for by in [By::Postcode, By::City, By::Region] {
        let open = addresses
            .iter()
            .enumerate()
            .filter(|(index, _)| places[*index].is_none());
        let names: Vec<(usize, &str, &str)> = open
            .filter_map(|(index, address)| {
                let (country, name) = name(address, by)?;
                Some((index, country, name))
            })
            .collect();
        for (index, place) in repo::first(cx.session(), by, &names).await? {
            places[index] = Some(place);
        }
    }
    Ok(places)
}

/// All places that an address may mean.
pub(crate) async fn all(cx: &mut Cx<'_>, address: &Address) -> Result<Vec<Place>> {
    for by in [By::Postcode, By::City, By::Region] {
        let Some((country, name)) = name(address, by) else {
            continue;
        };
        let found = repo::all(cx.session(), by, country, name).await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Country and what is looked up; nothing for a city that is not told.
fn name(address: &Address, by: By) -> Option<(&str, &str)> {
    let name = match by {
        By::Postcode => &address.postcode,
        By::City => &address.city,
        By::Region => &address.region,
    };
    let name = name.as_deref().unwrap_or_default();
    let told = by != By::City || !matches!(name, "" | "0");
    told.then(|| (address.country.as_deref().unwrap_or_default(), name))
}
