//! The SQL of the directory tables.

pub(crate) mod install;

use db::{FromRow, Result, Row, Session, params};
use rust_decimal::Decimal;

use crate::data::RegionInformation;

/// A row of `directory_country`.
pub(crate) struct CountryRow {
    pub(crate) id: String,
    pub(crate) iso2: Option<String>,
    pub(crate) iso3: Option<String>,
}

impl FromRow for CountryRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            iso2: row.get(1)?,
            iso3: row.get(2)?,
        })
    }
}

/// A region with the country that it belongs to.
pub(crate) struct RegionRow {
    pub(crate) country_id: String,
    pub(crate) region: RegionInformation,
}

impl FromRow for RegionRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let region = RegionInformation {
            id: row.get::<i64>(1)?.to_string(),
            code: row.get::<Option<String>>(2)?.unwrap_or_default(),
            name: row.get::<Option<String>>(3)?.unwrap_or_default(),
            ..RegionInformation::default()
        };
        Ok(Self {
            country_id: row.get(0)?,
            region,
        })
    }
}

/// All countries by id.
pub(crate) async fn countries(session: &mut Session) -> Result<Vec<CountryRow>> {
    let sql = "SELECT country_id, iso2_code, iso3_code FROM {directory_country} ORDER BY country_id";
    session.fetch_all(sql, params![]).await
}

/// The regions of all countries, or of one: by their name in the locale, then by their default name; those
/// without a name in the locale come first.
pub(crate) async fn regions(
    session: &mut Session,
    locale: &str,
    country_id: Option<&str>,
) -> Result<Vec<RegionRow>> {
    const SELECT: &str = "SELECT r.country_id, r.region_id, r.code, COALESCE(n.name, r.default_name) \
         FROM {directory_country_region} r \
         LEFT JOIN {directory_country_region_name} n ON n.region_id = r.region_id AND n.locale = ?";
    const ORDER: &str = " ORDER BY r.country_id, n.name, r.default_name";
    match country_id {
        Some(id) => {
            let sql = format!("{SELECT} WHERE r.country_id = ?{ORDER}");
            session.fetch_all(&sql, params![locale, id]).await
        }
        None => {
            session
                .fetch_all(&format!("{SELECT}{ORDER}"), params![locale])
                .await
        }
    }
}

/// The rates from a currency to others.
///
/// # Errors
/// The database cannot be read.
pub async fn rates(session: &mut Session, from: &str) -> Result<Vec<(String, Decimal)>> {
    let sql = "SELECT currency_to, rate FROM {directory_currency_rate} WHERE currency_from = ?";
    session.fetch_all(sql, params![from]).await
}
