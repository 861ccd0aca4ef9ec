//! Places of addresses, and how far apart they are. Google is not asked: without a key Magento does not either.

pub(crate) mod places;

use contract::{Cx, Error, Operation, Result, operation};
use rust_decimal::Decimal;

use self::places::{EARTH_RADIUS, Point};
use crate::data::distance::LatLng;
use crate::data::source_selection::Address;

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &GET_DISTANCE,
    &GET_DISTANCE_PROVIDER_CODE,
    &GET_LAT_LNG_FROM_ADDRESS,
    &GET_LATS_LNGS_FROM_ADDRESS,
];

/// Who tells distances.
const PROVIDER: &str = "cataloginventory/source_selection_distance_based/provider";

const GOOGLE_KEY: &str = "cataloginventory/source_selection_distance_based_google/api_key";

/// Get Default distance provider code
#[operation(
    "inventoryDistanceBasedSourceSelectionApiGetDistanceProviderCodeV1",
    "Who tells distances."
)]
#[route(GET "/V1/inventory/get-distance-provider-code" => "Magento_InventoryApi::source")]
pub(crate) async fn get_distance_provider_code(cx: &mut Cx<'_>) -> Result<String> {
    Ok(provider(cx))
}

/// Get distance between two points
#[operation("inventoryDistanceBasedSourceSelectionApiGetDistanceV1", "Distances.")]
#[route(GET "/V1/inventory/get-distance" => "Magento_InventoryApi::source")]
pub(crate) async fn get_distance(cx: &mut Cx<'_>, source: LatLng, destination: LatLng) -> Result<Decimal> {
    let (from, to) = (point(&source)?, point(&destination)?);
    match provider(cx).as_str() {
        "offline" => {}
        "google" => return Err(no_google(cx, "Unable to connect google API for distance matrix")),
        other => return Err(Error::invalid("No such distance provider: %1").with_next(other)),
    }
    let metres = from.angle_to(to) * EARTH_RADIUS;
    // Shortest text that reads back as the same number, as PHP prints it.
    Ok(Decimal::from_str_exact(&metres.to_string()).unwrap_or_default())
}

/// Get latitude and longitude object from address
#[operation(
    "inventoryDistanceBasedSourceSelectionApiGetLatLngFromAddressV1",
    "Places of addresses."
)]
#[route(GET "/V1/inventory/get-latlng-from-address" => "Magento_InventoryApi::source")]
pub(crate) async fn get_lat_lng_from_address(cx: &mut Cx<'_>, address: Address) -> Result<LatLng> {
    let address = complete(address)?;
    offline(
        cx,
        Error::invalid("No such latitude and longitude from address provider: %1"),
    )?;
    let found = places::first(cx, std::slice::from_ref(&address))
        .await?
        .pop()
        .flatten();
    found.map(shown).ok_or_else(|| unknown(&address))
}

/// Get all available latitude and longitude objects from address.
#[operation(
    "inventoryDistanceBasedSourceSelectionApiGetLatsLngsFromAddressV1",
    "Places of addresses."
)]
#[route(GET "/V1/inventory/get-latslngs-from-address" => "Magento_InventoryApi::source")]
pub(crate) async fn get_lats_lngs_from_address(cx: &mut Cx<'_>, address: Address) -> Result<Vec<LatLng>> {
    let address = complete(address)?;
    offline(
        cx,
        Error::not_found("No such latitude and longitude from address provider: %1"),
    )?;
    let found = places::all(cx, &address).await?;
    if found.is_empty() {
        return Err(unknown(&address));
    }
    Ok(found.into_iter().map(shown).collect())
}

fn provider(cx: &Cx<'_>) -> String {
    cx.default_config(PROVIDER)
        .as_deref()
        .unwrap_or_default()
        .to_owned()
}

/// Passes when places come from the own table; `other` is the error of a provider that nobody knows.
pub(crate) fn offline(cx: &Cx<'_>, other: Error) -> Result<()> {
    match provider(cx).as_str() {
        "offline" => Ok(()),
        "google" => Err(no_google(cx, "Unable to connect google API for geocoding")),
        name => Err(other.with_next(name)),
    }
}

fn no_google(cx: &Cx<'_>, unreachable: &'static str) -> Error {
    let key = cx.default_config(GOOGLE_KEY);
    let has_key = key.is_some_and(|key| !matches!(key.trim(), "" | "0"));
    Error::invalid(if has_key {
        unreachable
    } else {
        "Google API key is not defined"
    })
}

fn point(place: &LatLng) -> Result<Point> {
    let lat = place.lat.ok_or_else(|| Error::required(["lat"]))?;
    let lng = place.lng.ok_or_else(|| Error::required(["lng"]))?;
    Ok(Point::new(lat, lng))
}

/// All members must be sent; Magento dies of an address that lacks one.
pub(crate) fn complete(address: Address) -> Result<Address> {
    let members = [
        ("country", &address.country),
        ("postcode", &address.postcode),
        ("street", &address.street),
        ("region", &address.region),
        ("city", &address.city),
    ];
    let missing = members.into_iter().find(|(_, member)| member.is_none());
    match missing.map(|(name, _)| name) {
        Some(name) => Err(Error::required([name])),
        None => Ok(address),
    }
}

fn shown((lat, lng): (Decimal, Decimal)) -> LatLng {
    LatLng {
        lat: Some(lat),
        lng: Some(lng),
    }
}

fn unknown(address: &Address) -> Error {
    let lines = [
        &address.street,
        &address.postcode,
        &address.city,
        &address.region,
        &address.country,
    ];
    let text = lines.map(|line| line.as_deref().unwrap_or_default()).join(" ");
    Error::not_found("Unknown geoname for %1").with_next(text)
}

#[cfg(test)]
mod tests;
