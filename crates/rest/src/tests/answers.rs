//! Answers that succeed: bodies, headers, scopes, formats.

use axum::http::StatusCode;
use rstest::rstest;

use super::operations::OPERATIONS;
use super::support::Server;
use crate::Options;

#[rstest]
#[case("GET /rest/V1/where", "\"default\"")]
#[case("GET /rest/de/V1/where", "\"de\"")]
#[case("GET /rest/all/V1/where", "\"admin\"")]
#[case("GET /rest/old/V1/where/", "\"old\"")]
#[case("GET //index.php/rest/V1/where", "\"default\"")]
#[case("GET /rest/V1/where\nCookie: a=b; store=de", "\"de\"")]
#[case("GET /rest/V1/where\nCookie: store=old", "\"default\"")]
#[case("GET /rest/V1/where\nStore: de", "\"default\"")]
#[case("GET /rest/V1/where?___store=de", "\"default\"")]
#[case("GET /rest/V1/who\nAuthorization: Bearer customer", "7")]
#[case(
    "GET /rest/V1/who?customerId=8&customer_id=9\nAuthorization: Bearer customer",
    "7"
)]
#[case(
    "GET /rest/V1/things/a%2Fb\nAuthorization: Bearer admin",
    r#"{"sku":"a\/b","price":12.5,"parts":[]}"#
)]
#[case(
    "GET /rest/V1/things/x?sku=y\nAuthorization: Bearer admin",
    r#"{"sku":"x","price":12.5,"parts":[]}"#
)]
#[case(
    "GET /rest/V1/things/x?fields=price\nAuthorization: Bearer admin",
    r#"{"price":12.5}"#
)]
#[case("GET /rest/V1/things/x?fields=a.b\nAuthorization: Bearer admin", "[]")]
#[case(
    "GET /rest/V1/things?searchCriteria\nAuthorization: Bearer admin",
    r#"{"items":[],"search_criteria":{"filter_groups":[]},"total_count":0}"#
)]
#[case(
    "GET /rest/V1/things?searchCriteria[pageSize]=5&fields=items[sku]\nAuthorization: Bearer admin",
    r#"{"items":null}"#
)]
#[case("DELETE /rest/V1/things/x\nAuthorization: Bearer admin", "true")]
#[case(
    "DELETE /rest/V1/things/x\nAuthorization: Bearer admin\nContent-Type: application/json\n\n{\"sku\":\"\"}",
    "true"
)]
#[case("POST /rest/V1/nothing", "[]")]
#[case("POST /rest/V1/nothing\n\n0", "[]")]
#[case(
    "POST /rest/V1/things\nAuthorization: Bearer admin\nContent-Type: application/json\n\n{\"thing\":{\"sku\":5}}",
    r#"{"sku":"5"}"#
)]
#[case(
    "PUT /rest/V1/things/ABC\nAuthorization: Bearer admin\nContent-Type: application/json\n\n{\"thing\":{\"sku\":\"XYZ\",\"price\":\"1e2\"}}",
    r#"{"sku":"ABC","price":100}"#
)]
#[case(
    "PUT /rest/V1/things/ABC?fields=sku\nAuthorization: Bearer admin\nContent-Type: application/json\n\n{\"thing\":{\"sku\":\"XYZ\"}}",
    r#"{"sku":"XYZ"}"#
)]
#[case(
    "PUT /rest/V1/things/ABC\nAuthorization: Bearer admin\nContent-Type: application/xml\n\n<x><thing><price>13.37</price></thing></x>",
    r#"{"sku":"ABC","price":13.37}"#
)]
#[tokio::test]
async fn calls_are_answered(#[case] request: &str, #[case] body: &str) {
    let answer = Server::start().await.ask(request).await;
    assert_eq!(answer.seen(), format!("200 {body}"));
    assert_eq!(
        answer.header("content-type"),
        Some("application/json; charset=utf-8")
    );
}

#[tokio::test]
async fn browsers_get_xml() {
    let server = Server::start().await;
    let accept = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let answer = server.ask(&format!("GET /rest/V1/where\n{accept}")).await;
    assert_eq!(
        answer.body,
        "<?xml version=\"1.0\"?>\n<response>default</response>\n"
    );
    assert_eq!(
        answer.header("content-type"),
        Some("application/xml; charset=utf-8")
    );
    let answer = server.ask(&format!("GET /rest/V1/nope\n{accept}")).await;
    assert_eq!(
        answer.seen(),
        "404 <?xml version=\"1.0\"?>\n<response>\n  <message>Request does not match any route.</message>\n</response>\n"
    );
}

#[tokio::test]
async fn nothing_is_cached_and_only_successful_calls_forbid_frames() {
    let server = Server::start().await;
    for (request, frames) in [
        ("GET /rest/V1/where", Some("SAMEORIGIN")),
        ("GET /rest/V1/nope", None),
        ("GET /rest/V1/breaks", None),
        ("PATCH /rest/V1/where", None),
        ("GET /rest/schema", None),
        ("GET /elsewhere", None),
        ("GET /healthz", None),
        ("GET /readyz", None),
    ] {
        let answer = server.ask(request).await;
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{request}");
        assert_eq!(answer.header("x-frame-options"), frames, "{request}");
    }
}

#[tokio::test]
async fn the_frame_header_is_as_it_was_set_up() {
    for (setting, expected) in [("DENY", Some("DENY")), ("a\nb", None)] {
        let options = Options {
            x_frame_options: setting.to_owned(),
            ..Options::default()
        };
        let server = Server::with(OPERATIONS, &[], options).await;
        assert_eq!(
            server.ask("GET /rest/V1/where").await.header("x-frame-options"),
            expected
        );
    }
}

#[tokio::test]
async fn probes_tell_of_process_and_database() {
    let server = Server::start().await;
    assert_eq!(server.ask("GET /healthz").await.seen(), "200 ok\n");
    assert_eq!(server.ask("GET /readyz").await.seen(), "200 ready\n");
    server.app.db.clone().close().await.unwrap();
    assert_eq!(
        server.ask("GET /readyz").await.seen(),
        "503 database out of reach\n"
    );
    assert_eq!(server.ask("GET /healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn https_is_what_a_trusted_proxy_says() {
    let request = "GET /rest/V1/secure\nAuthorization: Bearer admin\nX-Forwarded-Proto: https";
    assert_eq!(
        Server::start().await.ask(request).await.seen(),
        r#"400 {"message":"Operation allowed only in HTTPS"}"#
    );
    let options = Options {
        trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()],
        ..Options::default()
    };
    let server = Server::with(OPERATIONS, &[], options).await;
    assert_eq!(server.ask(request).await.seen(), "200 true");
}

#[tokio::test]
async fn a_setting_opens_routes_that_allow_it() {
    let config = &[("webapi/webapisecurity/allow_insecure", "1")];
    let server = Server::with(OPERATIONS, config, Options::default()).await;
    assert_eq!(server.ask("GET /rest/V1/insecure").await.status, StatusCode::OK);
    assert_eq!(
        server.ask("GET /rest/V1/things/x").await.status,
        StatusCode::UNAUTHORIZED
    );
    let closed = Server::start().await;
    assert_eq!(
        closed.ask("GET /rest/V1/insecure").await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn the_schema_shows_what_the_caller_may_use() {
    let server = Server::start().await;
    let guest = server.ask("GET /rest/de/schema\nHost: shop.test:8080").await;
    assert_eq!(guest.header("content-type"), Some("application/json"));
    assert!(
        guest
            .body
            .contains(r#""host":"shop.test:8080","basePath":"/rest/de","schemes":["http"]"#)
    );
    assert!(guest.body.contains("/V1/where") && !guest.body.contains("/V1/things"));
    let admin = server.ask("GET /rest/schema\nAuthorization: Bearer admin").await;
    assert!(admin.body.contains("/V1/things/{sku}"));
    let one = server
        .ask("POST /rest/schema?services=testSecureV1\nAuthorization: Bearer admin")
        .await;
    assert!(one.body.contains("/V1/secure") && !one.body.contains("/V1/where"));
    assert_eq!(
        server.ask("GET /rest/schema?services=!!").await.seen(),
        r#"400 {"message":"Incorrect format of request URI or Requested services are missing."}"#
    );
}
