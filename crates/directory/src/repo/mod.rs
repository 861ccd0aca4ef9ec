//! The SQL of the directory tables.

pub(crate) mod install;

use db::{FromRow, Param, Result, Row, Session, dialect, params};
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

/// A region of a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// `directory_country_region.region_id`.
    pub id: i64,
    /// Its country.
    pub country_id: String,
    /// Its code, as `TX`.
    pub code: String,
    /// Its name in the locale, else its default name.
    pub name: Option<String>,
}

impl FromRow for Region {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            country_id: row.get(1)?,
            code: row.get::<Option<String>>(2)?.unwrap_or_default(),
            name: row.get(3)?,
        })
    }
}

/// The regions with these ids, by id. One statement, none for no id.
///
/// # Errors
/// The database cannot be read.
pub async fn regions_by_id(session: &mut Session, locale: &str, ids: &[i64]) -> Result<Vec<Region>> {
    let ids = ids.iter().copied().map(Param::from).collect();
    regions_where(session, locale, "r.region_id", ids).await
}

/// The regions of countries, by id. One statement, none for no country.
///
/// # Errors
/// The database cannot be read.
pub async fn regions_of(session: &mut Session, locale: &str, countries: &[&str]) -> Result<Vec<Region>> {
    let countries = countries.iter().copied().map(Param::from).collect();
    regions_where(session, locale, "r.country_id", countries).await
}

async fn regions_where(
    session: &mut Session,
    locale: &str,
    column: &str,
    values: Vec<Param>,
) -> Result<Vec<Region>> {
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = "SELECT r.region_id, r.country_id, r.code, COALESCE(n.name, r.default_name) \
                   FROM {directory_country_region} r \
                   LEFT JOIN {directory_country_region_name} n ON n.region_id = r.region_id AND n.locale = ? \
                   WHERE "
        .to_owned();
    sql.push_str(column);
    sql.push_str(" IN (");
    sql.push_str(&dialect::placeholders(values.len()));
    sql.push_str(") ORDER BY r.region_id");
    let mut params = vec![Param::from(locale)];
    params.extend(values);
    session.fetch_all(&sql, &params).await
}

/// All regions by id, each with its place among all names: those of the locale, then the default ones. Regions of
/// equal names have the same place.
///
/// # Errors
/// The database cannot be read.
pub async fn named_regions(session: &mut Session, locale: &str) -> Result<Vec<NamedRegion>> {
    let sql = "SELECT r.region_id, COALESCE(n.name, r.default_name), \
               DENSE_RANK() OVER (ORDER BY n.name, r.default_name) FROM {directory_country_region} r \
               LEFT JOIN {directory_country_region_name} n ON n.region_id = r.region_id AND n.locale = ? \
               ORDER BY r.region_id";
    session.fetch_all(sql, params![locale]).await
}

/// A region with its place among all names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRegion {
    /// `directory_country_region.region_id`.
    pub id: i64,
    /// Its name in the locale, else its default name.
    pub name: String,
    /// Its place.
    pub rank: i64,
}

impl FromRow for NamedRegion {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get::<Option<String>>(1)?.unwrap_or_default(),
            rank: row.get(2)?,
        })
    }
}
