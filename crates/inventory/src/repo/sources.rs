//! `inventory_source`, `inventory_source_carrier_link`.

use std::collections::HashMap;

use contract::{Extension, Given, Result};
use db::search::{Column, Kind, Search};
use db::{FromRow, FromValue, Param, Row, Session, bulk, dialect, params};
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

fn given<T: FromValue>(row: &Row<'_>, index: usize) -> db::Result<Given<T>> {
    row.get::<Option<T>>(index).map(Given::from)
}

impl FromRow for Source {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            source_code: row.get(0)?,
            name: row.get(1)?,
            email: given(row, 2)?,
            contact_name: given(row, 3)?,
            enabled: given(row, 4)?,
            description: given(row, 5)?,
            latitude: given(row, 6)?,
            longitude: given(row, 7)?,
            country_id: row.get(8)?,
            region_id: given(row, 9)?,
            region: given(row, 10)?,
            city: given(row, 11)?,
            street: given(row, 12)?,
            postcode: row.get(13)?,
            phone: given(row, 14)?,
            fax: given(row, 15)?,
            use_default_carrier_config: given(row, 16)?,
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

/// Whether another source has this name.
pub(crate) async fn is_name_taken(session: &mut Session, name: &str, code: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM {inventory_source} WHERE name = ? AND source_code <> ?";
    let found: Option<i64> = session.fetch_optional(sql, params![name, code]).await?;
    Ok(found.is_some())
}

/// Whether a source is there and enabled; read to be changed.
pub(crate) async fn is_enabled(session: &mut Session, code: &str) -> Result<Option<bool>> {
    session.begin().await?;
    let sql = "SELECT enabled FROM {inventory_source} WHERE source_code = ?".to_owned()
        + dialect::for_update(session.engine());
    Ok(session.fetch_optional(&sql, params![code]).await?)
}

/// Writes the given columns of a source, a new one if there is none with its code, and replaces its carriers.
///
/// # Errors
/// A value that does not fit.
pub(crate) async fn save(session: &mut Session, source: &Source, is_new: bool) -> db::Result<()> {
    let code = source.source_code.clone().unwrap_or_default();
    let (columns, mut values) = columns_of(source);
    if is_new {
        let mut all = vec!["source_code"];
        all.extend(&columns);
        values.insert(0, code.as_str().into());
        let sql = dialect::insert_rows("inventory_source", &all, 1);
        session.execute(&sql, &values).await?;
    } else {
        let mut sql = "UPDATE {inventory_source} SET ".to_owned();
        sql.push_str(&columns.join(" = ?, "));
        sql.push_str(" = ? WHERE source_code = ?");
        values.push(code.as_str().into());
        session.execute(&sql, &values).await?;
    }
    let sql = "DELETE FROM {inventory_source_carrier_link} WHERE source_code = ?";
    session.execute(sql, params![&code]).await?;
    let rows: Vec<Param> = source
        .carrier_links
        .iter()
        .flatten()
        .flat_map(|link| {
            [
                code.as_str().into(),
                link.carrier_code.clone().into(),
                link.position.into(),
            ]
        })
        .collect();
    let columns = ["source_code", "carrier_code", "position"];
    bulk::insert(session, "inventory_source_carrier_link", &columns, &rows).await
}

/// The columns that a request sets, but for the code. A flag that is null is off.
fn columns_of(source: &Source) -> (Vec<&'static str>, Vec<Param>) {
    let (mut columns, mut values) = (Vec::new(), Vec::new());
    let mut set = |column: &'static str, value: Param| {
        columns.push(column);
        values.push(value);
    };
    set("name", source.name.clone().into());
    set("country_id", source.country_id.clone().into());
    set("postcode", source.postcode.clone().into());
    let texts = [
        ("email", &source.email),
        ("contact_name", &source.contact_name),
        ("description", &source.description),
        ("region", &source.region),
        ("city", &source.city),
        ("street", &source.street),
        ("phone", &source.phone),
        ("fax", &source.fax),
    ];
    for (column, value) in texts {
        if value.is_given() {
            set(column, value.value().cloned().into());
        }
    }
    for (column, value) in [("latitude", &source.latitude), ("longitude", &source.longitude)] {
        if value.is_given() {
            set(column, value.value().copied().into());
        }
    }
    if source.region_id.is_given() {
        set("region_id", source.region_id.value().copied().into());
    }
    let flags = [
        ("enabled", &source.enabled),
        ("use_default_carrier_config", &source.use_default_carrier_config),
    ];
    for (column, value) in flags {
        if value.is_given() {
            set(column, value.value().copied().unwrap_or_default().into());
        }
    }
    let extension = &source.extension_attributes.0;
    let active = extension.is_pickup_location_active.unwrap_or_default();
    set("is_pickup_location_active", active.into());
    set("frontend_name", extension.frontend_name.clone().into());
    set(
        "frontend_description",
        extension.frontend_description.clone().into(),
    );
    (columns, values)
}
