use crate::Sink;

/// Copy as it is.
const PLAIN: u8 = 0;
/// Part of a character beyond ASCII.
const WIDE: u8 = 0xFF;

/// What becomes of each byte: [`PLAIN`], [`WIDE`], or the letter after the backslash (`u` for `\u00xx`).
const ESCAPES: [u8; 256] = escapes();
const HEX: &[u8; 16] = b"0123456789abcdef";

const fn escapes() -> [u8; 256] {
    let mut table = [PLAIN; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = b'u';
        byte += 1;
    }
    let mut byte = 0x80;
    while byte < 256 {
        table[byte] = WIDE;
        byte += 1;
    }
    table[0x08] = b'b';
    table[0x09] = b't';
    table[0x0A] = b'n';
    table[0x0C] = b'f';
    table[0x0D] = b'r';
    table[b'"' as usize] = b'"';
    table[b'\\' as usize] = b'\\';
    table[b'/' as usize] = b'/';
    table
}

/// Writes JSON text as PHP's `json_encode` without flags does (spec/webapi.md §10.11).
///
/// `/` is escaped, what is not ASCII is `\uxxxx` in lower case, no blanks, an object without keys is `[]`.
/// The last byte written tells whether a comma is due, so there is no state beside the text.
#[derive(Debug, Default)]
pub struct JsonSink {
    out: Vec<u8>,
}

impl JsonSink {
    /// An empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty text with room for `capacity` bytes.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            out: Vec::with_capacity(capacity),
        }
    }

    /// The text; ASCII only.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// A comma unless the value is the first of its list, follows a key, or is the top one.
    fn separate(&mut self) {
        if !matches!(self.out.last(), None | Some(b'[' | b':')) {
            self.out.push(b',');
        }
    }

    fn quoted(&mut self, text: &str) {
        self.out.push(b'"');
        let bytes = text.as_bytes();
        let mut clean_from = 0;
        let mut at = 0;
        while at < bytes.len() {
            let escape = ESCAPES[usize::from(bytes[at])];
            if escape == PLAIN {
                at += 1;
                continue;
            }
            self.out.extend_from_slice(&bytes[clean_from..at]);
            at += self.escaped(&text[at..], bytes[at], escape);
            clean_from = at;
        }
        self.out.extend_from_slice(&bytes[clean_from..]);
        self.out.push(b'"');
    }

    /// Writes the first character of `rest` escaped and returns its length in bytes.
    fn escaped(&mut self, rest: &str, byte: u8, escape: u8) -> usize {
        match escape {
            WIDE => {
                let Some(wide) = rest.chars().next() else { return 1 };
                for unit in wide.encode_utf16(&mut [0; 2]) {
                    self.unit(*unit);
                }
                return wide.len_utf8();
            }
            b'u' => self.unit(u16::from(byte)),
            letter => self.out.extend_from_slice(&[b'\\', letter]),
        }
        1
    }

    fn unit(&mut self, unit: u16) {
        let digit = |shift: u16| HEX[usize::from(unit >> shift & 0xF)];
        self.out
            .extend_from_slice(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
    }
}

impl Sink for JsonSink {
    fn null(&mut self) {
        self.separate();
        self.out.extend_from_slice(b"null");
    }

    fn bool(&mut self, value: bool) {
        self.separate();
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn int(&mut self, value: i64) {
        self.separate();
        let mut digits = [0_u8; 20];
        let mut start = digits.len();
        let mut rest = value.unsigned_abs();
        loop {
            start -= 1;
            let digit = (rest % 10) as u8;
            digits[start] = b'0' + digit;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if value < 0 {
            self.out.push(b'-');
        }
        self.out.extend_from_slice(&digits[start..]);
    }

    fn float(&mut self, text: &str) {
        self.separate();
        self.out.extend_from_slice(text.as_bytes());
    }

    fn str(&mut self, value: &str) {
        self.separate();
        self.quoted(value);
    }

    fn begin_object(&mut self) {
        self.separate();
        self.out.push(b'{');
    }

    fn key(&mut self, key: &str) {
        if self.out.last() != Some(&b'{') {
            self.out.push(b',');
        }
        self.quoted(key);
        self.out.push(b':');
    }

    fn end_object(&mut self) {
        match self.out.last_mut() {
            Some(last @ b'{') => {
                *last = b'[';
                self.out.push(b']');
            }
            _ => self.out.push(b'}'),
        }
    }

    fn begin_list(&mut self) {
        self.separate();
        self.out.push(b'[');
    }

    fn end_list(&mut self) {
        self.out.push(b']');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Value, goldens, json, tree::Node};

    fn text(node: &Node) -> String {
        let mut sink = JsonSink::new();
        node.write(&mut sink);
        String::from_utf8(sink.into_bytes()).unwrap()
    }

    fn string(value: &str) -> String {
        text(&Node::Str(value.to_owned()))
    }

    #[test]
    fn slashes_quotes_and_controls_are_escaped_as_php_does() {
        assert_eq!(string("a/b\"c\\d"), r#""a\/b\"c\\d""#);
        assert_eq!(
            string("\u{8}\t\n\u{c}\r\0\u{1f}\u{7f}"),
            "\"\\b\\t\\n\\f\\r\\u0000\\u001f\u{7f}\""
        );
        assert_eq!(string("<b>&'"), r#""<b>&'""#);
    }

    #[test]
    fn what_is_not_ascii_is_utf_16_in_lower_case_hex() {
        assert_eq!(string("Üé€日😀x"), r#""\u00dc\u00e9\u20ac\u65e5\ud83d\ude00x""#);
    }

    #[test]
    fn an_object_without_keys_is_an_empty_list() {
        assert_eq!(text(&Node::Object(vec![])), "[]");
        let node = Node::from(serde_json::json!({"a": {}, "b": [], "c": [{}, {"{": {}}, [], 1]}));
        assert_eq!(text(&node), r#"{"a":[],"b":[],"c":[[],{"{":[]},[],1]}"#);
    }

    #[test]
    fn integers_reach_both_ends() {
        for value in [0, 7, -1, 10, 1_234_567_890, i64::MAX, i64::MIN] {
            assert_eq!(text(&Node::Int(value)), value.to_string());
        }
    }

    #[test]
    fn scalars_stand_alone_at_the_top() {
        assert_eq!(text(&Node::Bool(true)), "true");
        assert_eq!(text(&Node::Null), "null");
        assert_eq!(text(&Node::Float("1.0e+25".into())), "1.0e+25");
    }

    #[test]
    fn recorded_json_bodies_are_written_again_byte_for_byte() {
        let mut bodies = 0;
        for file in ["get", "ms-get", "replay", "ms-replay", "auth", "limits", "tfa"] {
            for row in goldens::rows(file) {
                let body = &row.response_body;
                // The schema is written with other flags and says so by having no charset.
                if row.response_type != "application/json; charset=utf-8" || body.is_empty() {
                    continue;
                }
                let tree = json::parse(body.as_bytes()).unwrap_or_else(|_| panic!("{}: {body}", row.name));
                assert!(text(&Node::from(tree)) == *body, "{file} {}: {body}", row.name);
                bodies += 1;
            }
        }
        assert!(bodies > 3000 || goldens::absent(), "{bodies}");
    }

    fn tree() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::vec((".*", inner), 1..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in tree()) {
            let written = text(&Node::from(value.clone()));
            prop_assert!(written.is_ascii());
            prop_assert_eq!(json::parse(written.as_bytes()), Ok(value));
        }
    }
}
