//! Reading of request bodies (`spec/webapi.md §7`).

use axum::body::Body;
use axum::http::{HeaderMap, header};
use contract::{Error, Kind, Result, Value};
use http_body_util::{BodyExt, Limited};
use wire::Format;

/// The decoded body; `Null` when there is none. The content type counts only when there is one.
pub(crate) async fn read(body: Body, headers: &HeaderMap, limit: usize) -> Result<Value> {
    use axum::body::HttpBody as _;
    if body.is_end_stream() {
        return Ok(Value::Null);
    }
    let bytes = match Limited::new(body, limit).collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => {
            return Err(Error::new(
                Kind::TooLarge,
                "The request body is larger than this server accepts.",
            ));
        }
        Err(_) => return Err(Error::invalid("Decoding error.")),
    };
    // PHP takes the body "0" for an empty one (§7.1).
    if bytes.is_empty() || bytes.as_ref() == b"0" {
        return Ok(Value::Null);
    }
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .map(|value| value.to_str().unwrap_or("\u{fffd}"));
    let format =
        wire::content_type::check(content_type).map_err(|error| Error::invalid(error.to_string()))?;
    let decoded = match format {
        Format::Json => wire::json::parse(&bytes),
        Format::Xml => wire::xml::read(&bytes),
    };
    decoded.map_err(|_| Error::invalid("Decoding error."))
}
