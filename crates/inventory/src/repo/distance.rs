//! `inventory_geoname`: where places are.

use contract::Result;
use db::{Param, Session};
use rust_decimal::Decimal;

/// Addresses that one statement asks for: SQLite takes 500 parts.
const AT_ONCE: usize = 200;

/// What a place is looked up by, within its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Postcode,
    /// Beginnings of names match, and `%` and `_` stand for other characters.
    City,
    Region,
}

impl By {
    fn condition(self) -> &'static str {
        match self {
            Self::Postcode => "postcode = ?",
            Self::City => "city LIKE ?",
            Self::Region => "region = ?",
        }
    }

    fn value(self, text: &str) -> Param {
        match self {
            Self::City => format!("{text}%").into(),
            Self::Postcode | Self::Region => text.into(),
        }
    }
}

/// Latitude and longitude, in degrees.
pub(crate) type Place = (Decimal, Decimal);

/// The first place of each country and name, by the index of the name.
pub(crate) async fn first(
    session: &mut Session,
    by: By,
    names: &[(usize, &str, &str)],
) -> Result<Vec<(usize, Place)>> {
    let mut found = Vec::new();
    for names in names.chunks(AT_ONCE) {
        let (mut sql, mut values) = (String::new(), Vec::new());
        for (part, (_, country, name)) in names.iter().enumerate() {
            sql.push_str(if part == 0 { "" } else { " UNION ALL " });
            sql.push_str(
                "SELECT ?, g.latitude, g.longitude FROM (SELECT latitude, longitude FROM {inventory_geoname} \
                          WHERE country_code = ? AND ",
            );
            sql.push_str(by.condition());
            sql.push_str(" ORDER BY entity_id LIMIT 1) g");
            values.extend([
                Param::from(part.to_string()),
                Param::from(*country),
                by.value(name),
            ]);
        }
        let rows: Vec<(String, Decimal, Decimal)> = session.fetch_all(&sql, &values).await?;
        for (part, lat, lng) in rows {
            let index = part.parse().ok().and_then(|part: usize| names.get(part));
            found.extend(index.map(|(index, _, _)| (*index, (lat, lng))));
        }
    }
    Ok(found)
}

/// All places of a country with a name; of a postcode the first.
pub(crate) async fn all(session: &mut Session, by: By, country: &str, name: &str) -> Result<Vec<Place>> {
    let mut sql =
        "SELECT latitude, longitude FROM {inventory_geoname} WHERE country_code = ? AND ".to_owned();
    sql.push_str(by.condition());
    sql.push_str(" ORDER BY entity_id");
    if by == By::Postcode {
        sql.push_str(" LIMIT 1");
    }
    let values = [Param::from(country), by.value(name)];
    Ok(session.fetch_all(&sql, &values).await?)
}
