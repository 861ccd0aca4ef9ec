//! Countries and their regions, as the store's configuration allows and its locale names them.

use std::collections::{HashMap, HashSet};

use contract::{Cx, Error, Result, operation};

use crate::data::{CountryInformation, RegionInformation};
use crate::locale;
use crate::repo::{self, CountryRow};

/// Lists the countries that the store allows, with their regions.
#[operation("directoryCountryInformationAcquirerV1", "Countries and regions.")]
#[route(GET "/V1/directory/countries" => "anonymous")]
pub(crate) async fn get_countries_info(cx: &mut Cx<'_>) -> Result<Vec<CountryInformation>> {
    let (allowed, locale) = (allowed(cx), store_locale(cx));
    let countries = repo::countries(cx.session()).await?;
    let mut regions: HashMap<String, Vec<RegionInformation>> = HashMap::new();
    for row in repo::regions(cx.session(), &locale, None).await? {
        regions.entry(row.country_id).or_default().push(row.region);
    }
    let allowed = countries
        .into_iter()
        .filter(|country| allowed.contains(&country.id));
    Ok(allowed
        .map(|country| {
            let regions = regions.remove(&country.id);
            information(country, regions, &locale)
        })
        .collect())
}

/// Gives one country, with its regions.
#[operation("directoryCountryInformationAcquirerV1")]
#[route(GET "/V1/directory/countries/:countryId" => "anonymous")]
pub(crate) async fn get_country_info(cx: &mut Cx<'_>, country_id: String) -> Result<CountryInformation> {
    let (allowed, locale) = (allowed(cx), store_locale(cx));
    let countries = repo::countries(cx.session()).await?;
    // Codes are compared exactly: `us` is no country (golden `directory.country-lower`).
    let country = countries
        .into_iter()
        .find(|country| country.id == country_id && allowed.contains(&country.id));
    let Some(country) = country else {
        return Err(Error::not_found("The country isn't available."));
    };
    let rows = repo::regions(cx.session(), &locale, Some(&country.id)).await?;
    let regions = rows.into_iter().map(|row| row.region).collect::<Vec<_>>();
    Ok(information(
        country,
        (!regions.is_empty()).then_some(regions),
        &locale,
    ))
}

fn allowed(cx: &Cx<'_>) -> HashSet<String> {
    let list = cx.config("general/country/allow").unwrap_or_default();
    list.split(',').map(ToOwned::to_owned).collect()
}

/// The locale of the call's store view.
pub(super) fn store_locale(cx: &Cx<'_>) -> String {
    cx.config("general/locale/code")
        .map_or_else(|| "en_US".to_owned(), |code| code.to_string())
}

fn information(
    country: CountryRow,
    available_regions: Option<Vec<RegionInformation>>,
    locale: &str,
) -> CountryInformation {
    let name = |locale: &str| locale::territory_name(locale, &country.id).map(ToOwned::to_owned);
    CountryInformation {
        full_name_locale: name(locale),
        full_name_english: name("en_US"),
        two_letter_abbreviation: country.iso2.unwrap_or_default(),
        three_letter_abbreviation: country.iso3.unwrap_or_default(),
        id: country.id,
        available_regions,
        ..CountryInformation::default()
    }
}
