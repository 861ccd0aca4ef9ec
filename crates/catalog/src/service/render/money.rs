//! Amounts as HTML.

use rust_decimal::{Decimal, RoundingStrategy};

/// How amounts of a currency are written in a language (CLDR's patterns, as ICU has them).
pub(super) struct Money {
    symbol: String,
    /// Between thousands, and before the cents.
    group: &'static str,
    point: &'static str,
    /// What stands between symbol and amount, and whether the symbol comes first.
    space: &'static str,
    leading: bool,
}

const NARROW: &str = "\u{202f}";
const FIXED: &str = "\u{a0}";

impl Money {
    pub(super) fn new(locale: &str, currency: &str) -> Self {
        let language = locale.split('_').next().unwrap_or_default();
        let (group, point, space, leading) = match (language, locale) {
            (_, "de_CH") => ("\u{2019}", ".", FIXED, true),
            (_, "de_AT" | "pt_BR") => (".", ",", FIXED, true),
            ("nl", _) => (".", ",", FIXED, true),
            ("de" | "es" | "it" | "pt" | "da" | "el" | "ro" | "tr" | "hr" | "sl" | "id", _) => {
                (".", ",", FIXED, false)
            }
            ("fr", _) => (NARROW, ",", FIXED, false),
            ("ru" | "pl" | "sv" | "cs" | "fi" | "uk" | "nb" | "sk" | "hu" | "bg", _) => {
                (FIXED, ",", FIXED, false)
            }
            _ => (",", ".", "", true),
        };
        Self {
            symbol: symbol(locale, language, currency).to_owned(),
            group,
            point,
            space,
            leading,
        }
    }

    /// The amount with two places.
    pub(super) fn html(&self, amount: Decimal) -> String {
        let rounded = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        let text = format!("{:.2}", rounded.abs());
        let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
        let mut number = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                number.push_str(self.group);
            }
            number.push(digit);
        }
        let sign = if rounded.is_sign_negative() && !rounded.is_zero() {
            "-"
        } else {
            ""
        };
        let (symbol, space, point) = (&self.symbol, self.space, self.point);
        let amount = match self.leading {
            true => format!("{sign}{symbol}{space}{number}{point}{cents}"),
            false => format!("{sign}{number}{point}{cents}{space}{symbol}"),
        };
        format!("<span class=\"price\">{amount}</span>")
    }
}

/// The dollar is `$` alone only where it is at home, or where nobody takes it for another one.
fn symbol<'a>(locale: &str, language: &str, currency: &'a str) -> &'a str {
    match (currency, language, locale) {
        ("USD", "en", "en_US") => "$",
        ("USD", "en" | "es" | "pt" | "nl", _) => "US$",
        ("USD", "fr", _) => "$US",
        ("USD", _, _) => "$",
        _ => directory::locale::currency_symbol(locale, currency),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_the_language_has_them() {
        let html = |locale: &str, currency: &str, amount: &str| {
            let html = Money::new(locale, currency).html(amount.parse().unwrap());
            html.trim_start_matches("<span class=\"price\">")
                .trim_end_matches("</span>")
                .to_owned()
        };
        assert_eq!(html("en_US", "USD", "39.6627"), "$39.66");
        assert_eq!(html("en_US", "EUR", "1234567.005"), "€1,234,567.01");
        assert_eq!(html("en_GB", "USD", "88"), "US$88.00");
        assert_eq!(html("de_DE", "EUR", "1234.5"), "1.234,50\u{a0}€");
        assert_eq!(html("fr_FR", "EUR", "-65.45"), "-65,45\u{a0}€");
    }
}
