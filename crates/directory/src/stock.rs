//! The rows that the directory's tables hold in a fresh installation.
//!
//! Clients hard-code region ids, so the ids are those of a stock Magento Open Source 2.4.7.
//! `directory_country_format` is empty there and has no rows here.

/// A row of `directory_country`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// `country_id`: the two-letter code.
    pub id: &'static str,
    /// `iso2_code`.
    pub iso2: &'static str,
    /// `iso3_code`.
    pub iso3: &'static str,
}

/// A row of `directory_country_region`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// `region_id`.
    pub id: u32,
    /// `country_id`.
    pub country_id: &'static str,
    /// `code`: unique in most countries, but not in all (`AE` stands four times in the US).
    pub code: &'static str,
    /// `default_name`: the name in locales that have none of their own.
    pub default_name: &'static str,
}

/// A row of `directory_country_region_name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegionName {
    /// `locale`.
    pub locale: &'static str,
    /// `region_id`.
    pub region_id: u32,
    /// `name`.
    pub name: &'static str,
}

/// A row of `directory_currency_rate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrencyRate {
    /// `currency_from`.
    pub from: &'static str,
    /// `currency_to`.
    pub to: &'static str,
    /// `rate`, with the twelve decimals of its column.
    pub rate: &'static str,
}

/// The countries, by id.
pub fn countries() -> impl Iterator<Item = Country> {
    rows(include_str!("../data/countries.tsv")).map(|[id, iso2, iso3]| Country { id, iso2, iso3 })
}

/// The regions, by id.
pub fn regions() -> impl Iterator<Item = Region> {
    rows(include_str!("../data/regions.tsv")).filter_map(|[id, country_id, code, default_name]| {
        let id = id.parse().ok()?;
        Some(Region {
            id,
            country_id,
            code,
            default_name,
        })
    })
}

/// The names of regions by locale: only `en_US` has any, and they repeat the default names.
pub fn region_names() -> impl Iterator<Item = RegionName> {
    regions().map(|region| RegionName {
        locale: "en_US",
        region_id: region.id,
        name: region.default_name,
    })
}

/// The currency rates.
pub fn currency_rates() -> impl Iterator<Item = CurrencyRate> {
    rows(include_str!("../data/currency_rates.tsv")).map(|[from, to, rate]| CurrencyRate { from, to, rate })
}

/// The rows of a table: tab-separated, with `#` lines as comments.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::shared;

    /// The rows of a table in the dump of a fresh installation, one text each.
    fn dumped(table: &str) -> Option<Vec<String>> {
        let dump = shared("magento/fresh.sql.gz")?;
        let head = format!("INSERT INTO `{table}` VALUES\n");
        let Some(start) = dump.find(&head) else {
            return Some(Vec::new());
        };
        let rows = dump[start + head.len()..].split_once(";\n").unwrap().0;
        Some(
            rows.lines()
                .map(|row| row.trim_end_matches(',').to_owned())
                .collect(),
        )
    }

    fn quoted(text: &str) -> String {
        format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
    }

    fn check(table: &str, ours: impl Iterator<Item = String>) {
        let ours: Vec<_> = ours.collect();
        if let Some(theirs) = dumped(table) {
            assert_eq!(ours, theirs, "{table}");
        }
    }

    #[test]
    fn the_countries_are_those_of_a_fresh_installation() {
        assert_eq!(countries().count(), 249);
        let rows = countries().map(|c| format!("({},{},{})", quoted(c.id), quoted(c.iso2), quoted(c.iso3)));
        check("directory_country", rows);
    }

    #[test]
    fn the_regions_are_those_of_a_fresh_installation() {
        assert_eq!(regions().count(), 1156);
        let rows = regions().map(|r| {
            format!(
                "({},{},{},{})",
                r.id,
                quoted(r.country_id),
                quoted(r.code),
                quoted(r.default_name)
            )
        });
        check("directory_country_region", rows);
    }

    #[test]
    fn the_region_names_are_those_of_a_fresh_installation() {
        let rows =
            region_names().map(|n| format!("({},{},{})", quoted(n.locale), n.region_id, quoted(n.name)));
        check("directory_country_region_name", rows);
    }

    #[test]
    fn the_rates_are_those_of_a_fresh_installation() {
        let rows = currency_rates().map(|r| format!("({},{},{})", quoted(r.from), quoted(r.to), r.rate));
        check("directory_currency_rate", rows);
    }

    #[test]
    fn a_fresh_installation_has_no_country_formats() {
        check("directory_country_format", std::iter::empty());
    }

    #[test]
    fn the_default_of_the_allowed_countries_names_every_country() {
        let allowed = store::config_defaults::default_value("general/country/allow").unwrap();
        let allowed: std::collections::BTreeSet<_> = allowed.split(',').collect();
        for country in countries() {
            assert!(allowed.contains(country.id), "{}", country.id);
        }
    }
}
