//! Sources around a place.

use std::collections::HashMap;

use contract::{Cx, Error, Result};

use crate::data::pickup::PickupArea;
use crate::data::source_selection::Address;
use crate::repo;
use crate::service::distance::offline;
use crate::service::distance::places::{self, Point};

/// In kilometres.
const EARTH_RADIUS: f64 = 6_372.797;

/// Of a place with many names, distances count from the first of so many.
const CHUNK: usize = 30;

const DELIMITER: &str = "advanced/in_store_pickup_api/search_term_delimiter";

const COUNTRY: &str = "general/country/default";

/// The enabled sources within the radius of a place, with their distances in kilometres. None when nobody can tell
/// where the place is.
pub(crate) async fn distances(cx: &mut Cx<'_>, area: &PickupArea) -> Result<HashMap<String, f64>> {
    // Magento dies of an area that lacks one of them.
    let radius = area.radius.ok_or_else(|| Error::required(["radius"]))?;
    let term = area.search_term.as_deref();
    let term = term.ok_or_else(|| Error::required(["searchTerm"]))?;
    if offline(cx, Error::invalid("")).is_err() {
        return Ok(HashMap::new());
    }
    let address = address(cx, term);
    let found = places::all(cx, &address).await?;
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<Point> = found.into_iter().map(|(lat, lng)| Point::new(lat, lng)).collect();
    #[expect(
        clippy::cast_precision_loss,
        reason = "no radius on earth has more than 52 bits"
    )]
    let radius = radius as f64;
    let mut distances = HashMap::new();
    for (code, lat, lng) in repo::sources::located(cx.session()).await? {
        let source = Point::new(lat, lng);
        // The last part of the names that is near enough tells the distance.
        let near = found.chunks(CHUNK).rev().find_map(|points| {
            let any = points.iter().any(|point| distance(*point, source) <= radius);
            any.then(|| points.first().map(|point| distance(*point, source)))?
        });
        distances.extend(near.map(|near| (code, near)));
    }
    Ok(distances)
}

/// By the law of cosines, in kilometres.
fn distance(a: Point, b: Point) -> f64 {
    let cosine = a.lat.cos() * b.lat.cos() * (b.lng - a.lng).cos() + a.lat.sin() * b.lat.sin();
    EARTH_RADIUS * cosine.acos()
}

/// A term is a postcode or a city; behind the delimiter stands the country. Which of the two it is shows when it is
/// looked up: as a postcode first.
fn address(cx: &Cx<'_>, term: &str) -> Address {
    let delimiter = cx.default_config(DELIMITER);
    let delimiter = delimiter.as_deref().filter(|delimiter| !delimiter.is_empty());
    let last = delimiter.and_then(|delimiter| term.rsplit_once(delimiter));
    let first = delimiter.and_then(|delimiter| term.split_once(delimiter));
    let name = first.map_or(term, |(name, _)| name.trim());
    let country = last.map(|(_, country)| country.trim().to_owned());
    let default = || cx.config(COUNTRY).as_deref().unwrap_or_default().to_owned();
    Address {
        country: Some(country.unwrap_or_else(default)),
        postcode: Some(name.to_owned()),
        street: None,
        region: None,
        city: Some(name.to_owned()),
    }
}
