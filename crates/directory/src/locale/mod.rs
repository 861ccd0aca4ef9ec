//! Names of territories and symbols of currencies by locale.
//!
//! The texts are those of Unicode CLDR 42, the release behind the recorded answers. They are searched where
//! they lie in the program; nothing is read or built at start. `data/generate.py` makes them.

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

const TERRITORIES: &str = include_str!("../../data/territories.tsv");
const SYMBOLS: &str = include_str!("../../data/currency_symbols.tsv");

/// The locale whose texts end every search.
const LAST_RESORT: &str = "en";

/// The name of a country in a locale; `None` if CLDR has none, as for the dissolved Netherlands Antilles, `AN`
/// (answered as null).
///
/// As in Magento only the language and the script of the locale count: `pt_PT` answers with the names of
/// Brazil's Portuguese, `de_AT` with those of Germany. An unknown language answers in English.
pub fn territory_name(locale: &str, code: &str) -> Option<&'static str> {
    parents(without_region(locale)).find_map(|locale| find(TERRITORIES, locale, code))
}

/// The symbol of a currency in a locale, the code itself if it has none.
///
/// Magento shows most currencies with the symbol of a locale of their own, whatever the locale of the store:
/// `USD` is `$` everywhere, also where CLDR says `$US` (fr) or `US$` (`en_GB`). The locale counts for the
/// others, among them `EUR`, `GBP`, `CHF` and `CNY`. A symbol that the shop has set in
/// `currency/options/customsymbol` goes before this one.
pub fn currency_symbol<'a>(locale: &str, code: &'a str) -> &'a str {
    let places = std::iter::once("*").chain(parents(locale));
    places
        .into_iter()
        .find_map(|locale| find(SYMBOLS, locale, code))
        .unwrap_or(code)
}

/// `zh_Hant_TW` → `zh_Hant`, `de_AT` → `de`.
fn without_region(locale: &str) -> &str {
    let mut parts = locale.split('_');
    let language = parts.next().unwrap_or_default().len();
    let script = parts
        .next()
        .filter(|part| part.len() == 4)
        .map_or(0, |script| 1 + script.len());
    locale.get(..language + script).unwrap_or(locale)
}

/// The locale, the more general ones, then English.
fn parents(locale: &str) -> impl Iterator<Item = &str> {
    let own = std::iter::successors(Some(locale), |locale| Some(locale.rsplit_once('_')?.0));
    own.chain(std::iter::once(LAST_RESORT))
}

/// The third column of the line that begins with the two keys. The lines are sorted by them.
fn find(table: &'static str, locale: &str, code: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let bytes = table.as_bytes();
        let middle = low + (high - low) / 2;
        let start = bytes[low..middle]
            .iter()
            .rposition(|&b| b == b'\n')
            .map_or(low, |at| low + at + 1);
        let end = bytes[middle..high]
            .iter()
            .position(|&b| b == b'\n')
            .map_or(high, |at| middle + at);
        let mut cells = table.get(start..end)?.split('\t');
        let key = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        match key.cmp(&(locale, code)) {
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
            Ordering::Equal => return cells.next(),
        }
    }
    None
}
