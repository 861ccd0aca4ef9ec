//! `inventory_source`, `inventory_source_carrier_link`.

use std::collections::HashMap;

use contract::{Extension, Result};
use db::search::{Column, Kind, Search};
use db::{FromRow, Param, Row, Session, dialect, params};
use rust_decimal::Decimal;

use super::list::{self, Searched, field};
use crate::data::source::{CarrierLink, Source, SourceExtension};

/// The columns of a source in the order of [`Source`].
const COLUMNS: &str = "source_code, name, email, contact_name, enabled, description, latitude, longitude, \
                       country_id, region_id, region, city, street, postcode, phone, fax, \
                       use_default_carrier_config, is_pickup_location_active, frontend_name, frontend_description";

const FIELDS: &[Column] = &[
    field("source_code", Kind::Text),
    field("name", Kind::Text),
    field("email", Kind::Text),
    field("contact_name", Kind::Text),
    field("enabled", Kind::Number),
    field("description", Kind::Text),
    field("latitude", Kind::Number),
    field("longitude", Kind::Number),
    field("country_id", Kind::Text),
    field("region_id", Kind::Number),
    field("region", Kind::Text),
    field("city", Kind::Text),
    field("street", Kind::Text),
    field("postcode", Kind::Text),
    field("phone", Kind::Text),
    field("fax", Kind::Text),
    field("use_default_carrier_config", Kind::Number),
    field("is_pickup_location_active", Kind::Number),
    field("frontend_name", Kind::Text),
    field("frontend_description", Kind::Text),
];

const SEARCHED: Searched = Searched {
    columns: COLUMNS,
    table: "{inventory_source}",
    fields: FIELDS,
    order: "source_code",
};

impl FromRow for Source {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            source_code: row.get(0)?,
            name: row.get(1)?,
            email: row.get(2)?,
            contact_name: row.get(3)?,
            enabled: row.get(4)?,
            description: row.get(5)?,
            latitude: row.get(6)?,
            longitude: row.get(7)?,
            country_id: row.get(8)?,
            region_id: row.get(9)?,
            region: row.get(10)?,
            city: row.get(11)?,
            street: row.get(12)?,
            postcode: row.get(13)?,
            phone: row.get(14)?,
            fax: row.get(15)?,
            use_default_carrier_config: row.get(16)?,
            carrier_links: Some(Vec::new()),
            extension_attributes: Extension(SourceExtension {
                is_pickup_location_active: row.get(17)?,
                frontend_name: row.get(18)?,
                frontend_description: row.get(19)?,
            }),
        })
    }
}

/// The sources that a search finds, with their carriers, and how many there are.
pub(crate) async fn search(session: &mut Session, search: &Search) -> Result<(Vec<Source>, i64)> {
    let (mut sources, count) = list::search(session, &SEARCHED, search).await?;
    add_carriers(session, &mut sources).await?;
    Ok((sources, count))
}

/// The sources with these codes (letter case does not matter), with their carriers, by code.
pub(crate) async fn by_codes(session: &mut Session, codes: &[&str]) -> Result<Vec<Source>> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = format!("SELECT {COLUMNS} FROM ");
    sql.push_str("{inventory_source} WHERE source_code IN (");
    sql.push_str(&dialect::placeholders(codes.len()));
    sql.push_str(") ORDER BY source_code");
    let values: Vec<Param> = codes.iter().copied().map(Param::from).collect();
    let mut sources = session.fetch_all(&sql, &values).await?;
    add_carriers(session, &mut sources).await?;
    Ok(sources)
}

/// The sources of a stock, the most important one first, with their carriers; disabled ones too.
pub(crate) async fn of_stock(session: &mut Session, stock_id: i64) -> Result<Vec<Source>> {
    let mut sql = "SELECT ".to_owned();
    for (index, column) in COLUMNS.split(", ").enumerate() {
        sql.push_str(if index == 0 { "s." } else { ", s." });
        sql.push_str(column.trim());
    }
    sql.push_str(
        " FROM {inventory_source_stock_link} l \
         JOIN {inventory_source} s ON s.source_code = l.source_code \
         WHERE l.stock_id = ? ORDER BY l.priority, l.link_id",
    );
    let mut sources = session.fetch_all(&sql, params![stock_id]).await?;
    add_carriers(session, &mut sources).await?;
    Ok(sources)
}

/// The enabled sources that say where they are: code, latitude and longitude in degrees.
pub(crate) async fn located(session: &mut Session) -> Result<Vec<(String, Decimal, Decimal)>> {
    let sql = "SELECT source_code, latitude, longitude FROM {inventory_source} \
               WHERE enabled = 1 AND latitude IS NOT NULL AND longitude IS NOT NULL ORDER BY source_code";
    Ok(session.fetch_all(sql, params![]).await?)
}

async fn add_carriers(session: &mut Session, sources: &mut [Source]) -> Result<()> {
    if sources.is_empty() {
        return Ok(());
    }
    let mut sql = "SELECT source_code, carrier_code, position FROM {inventory_source_carrier_link} \
                   WHERE source_code IN ("
        .to_owned();
    sql.push_str(&dialect::placeholders(sources.len()));
    sql.push_str(") ORDER BY position, link_id");
    let codes: Vec<Param> = sources
        .iter()
        .map(|source| source.source_code.as_deref().unwrap_or_default().into())
        .collect();
    let rows: Vec<(String, Option<String>, Option<i64>)> = session.fetch_all(&sql, &codes).await?;
    let mut links: HashMap<String, Vec<CarrierLink>> = HashMap::new();
    for (code, carrier_code, position) in rows {
        links.entry(code.to_lowercase()).or_default().push(CarrierLink {
            carrier_code,
            position,
            ..CarrierLink::default()
        });
    }
    for source in sources {
        let code = source.source_code.as_deref().unwrap_or_default().to_lowercase();
        source.carrier_links = Some(links.remove(&code).unwrap_or_default());
    }
    Ok(())
}
