//! Writes the stock rows.

use db::{Result, Session, params};

use crate::stock;

/// Inserts the stock countries, regions and rates.
///
/// # Errors
/// The database refuses, for example because there are such rows already.
pub async fn install(session: &mut Session) -> Result<()> {
    for country in stock::countries() {
        let sql = "INSERT INTO {directory_country} (country_id, iso2_code, iso3_code) VALUES (?, ?, ?)";
        session
            .execute(sql, params![country.id, country.iso2, country.iso3])
            .await?;
    }
    for region in stock::regions() {
        let sql = "INSERT INTO {directory_country_region} (region_id, country_id, code, default_name) \
                   VALUES (?, ?, ?, ?)";
        let values = params![region.id, region.country_id, region.code, region.default_name];
        session.execute(sql, values).await?;
    }
    for name in stock::region_names() {
        let sql = "INSERT INTO {directory_country_region_name} (locale, region_id, name) VALUES (?, ?, ?)";
        session
            .execute(sql, params![name.locale, name.region_id, name.name])
            .await?;
    }
    for rate in stock::currency_rates() {
        let sql = "INSERT INTO {directory_currency_rate} (currency_from, currency_to, rate) VALUES (?, ?, ?)";
        session
            .execute(sql, params![rate.from, rate.to, rate.rate])
            .await?;
    }
    Ok(())
}
