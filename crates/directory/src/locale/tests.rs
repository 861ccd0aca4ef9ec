use proptest::prelude::*;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::*;
use crate::fixtures::answers;
use crate::stock;

/// The locale of the store view that a recorded path names (`spec/scopes.md`, set-up).
fn locale_of(path: &str) -> &'static str {
    match path.split('/').nth(2) {
        Some("de") => "de_DE",
        Some("eu_en") => "en_GB",
        Some("eu_fr") => "fr_FR",
        _ => "en_US",
    }
}

/// Every country of the recorded answers, with its path.
fn recorded_countries() -> Vec<(String, Value)> {
    let one_by_one = |(path, body): (String, Value)| match body {
        Value::Array(countries) => countries
            .into_iter()
            .map(|country| (path.clone(), country))
            .collect(),
        country => vec![(path, country)],
    };
    answers("/V1/directory/countries")
        .into_iter()
        .flat_map(one_by_one)
        .collect()
}

/// What the column's collation (`utf8mb3_general_ci`) compares: base letters in one case.
fn collated(name: &str) -> String {
    name.nfd()
        .filter(|c| !is_combining_mark(*c))
        .collect::<String>()
        .to_uppercase()
}

#[test]
fn every_recorded_country_name_is_found() {
    for (path, country) in recorded_countries() {
        let id = country["id"].as_str().unwrap();
        for (field, locale) in [
            ("full_name_locale", locale_of(&path)),
            ("full_name_english", "en_US"),
        ] {
            if let Some(recorded) = country.get(field) {
                assert_eq!(
                    territory_name(locale, id),
                    recorded.as_str(),
                    "{path} {id} {field}"
                );
            }
        }
    }
}

#[test]
fn the_recorded_lists_are_in_the_order_of_the_ids() {
    for (path, body) in answers("/V1/directory/countries") {
        if let Some(countries) = body.as_array() {
            assert!(
                countries.is_sorted_by_key(|country| country["id"].as_str().unwrap()),
                "{path}"
            );
        }
    }
}

#[test]
fn recorded_regions_are_the_stock_ones_in_the_collated_order_of_their_names() {
    for (path, country) in recorded_countries() {
        let Some(recorded) = country.get("available_regions") else {
            continue;
        };
        let mut ours: Vec<_> = stock::regions()
            .filter(|region| country["id"] == region.country_id)
            .collect();
        ours.sort_by_key(|region| collated(region.default_name));
        let ours = ours.iter().map(|region| {
            serde_json::json!({"id": region.id.to_string(), "code": region.code, "name": region.default_name})
        });
        assert_eq!(Value::from_iter(ours), *recorded, "{path}");
    }
}

#[test]
fn every_recorded_currency_symbol_is_found() {
    for (path, body) in answers("/V1/directory/currency") {
        for kind in ["base", "default_display"] {
            let code = body[format!("{kind}_currency_code")].as_str().unwrap();
            let symbol = &body[format!("{kind}_currency_symbol")];
            assert_eq!(currency_symbol(locale_of(&path), code), symbol, "{path}");
        }
    }
}

#[test]
fn the_region_of_a_locale_does_not_count_for_names() {
    assert_eq!(territory_name("pt_PT", "CZ"), territory_name("pt_BR", "CZ"));
    assert_eq!(territory_name("es_MX", "CI"), territory_name("es_ES", "CI"));
    assert_eq!(territory_name("de_AT", "SJ"), territory_name("de_DE", "SJ"));
}

#[test]
fn the_script_of_a_locale_counts_for_names() {
    assert_eq!(territory_name("sr_Cyrl_RS", "DE"), Some("Немачка"));
    assert_eq!(territory_name("sr_Latn_RS", "DE"), Some("Nemačka"));
    assert_eq!(territory_name("zh_Hans_CN", "DE"), Some("德国"));
    assert_eq!(territory_name("zh_Hant_TW", "DE"), Some("德國"));
    assert_eq!(territory_name("az_Latn_AZ", "DE"), Some("Almaniya"));
}

#[test]
fn a_name_equal_to_the_english_one_is_found_in_every_language() {
    assert_eq!(territory_name("de_DE", "AD"), Some("Andorra"));
    assert_eq!(territory_name("fr_FR", "FR"), Some("France"));
}

#[test]
fn an_unknown_locale_answers_in_english() {
    for locale in ["", "_", "x", "xx_XX", "xx_Latn_XX"] {
        assert_eq!(territory_name(locale, "DE"), Some("Germany"), "{locale:?}");
        assert_eq!(currency_symbol(locale, "EUR"), "€", "{locale:?}");
    }
}

#[test]
fn every_stock_country_but_one_has_a_name() {
    let nameless = |locale| stock::countries().filter(move |c| territory_name(locale, c.id).is_none());
    for locale in ["en_US", "de_DE", "sr_Latn_RS", "zh_Hant_HK", "sw_KE"] {
        assert_eq!(
            nameless(locale).map(|c| c.id).collect::<Vec<_>>(),
            ["AN"],
            "{locale}"
        );
    }
}

#[test]
fn codes_are_case_sensitive_and_whole() {
    for code in ["", "de", "D", "DEU", "DE\t", "\n", "#"] {
        assert_eq!(territory_name("en_US", code), None, "{code:?}");
    }
}

#[test]
fn a_currency_with_a_symbol_of_its_own_has_it_in_every_locale() {
    for locale in ["en_US", "en_GB", "fr_FR", "de_DE", "ja_JP"] {
        assert_eq!(currency_symbol(locale, "USD"), "$");
        assert_eq!(currency_symbol(locale, "MXN"), "$");
        assert_eq!(currency_symbol(locale, "JPY"), "￥");
        assert_eq!(currency_symbol(locale, "CVE"), "CVE");
    }
}

#[test]
fn other_currencies_have_the_symbol_of_the_locale() {
    assert_eq!(currency_symbol("en_US", "GBP"), "£");
    assert_eq!(currency_symbol("fr_FR", "GBP"), "£GB");
    assert_eq!(currency_symbol("fr_CA", "GBP"), "£");
    assert_eq!(currency_symbol("es_AR", "EUR"), "€");
    assert_eq!(currency_symbol("en_AU", "EUR"), "EUR");
    assert_eq!(currency_symbol("zh_Hans_CN", "CNY"), "¥");
    assert_eq!(currency_symbol("en_US", "CNY"), "CN¥");
}

#[test]
fn an_unknown_currency_is_its_own_symbol() {
    assert_eq!(currency_symbol("en_US", "CHF"), "CHF");
    assert_eq!(currency_symbol("de_DE", "QQQ"), "QQQ");
    assert_eq!(currency_symbol("de_DE", ""), "");
}

#[test]
fn the_tables_are_sorted_and_every_row_is_found() {
    for table in [TERRITORIES, SYMBOLS] {
        let rows = || table.lines().filter(|line| !line.starts_with('#'));
        let keys = rows().map(|row| row.split('\t').take(2).collect::<Vec<_>>());
        assert!(keys.is_sorted_by(|a, b| a < b));
        for row in rows() {
            let cells: Vec<_> = row.split('\t').collect();
            assert_eq!(find(table, cells[0], cells[1]), Some(cells[2]), "{row}");
        }
    }
}

proptest! {
    #[test]
    fn no_locale_or_code_makes_a_search_panic(locale in "\\PC*", code in "\\PC*") {
        territory_name(&locale, &code);
        currency_symbol(&locale, &code);
    }

    #[test]
    fn codes_of_the_right_form_never_make_a_search_panic(
        locale in "[a-z]{0,3}(_[A-Z][a-z]{0,4})?(_[A-Z]{0,3})?",
        code in "[A-Z]{0,4}",
    ) {
        territory_name(&locale, &code);
        prop_assert!(currency_symbol(&locale, &code).is_empty() == code.is_empty());
    }
}
