use serde_json::Value;

use super::number::float_to_string_cast;

/// The number that a numeric string is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Numeric {
    /// Digits only, within 64 bits.
    Int(i64),
    /// Everything else; may be infinite (`1e999`).
    Float(f64),
}

/// Whether PHP 8 calls the string numeric, see [`numeric`].
#[must_use]
pub fn is_numeric(text: &str) -> bool {
    form(text).is_some()
}

/// Reads a PHP 8 numeric string: blanks on both sides, a sign, `.5`, `1.` and exponents are allowed; hexadecimal,
/// the empty string and anything after the number are not (spec/webapi.md §6.10).
#[must_use]
pub fn numeric(text: &str) -> Option<Numeric> {
    let (number, whole) = form(text)?;
    if whole && let Ok(value) = number.parse() {
        return Some(Numeric::Int(value));
    }
    number.parse().ok().map(Numeric::Float)
}

/// The number without its blanks, and whether it consists of digits only.
fn form(text: &str) -> Option<(&str, bool)> {
    let number = text.trim_matches([' ', '\t', '\n', '\r', '\x0B', '\x0C']);
    let unsigned = number.strip_prefix(['+', '-']).unwrap_or(number);
    let (whole, rest) = split_digits(unsigned);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => split_digits(rest),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let (digits, rest) = split_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
        return (!digits.is_empty() && rest.is_empty()).then_some((number, false));
    }
    rest.is_empty().then_some((number, whole.len() == unsigned.len()))
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// PHP's cast of a scalar to string; arrays and objects have none (spec/webapi.md §6.10).
#[must_use]
pub fn to_string_cast(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Bool(false) => Some(String::new()),
        Value::Bool(true) => Some("1".to_owned()),
        Value::Number(number) => Some(number.as_i64().map_or_else(
            || float_to_string_cast(number.as_f64().unwrap_or_default()),
            |value| value.to_string(),
        )),
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// The truth of a value where `bool` is declared: `true`, `1`, `"1"`, `"true"`, `"yes"`, `"on"` in any case, with
/// blanks around; everything else is false, `2` and `"abc"` too (spec/webapi.md §6.10).
#[must_use]
pub fn to_bool(value: &Value) -> bool {
    let text = match value {
        Value::Bool(value) => return *value,
        Value::Number(number) => return number.as_f64() == Some(1.0),
        Value::String(text) => text.trim_matches([' ', '\t', '\n', '\r', '\x0B']),
        Value::Null | Value::Array(_) | Value::Object(_) => return false,
    };
    ["1", "true", "yes", "on"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// The name that PHP's `gettype` gives the value, as error texts print it (spec/webapi.md §6.11).
#[must_use]
pub fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "double",
        Value::String(_) => "string",
        Value::Array(_) | Value::Object(_) => "array",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case("5", Numeric::Int(5))]
    #[case(" 7", Numeric::Int(7))]
    #[case("7 ", Numeric::Int(7))]
    #[case("\t\n\r\x0B\x0C-7\n", Numeric::Int(-7))]
    #[case("+1", Numeric::Int(1))]
    #[case("000000000000000000000000000012", Numeric::Int(12))]
    #[case("9223372036854775807", Numeric::Int(i64::MAX))]
    #[case("-9223372036854775808", Numeric::Int(i64::MIN))]
    #[case("9223372036854775808", Numeric::Float(9_223_372_036_854_775_808.0))]
    #[case("1e3", Numeric::Float(1000.0))]
    #[case("1E+3", Numeric::Float(1000.0))]
    #[case("1.5e-1", Numeric::Float(0.15))]
    #[case(".5", Numeric::Float(0.5))]
    #[case("-.5", Numeric::Float(-0.5))]
    #[case("1.", Numeric::Float(1.0))]
    #[case("1.9", Numeric::Float(1.9))]
    #[case("1e999", Numeric::Float(f64::INFINITY))]
    fn numeric_strings_are_read(#[case] text: &str, #[case] expected: Numeric) {
        assert!(is_numeric(text));
        assert_eq!(numeric(text), Some(expected));
    }

    #[rstest]
    #[case("")]
    #[case(" ")]
    #[case(".")]
    #[case("-")]
    #[case("+-1")]
    #[case("abc")]
    #[case("12abc")]
    #[case("0x1A")]
    #[case("1,5")]
    #[case("1 2")]
    #[case("1e")]
    #[case("1e+")]
    #[case("e5")]
    #[case("1.5.2")]
    #[case("inf")]
    #[case("NaN")]
    #[case("- 1")]
    #[case("1\0")]
    #[case("\u{a0}1")]
    fn other_strings_are_not_numeric(#[case] text: &str) {
        assert!(!is_numeric(text));
        assert_eq!(numeric(text), None);
    }

    #[test]
    fn scalars_are_cast_to_strings() {
        let cast = |value: Value| to_string_cast(&value);
        assert_eq!(cast(json!(true)).as_deref(), Some("1"));
        assert_eq!(cast(json!(false)).as_deref(), Some(""));
        assert_eq!(cast(json!(null)).as_deref(), Some(""));
        assert_eq!(cast(json!(1.0)).as_deref(), Some("1"));
        assert_eq!(cast(json!(-7)).as_deref(), Some("-7"));
        assert_eq!(cast(json!(1e25)).as_deref(), Some("1.0E+25"));
        assert_eq!(cast(json!("x")).as_deref(), Some("x"));
        assert_eq!(cast(json!([])), None);
        assert_eq!(cast(json!({})), None);
    }

    #[test]
    fn few_values_are_true() {
        for value in [
            json!(true),
            json!(1),
            json!(1.0),
            json!("1"),
            json!("TRUE"),
            json!("Yes"),
            json!(" on "),
        ] {
            assert!(to_bool(&value), "{value}");
        }
        for value in [
            json!(false),
            json!(2),
            json!("2"),
            json!("abc"),
            json!(""),
            json!("1.0"),
            json!(null),
        ] {
            assert!(!to_bool(&value), "{value}");
        }
    }

    #[test]
    fn types_have_the_names_of_php() {
        assert_eq!(type_name(&json!([])), "array");
        assert_eq!(type_name(&json!({})), "array");
        assert_eq!(type_name(&json!("")), "string");
        assert_eq!(type_name(&json!(1)), "integer");
        assert_eq!(type_name(&json!(1.0)), "double");
        assert_eq!(type_name(&json!(true)), "boolean");
        assert_eq!(type_name(&json!(null)), "NULL");
    }

    proptest! {
        #[test]
        fn any_string_is_numeric_or_not(text in "[ 0-9.eE+\\-x\\PC]{0,12}") {
            prop_assert_eq!(is_numeric(&text), numeric(&text).is_some());
        }

        #[test]
        fn every_integer_is_numeric(value in any::<i64>()) {
            prop_assert_eq!(numeric(&value.to_string()), Some(Numeric::Int(value)));
        }
    }
}
