use std::borrow::Cow;

use percent_encoding::percent_decode;

/// Decodes by form rules: `+` is a space, `%41` is `A`, a `%` that begins no escape stays (spec/webapi.md §3.4).
///
/// Bytes that are not UTF-8 become U+FFFD.
#[must_use]
pub fn urldecode_form(text: &str) -> String {
    lossy(&decode_form_bytes(text.as_bytes()))
}

/// Decodes percent escapes only, `+` stays; otherwise as [`urldecode_form`].
#[must_use]
pub fn rawurldecode(text: &str) -> String {
    lossy(&Cow::from(percent_decode(text.as_bytes())))
}

/// Form rules on bytes.
pub(crate) fn decode_form_bytes(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.contains(&b'+') {
        return percent_decode(text).into();
    }
    let spaced: Vec<u8> = text
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    Cow::Owned(percent_decode(&spaced).collect())
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("a+b%20c", "a b c")]
    #[case("a%2Bb", "a+b")]
    #[case("24-MB01%2f1", "24-MB01/1")]
    #[case("%Vase%", "%Vase%")]
    #[case("100%", "100%")]
    #[case("%2", "%2")]
    #[case("%25bag%25", "%bag%")]
    #[case("%E2%82%AC", "€")]
    #[case("%ff", "\u{fffd}")]
    #[case("", "")]
    fn form_rules_decode(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(urldecode_form(text), expected);
    }

    #[test]
    fn raw_rules_keep_the_plus() {
        assert_eq!(rawurldecode("a+b%20c%2F"), "a+b c/");
    }

    proptest! {
        #[test]
        fn any_text_is_decoded(text in ".*") {
            prop_assert!(urldecode_form(&text).len() <= text.len() * 3);
            prop_assert!(rawurldecode(&text).len() <= text.len() * 3);
        }
    }
}
