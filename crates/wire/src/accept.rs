//! Choice of the answer's format from the `Accept` header (spec/webapi.md §9).

use std::cmp::Ordering;

use crate::{
    Format,
    php::{Numeric, numeric},
};

/// Quality of a type without one, as text: qualities are array keys to Magento.
const DEFAULT_QUALITY: &str = "1.0";

/// None of the accepted types can be written; `Display` is Magento's text, its HTTP code is 406.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "Server cannot match any of the given Accept HTTP header media type(s) from the request: \"{first}\" with media \
     types from the config of response renderer."
)]
pub struct NotAcceptable {
    /// The type that the client likes best.
    pub first: String,
}

/// Chooses the format for an `Accept` header.
///
/// The first parameter of a type is its quality whatever its name is. Types are ordered by quality, descending, as
/// PHP orders array keys: two numbers by value, anything else as text; equal ones stay in header order. Case
/// matters; `q=0` does not exclude.
///
/// # Errors
/// [`NotAcceptable`] when no type matches. A missing or empty header, or one without a single well-formed type,
/// accepts everything.
pub fn negotiate(header: Option<&str>) -> Result<Format, NotAcceptable> {
    let types = ordered(header.unwrap_or_default());
    let Some(first) = types.first() else {
        return Ok(Format::Json);
    };
    types
        .iter()
        .find_map(|media_type| format_of(media_type))
        .ok_or_else(|| NotAcceptable {
            first: (*first).to_owned(),
        })
}

fn format_of(media_type: &str) -> Option<Format> {
    match media_type {
        "*/*" | "application/json" | "application/*" => Some(Format::Json),
        "text/xml" | "application/xml" | "application/xhtml+xml" | "text/*" => Some(Format::Xml),
        _ => None,
    }
}

/// The well-formed types of the header, best first.
fn ordered(header: &str) -> Vec<&str> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for definition in header.split(',') {
        let mut parts = definition.split(';');
        let media_type = parts.next().unwrap_or_default().trim();
        if !is_media_type(media_type) {
            continue;
        }
        let quality = parts.next().and_then(quality).unwrap_or(DEFAULT_QUALITY);
        match groups.iter_mut().find(|(other, _)| *other == quality) {
            Some((_, types)) => types.push(media_type),
            None => insert(&mut groups, quality, media_type),
        }
    }
    groups.into_iter().flat_map(|(_, types)| types).collect()
}

/// Puts a new quality after all that are not lower. PHP's order of keys is not transitive, which `sort_by` would
/// not stand.
fn insert<'a>(groups: &mut Vec<(&'a str, Vec<&'a str>)>, quality: &'a str, media_type: &'a str) {
    let place = groups
        .iter()
        .position(|(other, _)| compare(other, quality) == Ordering::Less);
    groups.insert(place.unwrap_or(groups.len()), (quality, vec![media_type]));
}

/// The value of a `name=value` parameter.
fn quality(parameter: &str) -> Option<&str> {
    let (_, value) = parameter.split_once('=')?;
    (!value.contains('=')).then_some(value)
}

fn compare(left: &str, right: &str) -> Ordering {
    match (numeric(left), numeric(right)) {
        (Some(left), Some(right)) => float(left).total_cmp(&float(right)),
        _ => left.cmp(right),
    }
}

fn float(number: Numeric) -> f64 {
    match number {
        Numeric::Int(value) => value as f64,
        Numeric::Float(value) => value,
    }
}

/// One or two words of letters, digits and `*+-`, the second with dots too.
fn is_media_type(text: &str) -> bool {
    let word = |text: &str, dot: bool| {
        !text.is_empty()
            && text.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'+' | b'-') || (dot && byte == b'.')
            })
    };
    match text.split_once('/') {
        Some((kind, subtype)) => word(kind, false) && word(subtype, true),
        None => word(text, false),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::goldens;

    #[rstest]
    #[case::empty("", Format::Json)]
    #[case::any("*/*", Format::Json)]
    #[case::json("application/json", Format::Json)]
    #[case::any_application("application/*", Format::Json)]
    #[case::any_text("text/*", Format::Xml)]
    #[case::xml("application/xml", Format::Xml)]
    #[case::text_xml("text/xml", Format::Xml)]
    #[case::xhtml("application/xhtml+xml", Format::Xml)]
    #[case::browser(
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        Format::Xml
    )]
    #[case::quality("application/json;q=0.5, application/xml", Format::Xml)]
    #[case::header_order("application/json, application/xml", Format::Json)]
    #[case::header_order_reversed("application/xml, application/json", Format::Xml)]
    #[case::one_equals_one_point_zero("application/json;q=1, application/xml", Format::Json)]
    #[case::zero_is_no_exclusion("application/xml;q=0, text/html", Format::Xml)]
    #[case::any_parameter_is_a_quality("application/json;charset=utf-8, application/xml", Format::Json)]
    #[case::only_the_first_parameter("application/json;a=0.1;q=1, application/xml;q=0.2", Format::Xml)]
    #[case::two_equals_signs("application/json;q=0.1=2, application/xml;q=0.9", Format::Json)]
    #[case::ill_formed_types_do_not_count("a b/c, ;q=1, /", Format::Json)]
    #[case::axios("application/json, text/plain, */*", Format::Json)]
    fn the_best_type_that_can_be_written_wins(#[case] header: &str, #[case] expected: Format) {
        assert_eq!(negotiate(Some(header)), Ok(expected));
    }

    #[test]
    fn a_missing_header_means_json() {
        assert_eq!(negotiate(None), Ok(Format::Json));
    }

    #[rstest]
    #[case("text/html", "text/html")]
    #[case("APPLICATION/JSON", "APPLICATION/JSON")]
    #[case("application/vnd.api+json", "application/vnd.api+json")]
    #[case("image/png;q=0.1, text/html, garbage", "text/html")]
    fn nothing_matching_is_an_error_with_the_first_type(#[case] header: &str, #[case] first: &str) {
        let error = negotiate(Some(header)).unwrap_err();
        let expected = format!(
            "Server cannot match any of the given Accept HTTP header media type(s) from the request: \"{first}\" \
             with media types from the config of response renderer."
        );
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn recorded_requests_are_answered_in_the_negotiated_format() {
        let mut accepts = 0;
        for file in ["auth", "replay", "ms-replay"] {
            for row in goldens::rows(file) {
                let Some(header) = row.header("Accept") else {
                    continue;
                };
                let expected = match row.response_type.as_str() {
                    "application/json; charset=utf-8" => Some(Format::Json),
                    "application/xml; charset=utf-8" => Some(Format::Xml),
                    _ => None,
                };
                assert_eq!(negotiate(Some(header)).ok(), expected, "{}", row.name);
                accepts += 1;
            }
        }
        assert!(accepts > 10 || goldens::absent(), "{accepts}");
    }

    proptest! {
        #[test]
        fn any_header_is_answered(header in "([a-z*]{0,4}/?[a-z*]{0,4}(;q=[0-9a-c. ]{0,4})?,? ?){0,20}") {
            let _ = negotiate(Some(&header));
        }
    }
}
