//! The enabled sources of a stock, best one first.

use contract::{Cx, Error, Result};
use rust_decimal::Decimal;

use crate::data::source::Source;
use crate::data::source_selection::Address;
use crate::repo;
use crate::service::distance::places::{self, Point};
use crate::service::distance::{complete, offline};

/// By priority.
pub(crate) async fn by_priority(cx: &mut Cx<'_>, stock_id: i64) -> Result<Vec<String>> {
    Ok(codes(enabled(cx, stock_id).await?))
}

/// By distance to an address; behind them, by priority, those whose distance is not known. That is all of them when
/// nobody can tell where the address is.
pub(crate) async fn by_distance(
    cx: &mut Cx<'_>,
    stock_id: i64,
    address: Option<Address>,
) -> Result<Vec<String>> {
    let address =
        address.ok_or_else(|| Error::invalid("No destination address was provided in the request"))?;
    let address = complete(address)?;
    let sources = enabled(cx, stock_id).await?;
    if offline(cx, Error::invalid("")).is_err() {
        return Ok(codes(sources));
    }
    let mut addresses = vec![address];
    addresses.extend(sources.iter().map(address_of));
    let mut found = places::first(cx, &addresses).await?.into_iter();
    let Some((lat, lng)) = found.next().flatten() else {
        return Ok(codes(sources));
    };
    let destination = Point::new(lat, lng);
    let (mut near, mut lost) = (Vec::new(), Vec::new());
    for (source, found) in sources.into_iter().zip(found) {
        match own_place(&source).or(found) {
            Some((lat, lng)) => near.push((Point::new(lat, lng).angle_to(destination), source)),
            None => lost.push(source),
        }
    }
    near.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let sources = near.into_iter().map(|(_, source)| source).chain(lost);
    Ok(codes(sources.collect()))
}

async fn enabled(cx: &mut Cx<'_>, stock_id: i64) -> Result<Vec<Source>> {
    let mut sources = repo::sources::of_stock(cx.session(), stock_id).await?;
    sources.retain(|source| source.enabled.value() == Some(&true));
    Ok(sources)
}

fn codes(sources: Vec<Source>) -> Vec<String> {
    sources
        .into_iter()
        .filter_map(|source| source.source_code)
        .collect()
}

/// Where a source says it is; 0 says nothing.
fn own_place(source: &Source) -> Option<(Decimal, Decimal)> {
    let told = |degrees: Option<Decimal>| degrees.filter(|degrees| !degrees.is_zero());
    Some((
        told(source.latitude.into_value())?,
        told(source.longitude.into_value())?,
    ))
}

fn address_of(source: &Source) -> Address {
    Address {
        country: source.country_id.clone(),
        postcode: source.postcode.clone(),
        street: source.street.value().cloned(),
        region: source.region.value().cloned(),
        city: source.city.value().cloned(),
    }
}
