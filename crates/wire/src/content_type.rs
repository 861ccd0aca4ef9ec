//! The `Content-Type` of a request body (spec/webapi.md §7.2, §7.3).

use crate::Format;

/// Why a body is not read; `Display` is Magento's message, the status is 400.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentTypeError {
    /// No header, or `0`.
    #[error("Content-Type header is empty.")]
    Empty,
    /// Not a media type with at most a `charset`.
    #[error("Content-Type header is invalid.")]
    Invalid,
    /// Another charset than UTF-8.
    #[error("UTF-8 is the only supported charset.")]
    Charset,
    /// A media type that has no reader, in the spelling of the request.
    #[error("Server cannot understand Content-Type HTTP header media type {0}")]
    Unknown(String),
}

/// Finds the format of a body by its `Content-Type` header.
///
/// # Errors
/// See [`ContentTypeError`]. The media type is compared with case, `charset` and its value without.
pub fn check(header: Option<&str>) -> Result<Format, ContentTypeError> {
    let header = header
        .filter(|header| !matches!(*header, "" | "0"))
        .ok_or(ContentTypeError::Empty)?;
    let is_type = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'+' | b'.');
    let length = header.bytes().take_while(|byte| is_type(*byte)).count();
    let (media_type, rest) = header.split_at(length);
    if media_type.is_empty() {
        return Err(ContentTypeError::Invalid);
    }
    if !rest.is_empty() {
        let charset = charset(rest).ok_or(ContentTypeError::Invalid)?;
        if !charset.eq_ignore_ascii_case("utf-8") {
            return Err(ContentTypeError::Charset);
        }
    }
    match media_type {
        "application/json" => Ok(Format::Json),
        "application/xml" | "application/xhtml+xml" | "text/xml" => Ok(Format::Xml),
        other => Err(ContentTypeError::Unknown(other.to_owned())),
    }
}

/// What follows `; charset=`, at least one character and on one line.
fn charset(rest: &str) -> Option<&str> {
    let parameter = rest.strip_prefix(';')?.trim_start_matches(' ');
    let (name, value) = parameter.split_at_checked("charset=".len())?;
    (name.eq_ignore_ascii_case("charset=") && !value.is_empty() && !value.contains('\n')).then_some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::goldens;

    #[rstest]
    #[case("application/json", Format::Json)]
    #[case("application/json; charset=utf-8", Format::Json)]
    #[case("application/json;charset=UTF-8", Format::Json)]
    #[case("application/json;   Charset=Utf-8", Format::Json)]
    #[case("application/xml", Format::Xml)]
    #[case("application/xhtml+xml", Format::Xml)]
    #[case("text/xml; charset=utf-8", Format::Xml)]
    fn known_types_are_read(#[case] header: &str, #[case] expected: Format) {
        assert_eq!(check(Some(header)), Ok(expected));
    }

    #[rstest]
    #[case("", "Content-Type header is empty.")]
    #[case("0", "Content-Type header is empty.")]
    #[case("application/json;", "Content-Type header is invalid.")]
    #[case("application/json ; charset=utf-8", "Content-Type header is invalid.")]
    #[case("application/json; boundary=x", "Content-Type header is invalid.")]
    #[case("application/json; charset=", "Content-Type header is invalid.")]
    #[case("application/json; charset =utf-8", "Content-Type header is invalid.")]
    #[case("; charset=utf-8", "Content-Type header is invalid.")]
    #[case("application/json; charsät=utf-8", "Content-Type header is invalid.")]
    #[case("application/json; charset=\"utf-8\"", "UTF-8 is the only supported charset.")]
    #[case(
        "application/json; charset=utf-8; x=y",
        "UTF-8 is the only supported charset."
    )]
    #[case(
        "application/json; charset=iso-8859-1",
        "UTF-8 is the only supported charset."
    )]
    #[case(
        "text/plain",
        "Server cannot understand Content-Type HTTP header media type text/plain"
    )]
    #[case(
        "APPLICATION/JSON",
        "Server cannot understand Content-Type HTTP header media type APPLICATION/JSON"
    )]
    #[case(
        "garbage",
        "Server cannot understand Content-Type HTTP header media type garbage"
    )]
    fn other_headers_have_the_messages_of_magento(#[case] header: &str, #[case] message: &str) {
        assert_eq!(check(Some(header)).unwrap_err().to_string(), message);
    }

    #[test]
    fn a_missing_header_is_empty() {
        assert_eq!(check(None), Err(ContentTypeError::Empty));
    }

    #[test]
    fn recorded_refusals_are_the_same() {
        let mut refusals = 0;
        for row in goldens::rows("auth") {
            if !row.name.contains("content-type") || row.name.contains("accept") {
                continue;
            }
            let result = check(row.header("Content-Type"));
            match result {
                Ok(_) => assert_eq!(row.response_status, 200, "{}", row.name),
                Err(error) => {
                    let message = error.to_string().replace('/', "\\/");
                    assert!(
                        row.response_body.contains(&message),
                        "{}: {}",
                        row.name,
                        row.response_body
                    );
                    refusals += 1;
                }
            }
        }
        assert!(refusals >= 3 || goldens::absent(), "{refusals}");
    }

    proptest! {
        #[test]
        fn any_header_is_answered(header in ".{0,60}", tail in "application/json(;.{0,20})?") {
            let _ = check(Some(&header));
            let _ = check(Some(&tail));
        }
    }
}
