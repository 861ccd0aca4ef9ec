//! The rule `input_validation`.

use jiff::civil::Date;

use super::email;
use crate::service::attribute::View;

/// What the attribute's input rule says of a value that is there.
pub(super) fn of(view: &View<'_>, value: &str, label: &str) -> Option<String> {
    if super::is_empty(value) {
        return None;
    }
    let wrong = match view.rule("input_validation")?.as_str() {
        "alphanumeric" | "alphanum-with-spaces" => {
            (!all(value, |c| c.is_alphanumeric() || c.is_whitespace()))
                .then_some("contains non-alphabetic or non-numeric characters.")?
        }
        "numeric" => (!all(value, |c| c.is_ascii_digit())).then_some("contains non-numeric characters.")?,
        "alpha" => (!all(value, |c| c.is_alphabetic() || c.is_whitespace()))
            .then_some("contains non-alphabetic characters.")?,
        "email" => email::wrong(value)?,
        "url" => (!is_url(value)).then_some("is not a valid URL.")?,
        "date" => (!is_date(value)).then_some("is not a valid date.")?,
        _ => return None,
    };
    Some(format!("\"{label}\" {wrong}"))
}

fn all(value: &str, allowed: impl Fn(char) -> bool) -> bool {
    value.chars().all(allowed)
}

/// Whether a text is a date as the tables have it; a time behind it does not matter.
pub(crate) fn is_date(value: &str) -> bool {
    let date = value.strip_suffix(" 00:00:00").unwrap_or(value);
    Date::strptime("%Y-%m-%d", date).is_ok()
}

/// Whether a text is the address of a page.
fn is_url(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once("://") else {
        return false;
    };
    matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "ftp")
        && !rest.is_empty()
        && !rest.starts_with('/')
        && !rest.contains(char::is_whitespace)
}
