//! Requests of any kind.

use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, Uri};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::operations::SOUND;
use super::support::Server;
use crate::Options;

/// One request; `None` when its parts make no URI.
fn request() -> impl Strategy<Value = Option<Request<Body>>> {
    let method = prop_oneof![
        8 => prop::sample::select(&["GET", "POST", "PUT", "DELETE"][..]).prop_map(ToOwned::to_owned),
        1 => "[A-Z]{1,7}",
    ];
    let segment = prop_oneof![
        6 => prop::sample::select(&["rest", "V1", "things", "where", "who", "nothing", "rows", "all", "de", "schema"][..])
            .prop_map(ToOwned::to_owned),
        2 => "[!-.0-9A-~]{0,6}".prop_map(|text| text.replace(['?', '#', '"', '<', '>', '`', '{', '}'], "%")),
    ];
    let path = prop_oneof![
        prop::collection::vec(segment.clone(), 0..6).prop_map(|segments| format!("/{}", segments.join("/"))),
        prop::sample::select(&["things", "things/a", "where", "who", "nothing", "rows"][..])
            .prop_map(|call| format!("/rest/V1/{call}")),
        segment.prop_map(|sku| format!("/rest/all/V1/things/{sku}")),
    ];
    let query = prop_oneof![
        Just(String::new()),
        "(searchCriteria|thing|name|fields|sku|services|store)(\\[(filterGroups|pageSize|sku|0|item)?\\]){0,4}=[a-z0-9%+,\\[\\].]{0,6}&?",
        "[a-zA-Z0-9%&=\\[\\]+._-]{0,40}",
    ];
    let body = prop_oneof![
        2 => Just(Vec::new()),
        2 => prop::collection::vec(any::<u8>(), 0..40),
        3 => "(\\{|\\}|\\[|\\]|\"thing\":|\"name\":|\"sku\":|\"parts\":|1|\"x\"|,|null|true){0,12}".prop_map(String::into_bytes),
        3 => "[a-z0-9 ]{0,8}".prop_map(|text| format!(r#"{{"thing":{{"sku":"{text}","price":"{text}","parts":["{text}",{{}}]}},"name":"{text}"}}"#).into_bytes()),
        1 => "(<[a-z]{1,5}>|</[a-z]{1,5}>|thing|&lt;|<!\\[CDATA\\[){0,8}".prop_map(String::into_bytes),
    ];
    let header = |values: &'static [&'static str]| {
        prop_oneof![
            6 => prop::sample::select(values).prop_map(|value| Some(value.as_bytes().to_vec())),
            2 => Just(None),
            1 => prop::collection::vec(any::<u8>(), 0..20).prop_map(Some),
        ]
    };
    let headers = (
        header(&[
            "application/json",
            "application/json; charset=utf-8",
            "application/xml",
            "text/plain",
        ]),
        header(&["application/json", "*/*", "text/html", "application/xml;q=0.5"]),
        header(&["Bearer admin", "Bearer admin", "Bearer customer", "OAuth bad"]),
        header(&["store=de", "store=;store"]),
    );
    (method, path, query, body, headers).prop_map(|(method, path, query, body, headers)| {
        let uri = Uri::try_from(format!("{path}?{query}")).ok()?;
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = Method::from_bytes(method.as_bytes()).ok()?;
        *request.uri_mut() = uri;
        let (content_type, accept, authorization, cookie) = headers;
        for (name, value) in [
            ("content-type", content_type),
            ("accept", accept),
            ("authorization", authorization),
            ("cookie", cookie),
        ] {
            if let Some(value) = value.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok()) {
                request.headers_mut().insert(name, value);
            }
        }
        Some(request)
    })
}

#[test]
fn no_request_breaks_the_surface() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let server = runtime.block_on(Server::with(SOUND, &[], Options::default()));
    let mut runner = TestRunner::new(ProptestConfig::with_cases(2_000));
    let seen = std::cell::RefCell::new(std::collections::BTreeMap::new());
    runner
        .run(
            &request().prop_map(|request| std::cell::RefCell::new(Some(request))),
            |request| {
                let Some(request) = request.take().flatten() else {
                    return Ok(());
                };
                let line = format!("{} {}", request.method(), request.uri());
                let answer = runtime.block_on(server.send(request));
                prop_assert!(!answer.status.is_server_error(), "{line}: {answer:?}");
                prop_assert_eq!(answer.header("cache-control"), Some("no-store"));
                *seen.borrow_mut().entry(answer.status.as_u16()).or_insert(0) += 1;
                Ok(())
            },
        )
        .unwrap();
    // The generator must reach the calls, not only the doors before them.
    let seen = seen.into_inner();
    for status in [200, 400, 401, 404, 405, 406] {
        assert!(seen.get(&status).is_some_and(|count| *count > 20), "{seen:?}");
    }
}
