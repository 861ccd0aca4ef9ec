//! Errors, and which of several is told (`spec/webapi.md §2`, `§12`, `§23`).

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use rstest::rstest;

use super::operations::OPERATIONS;
use super::support::Server;
use crate::Options;

const ADMIN: &str = "Authorization: Bearer admin";
const NO_ROUTE: &str = r#"404 {"message":"Request does not match any route."}"#;
const UNPROCESSABLE: &str = r#"400 {"message":"Specified request cannot be processed."}"#;

async fn seen(request: &str) -> String {
    Server::start()
        .await
        .ask(&request.replace("{admin}", ADMIN))
        .await
        .seen()
}

fn not_allowed(resource: &str) -> String {
    format!(
        r#"401 {{"message":"The consumer isn't authorized to access %resources.","parameters":{{"resources":"{resource}"}}}}"#
    )
}

fn required(name: &str) -> String {
    format!(
        r#"400 {{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{{"fieldName":"{name}"}}}}"#
    )
}

#[rstest]
#[case("PATCH")]
#[case("OPTIONS")]
#[case("TRACE")]
#[case("get")]
#[case("PURGE")]
#[tokio::test]
async fn other_verbs_are_not_supported_anywhere(#[case] method: &str) {
    for path in [
        "/rest/V1/where",
        "/rest/V1/things",
        "/rest/V1/nope",
        "/rest/nosuch/V1/x",
        "/rest/schema",
    ] {
        assert_eq!(
            seen(&format!("{method} {path}")).await,
            format!(r#"405 {{"message":"The {method} HTTP method is not supported."}}"#)
        );
    }
}

#[tokio::test]
async fn head_is_not_supported_and_has_no_body() {
    let answer = Server::start().await.ask("HEAD /rest/V1/where").await;
    assert_eq!(answer.seen(), "405 ");
    let text = r#"{"message":"The HEAD HTTP method is not supported."}"#;
    assert_eq!(
        answer.header("content-length"),
        Some(text.len().to_string().as_str())
    );
}

#[rstest]
#[case("GET /rest")]
#[case("GET /rest/default")]
#[case("GET /rest/nosuch/V1/where")]
#[case("GET /rest/admin/V1/where")]
#[case("GET /rest/DEFAULT/V1/where")]
#[case("GET /rest/v1/where")]
#[case("GET /rest//V1/where")]
#[case("POST /rest/async/V1/things")]
#[case("PUT /rest/async/bulk/V1/things/bySku\nContent-Type: text/plain\n\n{")]
#[tokio::test]
async fn what_is_no_call_cannot_be_processed(#[case] request: &str) {
    assert_eq!(seen(request).await, UNPROCESSABLE);
}

#[rstest]
#[case("GET /rest/V1")]
#[case("GET /rest/V1/nope")]
#[case("GET /rest/V2/where")]
#[case("GET /rest/V1/WHERE")]
#[case("GET /rest/V1//where")]
#[case("DELETE /rest/V1/where")]
#[case("GET /rest/V1/where/more")]
#[case("POST /rest/V1/nope\nContent-Type: text/plain\n\n{")]
#[case("GET /rest/V1/nope\nAuthorization: OAuth bad")]
#[case("GET /elsewhere")]
#[case("GET /")]
#[tokio::test]
async fn unknown_routes_are_told_before_anything_about_the_caller(#[case] request: &str) {
    assert_eq!(seen(request).await, NO_ROUTE);
}

#[rstest]
#[case("GET /rest/V1/things/x", "Test::things")]
#[case("GET /rest/V1/things", "Test::things")]
#[case("GET /rest/V1/things/x\nAuthorization: Bearer nobody", "Test::things")]
#[case("GET /rest/V1/things/x\nAuthorization: Bearer limited", "Test::things")]
#[case("GET /rest/V1/things/x\nAuthorization: Bearer customer", "Test::things")]
#[case("POST /rest/V1/things\nContent-Type: application/json\n\n{", "Test::things")]
#[case("POST /rest/V1/things\n\nx", "Test::things")]
#[case("GET /rest/V1/secure", "Test::secure")]
#[case("GET /rest/V1/who", "self")]
#[tokio::test]
async fn missing_rights_are_told_before_faults_of_the_body(#[case] request: &str, #[case] resource: &str) {
    assert_eq!(seen(request).await, not_allowed(resource));
}

#[tokio::test]
async fn bad_oauth_is_an_error_except_on_open_routes() {
    assert_eq!(
        seen("GET /rest/V1/things/x\nAuthorization: OAuth bad").await,
        r#"401 {"message":"The signature is invalid. Verify and try again."}"#
    );
    assert_eq!(
        seen("GET /rest/V1/where\nAuthorization: OAuth bad").await,
        "200 \"default\""
    );
}

#[rstest]
#[case("", "{}", r#"{"message":"Content-Type header is empty."}"#)]
#[case("application/json;", "{}", r#"{"message":"Content-Type header is invalid."}"#)]
#[case(
    "application/json; charset=latin1",
    "{}",
    r#"{"message":"UTF-8 is the only supported charset."}"#
)]
#[case(
    "text/plain",
    "{}",
    r#"{"message":"Server cannot understand Content-Type HTTP header media type text\/plain"}"#
)]
#[case("application/json", "{", r#"{"message":"Decoding error."}"#)]
#[case("application/json", "nothing", r#"{"message":"Decoding error."}"#)]
#[case("application/xml", "<a>", r#"{"message":"Decoding error."}"#)]
#[case("application/json", r#"{"thing":{"sku":"a","bogus":1}}"#, r#"{"message":"\"%fieldName\" is not supported. Correct the field name and try again.","parameters":{"fieldName":"Bogus"}}"#)]
#[case("application/json", r#"{"thing":{"price":"x"}}"#, r#"{"message":"Error occurred during \"price\" processing. The \"x\" value's type is invalid. The \"float\" type was expected. Verify and try again."}"#)]
#[case("application/json", r#"{"saveOptions":[]}"#, r#"{"message":"The \"array\" value's type is invalid. The \"bool\" type was expected. Verify and try again."}"#)]
#[tokio::test]
async fn faults_of_the_body_are_told(#[case] content_type: &str, #[case] body: &str, #[case] expected: &str) {
    let header = if content_type.is_empty() {
        String::new()
    } else {
        format!("\nContent-Type: {content_type}")
    };
    assert_eq!(
        seen(&format!("POST /rest/V1/things\n{{admin}}{header}\n\n{body}")).await,
        format!("400 {expected}")
    );
}

#[rstest]
#[case("POST /rest/V1/things\n{admin}", "thing")]
#[case("POST /rest/V1/things\n{admin}\n\n0", "thing")]
#[case(
    "POST /rest/V1/things\n{admin}\nContent-Type: application/json\n\n{}",
    "thing"
)]
#[case(
    "POST /rest/V1/things\n{admin}\nContent-Type: application/json\n\n{\"thing\":null}",
    "thing"
)]
#[case("GET /rest/V1/things\n{admin}", "searchCriteria")]
#[case("GET /rest/V1/who\n{admin}", "customerId")]
#[case("GET /rest/V1/who?customer_id=5\n{admin}", "customerId")]
#[tokio::test]
async fn missing_parameters_are_told(#[case] request: &str, #[case] name: &str) {
    assert_eq!(seen(request).await, required(name));
}

#[tokio::test]
async fn a_body_is_decoded_for_any_verb() {
    // Golden `route.get-with-body`.
    assert_eq!(
        seen("GET /rest/V1/where\nContent-Type: application/json\n\n{bad json").await,
        r#"400 {"message":"Decoding error."}"#
    );
}

#[tokio::test]
async fn a_missing_entity_is_told_with_its_parameters() {
    assert_eq!(
        seen("GET /rest/V1/things/nosuch\n{admin}").await,
        r#"404 {"message":"No such entity with %fieldName = %fieldValue","parameters":{"fieldName":"sku","fieldValue":"nosuch"}}"#
    );
}

#[rstest]
#[case("GET /rest/V1/where")]
#[case("GET /rest/nosuch")]
#[case("PATCH /rest/V1/where")]
#[tokio::test]
async fn an_impossible_accept_is_told_first(#[case] request: &str) {
    let answer = Server::start()
        .await
        .ask(&format!("{request}\nAccept: text/html, image/png"))
        .await;
    assert_eq!(
        answer.seen(),
        r#"406 {"message":"Server cannot match any of the given Accept HTTP header media type(s) from the request: \"text\/html\" with media types from the config of response renderer."}"#
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let options = Options {
        body_limit: 16,
        ..Options::default()
    };
    let server = Server::with(OPERATIONS, &[], options).await;
    let post = |length: usize| {
        format!(
            "POST /rest/V1/nothing\nContent-Type: application/json\n\n\"{}\"",
            "x".repeat(length - 2)
        )
    };
    assert_eq!(server.ask(&post(16)).await.seen(), "200 []");
    assert_eq!(
        server.ask(&post(17)).await.seen(),
        r#"413 {"message":"The request body is larger than this server accepts."}"#
    );
}

#[rstest]
#[case::guest("", 24, 16)]
#[case::guest_where_the_general_limit_is_lower("", 8, 8)]
#[case::admin("\nAuthorization: Bearer admin", 24, 24)]
#[case::customer("\nAuthorization: Bearer customer", 24, 24)]
#[tokio::test]
async fn a_guest_may_send_less(#[case] header: &str, #[case] general: usize, #[case] most: usize) {
    let options = Options {
        body_limit: general,
        guest_body_limit: 16,
        ..Options::default()
    };
    let server = Server::with(OPERATIONS, &[], options).await;
    let post = |length: usize| {
        format!(
            "POST /rest/V1/nothing\nContent-Type: application/json{header}\n\n\"{}\"",
            "x".repeat(length - 2)
        )
    };
    assert_eq!(server.ask(&post(most)).await.seen(), "200 []");
    assert_eq!(
        server.ask(&post(most + 1)).await.seen(),
        r#"413 {"message":"The request body is larger than this server accepts."}"#
    );
}

/// The body is decoded on another thread.
#[rstest]
#[case(br#"{"a":1}"#, "200 []")]
#[case(b"{\"a\":1", r#"400 {"message":"Decoding error."}"#)]
#[tokio::test]
async fn a_body_of_some_megabytes_is_read(#[case] json: &[u8], #[case] seen: &str) {
    let mut body = b" ".repeat(3 << 20);
    body.extend_from_slice(json);
    let request = Request::post("/rest/V1/nothing")
        .header("content-type", "application/json")
        .header("authorization", "Bearer admin")
        .body(Body::from(body))
        .unwrap();
    assert_eq!(Server::start().await.send(request).await.seen(), seen);
}

#[tokio::test]
async fn a_database_that_hangs_is_not_waited_for() {
    // Takes connections, and says nothing on them.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("mysql://root@{}/x", silent.local_addr().unwrap());
    let db = db::Db::open(db::Options::new(url)).await.unwrap();
    let server = Server::on(db);
    let asked = server.ask("GET /readyz");
    let answer = tokio::time::timeout(Duration::from_secs(10), asked)
        .await
        .unwrap();
    assert_eq!(answer.seen(), "503 database out of reach\n");
    assert_eq!(server.ask("GET /healthz").await.seen(), "200 ok\n");
}

#[rstest]
#[case("GET /rest/V1/breaks")]
#[case("POST /rest/V1/conflict")]
#[tokio::test]
async fn causes_on_our_side_are_masked(#[case] request: &str) {
    assert_eq!(
        seen(request).await,
        r#"500 {"message":"Internal Error. Details are available in Magento log file. Report ID: webapi-0000000000000"}"#
    );
}
