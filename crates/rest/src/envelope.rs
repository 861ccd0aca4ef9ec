//! Errors as clients see them (`spec/webapi.md §11`). The only place that knows which status an error has.

use axum::http::StatusCode;
use contract::error::{Detail, Parameters};
use contract::{Error, Kind};
use jiff::Timestamp;
use wire::tree::Node;

/// The status of an error.
pub(crate) fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::BAD_REQUEST,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Unauthorized => StatusCode::UNAUTHORIZED,
        Kind::MethodNotSupported => StatusCode::METHOD_NOT_ALLOWED,
        Kind::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        Kind::Internal | Kind::Conflict => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The body of an error. What is ours to know goes to the log under a report id, the client gets the id.
pub(crate) fn body(error: &Error, now: Timestamp) -> Node {
    if matches!(error.kind(), Kind::Internal | Kind::Conflict) {
        let report = report_id(now);
        let source = std::error::Error::source(error)
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(report, error = source, "internal error");
        let message =
            format!("Internal Error. Details are available in Magento log file. Report ID: {report}");
        return Node::Object(vec![("message".to_owned(), Node::Str(message))]);
    }
    let mut members = detail(error.detail());
    if !error.errors().is_empty() {
        let list = error.errors().iter().map(|entry| {
            let mut members = detail(entry);
            if members.len() == 1 {
                members.push(("parameters".to_owned(), Node::List(Vec::new())));
            }
            Node::Object(members)
        });
        members.insert(1, ("errors".to_owned(), Node::List(list.collect())));
    }
    if error.code() != 0 {
        let before_parameters = members
            .iter()
            .position(|(key, _)| key == "parameters")
            .unwrap_or(members.len());
        members.insert(before_parameters, ("code".to_owned(), Node::Int(error.code())));
    }
    Node::Object(members)
}

fn detail(detail: &Detail) -> Vec<(String, Node)> {
    let mut members = vec![(
        "message".to_owned(),
        Node::Str(detail.message.clone().into_owned()),
    )];
    let parameters = match &detail.parameters {
        Parameters::None => return members,
        Parameters::Positional(values) => Node::List(values.iter().cloned().map(Node::from).collect()),
        Parameters::Named(pairs) => Node::Object(
            pairs
                .iter()
                .map(|(name, value)| (name.clone().into_owned(), Node::from(value.clone())))
                .collect(),
        ),
    };
    members.push(("parameters".to_owned(), parameters));
    members
}

/// `webapi-` and 13 hexadecimal digits: seconds and microseconds, as PHP's `uniqid` makes them.
fn report_id(now: Timestamp) -> String {
    let micros = now.as_microsecond();
    format!(
        "webapi-{:08x}{:05x}",
        micros.div_euclid(1_000_000),
        micros.rem_euclid(1_000_000)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::json::JsonSink;

    fn json(error: &Error) -> String {
        let mut sink = JsonSink::new();
        body(error, Timestamp::UNIX_EPOCH).write(&mut sink);
        String::from_utf8(sink.into_bytes()).unwrap()
    }

    #[test]
    fn placeholders_stay_in_the_message() {
        insta::assert_snapshot!(json(&Error::not_authorized_for("Magento_Backend::store")), @r#"{"message":"The consumer isn't authorized to access %resources.","parameters":{"resources":"Magento_Backend::store"}}"#);
        insta::assert_snapshot!(json(&Error::invalid("The \"%1\" attribute name is invalid.").with_next("zzz")), @r#"{"message":"The \"%1\" attribute name is invalid.","parameters":["zzz"]}"#);
    }

    #[test]
    fn several_errors_are_listed_before_code_and_parameters() {
        let error = Error::required(["username", "password"]).with_code(7);
        insta::assert_snapshot!(json(&error), @r#"{"message":"One or more input exceptions have occurred.","errors":[{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"username"}},{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"password"}}],"code":7}"#);
    }

    #[test]
    fn causes_stay_in_the_log() {
        let text = json(&Error::internal("secret table missing"));
        assert_eq!(
            text,
            r#"{"message":"Internal Error. Details are available in Magento log file. Report ID: webapi-0000000000000"}"#
        );
    }
}
