//! Writing of answers: field selection, JSON or XML, headers (`spec/webapi.md §8`, `§10`, `§14`, `§20`).

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use contract::{Error, Reply, Value};
use jiff::Timestamp;
use wire::Format;
use wire::json::JsonSink;
use wire::tree::{Node, TreeSink};

use crate::envelope;

/// A successful answer.
pub(crate) fn success(
    reply: &Reply,
    fields: Option<&Value>,
    format: Format,
    frame_options: Option<&HeaderValue>,
) -> Response<Body> {
    let bytes = match (fields, format) {
        (None, Format::Json) => {
            let mut sink = JsonSink::new();
            reply.write(&mut sink);
            sink.into_bytes()
        }
        _ => {
            let mut tree = TreeSink::new();
            reply.write(&mut tree);
            render(&wire::fields::select(fields, tree.into_node()), format)
        }
    };
    let mut response = respond(StatusCode::OK, bytes, format);
    if let Some(value) = frame_options {
        response
            .headers_mut()
            .insert(header::X_FRAME_OPTIONS, value.clone());
    }
    response
}

/// The answer to a call that failed.
pub(crate) fn failure(error: &Error, format: Format, now: Timestamp) -> Response<Body> {
    respond(
        envelope::status(error.kind()),
        render(&envelope::body(error, now), format),
        format,
    )
}

fn render(node: &Node, format: Format) -> Vec<u8> {
    match format {
        Format::Json => {
            let mut sink = JsonSink::new();
            node.write(&mut sink);
            sink.into_bytes()
        }
        Format::Xml => wire::xml::write(node).into_bytes(),
    }
}

fn respond(status: StatusCode, bytes: Vec<u8>, format: Format) -> Response<Body> {
    let content_type = match format {
        Format::Json => "application/json; charset=utf-8",
        Format::Xml => "application/xml; charset=utf-8",
    };
    with_type(status, bytes, content_type)
}

/// A response of any type; nothing of the surface may be cached.
pub(crate) fn with_type(status: StatusCode, bytes: Vec<u8>, content_type: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
