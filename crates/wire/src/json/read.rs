use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::{DecodingError, Map, Value};

/// PHP's default nesting limit of `json_decode`.
const MAX_DEPTH: usize = 512;

/// Most values of a body: an empty object takes two bytes of text and hundreds of memory.
const MAX_VALUES: usize = 2_000_000;

/// Reads a JSON body as PHP's `json_decode` to arrays does (spec/webapi.md §7.5).
///
/// At most 512 levels; of equal keys the last value wins and the first position stays; an integer beyond 64 bits
/// becomes a float. One difference: a float beyond the range of a double is an error here, infinity in PHP.
///
/// # Errors
/// Malformed text, bad UTF-8, a byte order mark, anything after the value, too many levels, or more than 2,000,000
/// opening brackets and commas, which is as many values.
pub fn parse(body: &[u8]) -> Result<Value, DecodingError> {
    if is_too_much(body) {
        return Err(DecodingError);
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    reader.disable_recursion_limit();
    let value = Tree.deserialize(&mut reader).map_err(|_| DecodingError)?;
    reader.end().map_err(|_| DecodingError)?;
    Ok(value)
}

/// Counts brackets and commas outside strings, so that the recursive reader below never goes deeper than the limit
/// and never builds more than the limit.
fn is_too_much(body: &[u8]) -> bool {
    let mut depth = 0_usize;
    let mut values = 0_usize;
    let mut bytes = body.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' | b'{' => {
                depth += 1;
                values += 1;
            }
            b',' => values += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => skip_string(&mut bytes),
            _ => {}
        }
        if depth > MAX_DEPTH || values > MAX_VALUES {
            return true;
        }
    }
    false
}

fn skip_string(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
}

struct Tree;

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    /// What does not fit 64 signed bits is a float to PHP.
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or_else(|_| Value::from(value as f64), Value::from))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Tree)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            members.insert(key, access.next_value_seed(Tree)?);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn nested(levels: usize) -> String {
        format!("{}1{}", "[".repeat(levels), "]".repeat(levels))
    }

    #[test]
    fn the_512th_level_is_read_and_the_next_is_not() {
        assert!(parse(nested(512).as_bytes()).is_ok());
        assert_eq!(parse(nested(513).as_bytes()), Err(DecodingError));
        let objects = format!("{}1{}", r#"{"a":"#.repeat(512), "}".repeat(512));
        assert!(parse(objects.as_bytes()).is_ok());
    }

    #[test]
    fn a_million_open_brackets_are_refused() {
        assert_eq!(parse("[".repeat(1_000_000).as_bytes()), Err(DecodingError));
    }

    #[test]
    fn two_million_values_are_read_and_more_are_not() {
        let list = |items: usize| format!("[0{}]", ",0".repeat(items - 1));
        let items = parse(list(MAX_VALUES).as_bytes()).unwrap();
        assert_eq!(items.as_array().map(Vec::len), Some(MAX_VALUES));
        assert_eq!(parse(list(MAX_VALUES + 1).as_bytes()), Err(DecodingError));
        let objects = format!("[{}{{}}]", r#"{"":0},"#.repeat(MAX_VALUES / 2));
        assert_eq!(parse(objects.as_bytes()), Err(DecodingError));
        let text = format!("\"{}\"", ",[{".repeat(MAX_VALUES));
        assert!(parse(text.as_bytes()).is_ok(), "inside of a string they are none");
    }

    #[test]
    fn brackets_inside_strings_are_not_levels() {
        let text = format!(r#""\"{}""#, "[".repeat(1000));
        assert!(parse(text.as_bytes()).is_ok());
    }

    #[test]
    fn the_last_of_equal_keys_wins_at_the_first_place() {
        let value = parse(br#"{"a":1,"b":2,"a":3}"#).unwrap();
        assert_eq!(value.to_string(), r#"{"a":3,"b":2}"#);
    }

    #[test]
    fn an_integer_beyond_64_bits_is_a_float() {
        assert_eq!(parse(b"9223372036854775807").unwrap().as_i64(), Some(i64::MAX));
        assert!(parse(b"9223372036854775808").unwrap().is_f64());
        assert!(parse(b"-9223372036854775809").unwrap().is_f64());
        assert!(parse(b"123456789012345678901234567890").unwrap().is_f64());
    }

    #[rstest]
    #[case::empty(b"")]
    #[case::open(b"{")]
    #[case::trailing(b"1 2")]
    #[case::trailing_comma(b"[1,]")]
    #[case::single_quotes(b"{'a':1}")]
    #[case::bom(b"\xEF\xBB\xBF1")]
    #[case::bad_utf8(b"\"\xFF\"")]
    #[case::overlong(b"\"\xC0\x80\"")]
    #[case::lone_surrogate(br#""\ud800""#)]
    #[case::control(b"\"\n\"")]
    #[case::leading_zero(b"01")]
    #[case::upper_case(b"TRUE")]
    #[case::nul(b"1\0")]
    fn malformed_text_is_a_decoding_error(#[case] body: &[u8]) {
        assert_eq!(parse(body), Err(DecodingError));
    }

    #[test]
    fn the_error_has_the_text_of_magento() {
        assert_eq!(DecodingError.to_string(), "Decoding error.");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&body);
        }

        #[test]
        fn json_like_text_is_read_or_refused(body in "[\\[\\]{}:,\"\\\\ a0-9.eE+-]{0,80}") {
            prop_assert_eq!(parse(body.as_bytes()).is_ok(), serde_json::from_str::<Value>(&body).is_ok());
        }
    }
}
