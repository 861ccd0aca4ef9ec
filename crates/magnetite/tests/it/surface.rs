//! HTTP as clients really send it, well or badly: one server for all tests, on several store views.

use std::sync::OnceLock;

use anyhow::{Context as _, Result, anyhow};
use rstest::rstest;
use serde_json::{Value, json};
use testkit::client::{Client, Reply};
use testkit::magento::{ADMIN, Dump, PASSWORD};
use testkit::server::Server;

use crate::support::{BINARY, PROTECTED, serve, standalone};

pub(crate) const TOKEN: &str = "/rest/V1/integration/admin/token";
pub(crate) const JSON: (&str, &str) = ("Content-Type", "application/json");
pub(crate) const NO_ROUTE: (u16, &str) = (404, r#"{"message":"Request does not match any route."}"#);
const UNPROCESSABLE: (u16, &str) = (400, r#"{"message":"Specified request cannot be processed."}"#);
const UNDECODABLE: (u16, &str) = (400, r#"{"message":"Decoding error."}"#);

/// Header lines of a request.
pub(crate) type Headers<'a> = &'a [(&'a str, &'a str)];

/// Bytes that a request body may have at the server of these tests.
const LIMIT: usize = 20_000;

/// The server: on the shop with five store views, or a stock one where that is not to be had.
pub(crate) fn server() -> Result<&'static Server> {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    static KEPT: OnceLock<testkit::server::Installation> = OnceLock::new();
    let start = || -> Result<Server> {
        let installation = match Dump::Multistore.attach(BINARY)? {
            Some(installation) => installation,
            None => standalone()?,
        };
        let installation = installation.set("MAGNETITE_BODY_LIMIT", &LIMIT.to_string());
        KEPT.get_or_init(|| installation).serve()
    };
    let server = SERVER.get_or_init(|| start().map_err(|error| format!("{error:#}")));
    server.as_ref().map_err(|error| anyhow!(error.clone()))
}

fn token() -> Result<String> {
    static TOKEN: OnceLock<String> = OnceLock::new();
    if let Some(token) = TOKEN.get() {
        return Ok(token.clone());
    }
    let token = server()?.admin_token(ADMIN, PASSWORD)?;
    Ok(TOKEN.get_or_init(|| token).clone())
}

pub(crate) fn credentials() -> String {
    json!({"username": ADMIN, "password": PASSWORD}).to_string()
}

/// GET with a token and one more header.
fn get(path: &str, header: (&str, &str)) -> Result<Reply> {
    let bearer = format!("Bearer {}", token()?);
    server()?.send("GET", path, &[("Authorization", &bearer), header], None)
}

/// Sends bytes, and reads one answer.
pub(crate) fn raw(bytes: &[u8]) -> Result<(Reply, Client)> {
    let mut client = server()?.client();
    client.write(bytes)?;
    let reply = client.read(false)?;
    Ok((reply, client))
}

#[rstest]
fn other_verbs_are_refused(
    #[values("OPTIONS", "PATCH", "TRACE", "PROPFIND", "get", "LOCK")] verb: &str,
    #[values(PROTECTED, "/rest/V1/nope", TOKEN)] path: &str,
) -> Result<()> {
    let reply = server()?.send(verb, path, &[], None)?;
    let body = format!(r#"{{"message":"The {verb} HTTP method is not supported."}}"#);
    assert_eq!(reply.parts(), (405, body.as_str()));
    assert_eq!(reply.header("allow"), None);
    Ok(())
}

#[test]
fn head_is_refused_without_a_body() -> Result<()> {
    let mut client = server()?.client();
    let reply = client.send("HEAD", PROTECTED, &[], None)?;
    assert_eq!(reply.parts(), (405, ""));
    assert_eq!(client.send("GET", "/healthz", &[], None)?.parts(), (200, "ok\n"));
    assert_eq!(client.connections(), 1);
    Ok(())
}

#[test]
fn a_cookie_chooses_the_store() -> Result<()> {
    let Some(_) = testkit::shared("magento") else {
        return Ok(());
    };
    let name = |path: &str, cookie: &str| -> Result<Value> {
        let reply = server()?.send("GET", path, &[("Cookie", cookie)], None)?;
        Ok(reply.json()?["full_name_locale"].take())
    };
    let bare = "/rest/V1/directory/countries/DE";
    assert_eq!(name(bare, "store=de")?, "Deutschland");
    assert_eq!(name(bare, "a=b; store=de; c=d")?, "Deutschland");
    for cookie in [
        "store=old",
        "store=nosuch",
        "store=admin",
        "store=all",
        "store=",
        "store",
        "STORE=de",
        "xstore=de",
    ] {
        assert_eq!(name(bare, cookie)?, "Germany", "{cookie}");
    }
    assert_eq!(
        name("/rest/default/V1/directory/countries/DE", "store=de")?,
        "Germany",
        "the path wins"
    );
    assert_eq!(
        name("/rest/V1/directory/countries/US", "store=eu_en")?,
        Value::Null,
        "not allowed there"
    );
    Ok(())
}

#[test]
fn paths_may_be_written_in_several_ways() -> Result<()> {
    let expected = get(PROTECTED, ("X", "y"))?;
    assert_eq!(expected.status, 200);
    for path in [
        "/rest/V1/store/storeViews/",
        "/rest/V1/store/storeViews///",
        "//rest/V1/store/storeViews",
        "/index.php/rest/V1/store/storeViews",
        "/index.php/rest/V1/store/storeViews/",
        "/rest/default/V1/store/storeViews/",
        "/rest/all/V1/store/storeViews",
        "/rest/V1/store/storeViews?",
        "/rest/V1/store/storeViews/?a=b&c[]=d",
    ] {
        assert_eq!(get(path, ("X", "y"))?, expected, "{path}");
    }
    for path in [
        "/rest/V1/store//storeViews",
        "/rest/V1/Store/storeViews",
        "/rest/V1/store",
        "/rest/V1/store/storeViews/x",
        "/rest/V9/store/storeViews",
    ] {
        assert_eq!(get(path, ("X", "y"))?.parts(), NO_ROUTE, "{path}");
    }
    for path in [
        "/rest",
        "/rest/",
        "/rest/default",
        "/rest/v1/modules",
        "/rest/V/modules",
        "/rest/admin/V1/modules",
        "/rest/default/all/V1/modules",
    ] {
        assert_eq!(get(path, ("X", "y"))?.parts(), UNPROCESSABLE, "{path}");
    }
    for path in [
        "/",
        "/index.php",
        "/REST/V1/modules",
        "/restful",
        "/api/rest/V1/modules",
    ] {
        assert_eq!(get(path, ("X", "y"))?.status, 404, "{path}");
    }
    Ok(())
}

#[rstest]
fn no_path_is_too_strange(
    #[values(
        "%00",
        "%ff",
        "%",
        "%zz",
        "%2F",
        "..",
        "%2e%2e",
        "..%2f..%2fetc",
        "a%20b",
        "+",
        "*",
        "'",
        "%27%20OR%201=1",
        "{x}",
        ":x",
        "%F0%9F%98%80",
        "\u{e4}",
        "~",
        "%C3%28"
    )]
    segment: &str,
) -> Result<()> {
    for path in [
        format!("/rest/V1/directory/countries/{segment}"),
        format!("/rest/{segment}/V1/directory/currency"),
        format!("/rest/V1/{segment}"),
        format!("/rest/V1/directory/currency?{segment}={segment}&a[{segment}]={segment}"),
        format!("/rest/V1/store/storeConfigs?storeCodes[]={segment}&storeCodes[{segment}][]=x"),
        format!("/rest/V1/store/storeViews?fields={segment}[{segment}"),
    ] {
        let reply = get(&path, ("X", "y"))?;
        assert!(reply.status < 500, "{path}: {reply:?}");
    }
    Ok(())
}

#[test]
fn xml_goes_in_and_out() -> Result<()> {
    let body = format!(
        "<?xml version=\"1.0\"?><any><username>{ADMIN}</username><password>{PASSWORD}</password></any>"
    );
    let headers = [("Content-Type", "application/xml"), ("Accept", "application/xml")];
    let reply = server()?.send("POST", TOKEN, &headers, Some(&body))?;
    assert_eq!(
        reply.header("content-type"),
        Some("application/xml; charset=utf-8")
    );
    let token = reply.body.strip_prefix("<?xml version=\"1.0\"?>\n<response>");
    let token = token
        .and_then(|rest| rest.strip_suffix("</response>\n"))
        .context("no token")?;
    assert_eq!(server()?.get(PROTECTED, Some(token))?.status, 200);
    let reply = get(PROTECTED, ("Accept", "application/xml"))?;
    assert!(reply.body.contains("<item>\n    <id>"), "{}", reply.body);
    let reply = server()?.send("GET", PROTECTED, &[("Accept", "text/xml")], None)?;
    assert_eq!(reply.status, 401);
    assert!(
        reply
            .body
            .contains("<resources>Magento_Backend::store</resources>"),
        "{}",
        reply.body
    );
    // Entities of a document are not followed.
    let bomb = r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><username>&x;</username><password>x</password></a>"#;
    let reply = server()?.send("POST", TOKEN, &[("Content-Type", "application/xml")], Some(bomb))?;
    assert!(reply.status < 500 && !reply.body.contains("root:"), "{reply:?}");
    Ok(())
}

#[test]
fn a_body_on_get_must_be_readable_but_means_nothing() -> Result<()> {
    let bearer = format!("Bearer {}", token()?);
    let headers = [("Authorization", bearer.as_str()), JSON];
    let expected = get(PROTECTED, ("X", "y"))?;
    let reply = server()?.send("GET", PROTECTED, &headers, Some(r#"{"fields":"id","a":1}"#))?;
    assert_eq!(reply, expected);
    let reply = server()?.send("GET", PROTECTED, &headers, Some("{bad"))?;
    assert_eq!(reply.parts(), UNDECODABLE);
    let reply = server()?.send("GET", PROTECTED, &[JSON], Some("{bad"))?;
    assert_eq!(reply.status, 401, "who calls is asked first");
    Ok(())
}

#[test]
fn a_chunked_body_is_read() -> Result<()> {
    let body = credentials();
    let (first, second) = body.split_at(10);
    let request = format!(
        "POST {TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
         {:x}\r\n{first}\r\n{:x};ext=1\r\n{second}\r\n0\r\n\r\n",
        first.len(),
        second.len()
    );
    let (reply, _) = raw(request.as_bytes())?;
    assert_eq!(reply.status, 200, "{reply:?}");
    let empty = format!("POST {TOKEN} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    let (reply, _) = raw(empty.as_bytes())?;
    assert!(
        reply.body.contains("One or more input exceptions"),
        "no body, no content type: {reply:?}"
    );
    Ok(())
}

#[test]
fn http_1_0_is_answered_and_closed() -> Result<()> {
    let body = credentials();
    let head = format!(
        "POST {TOKEN} HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let (reply, mut client) = raw(format!("{head}{body}").as_bytes())?;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert!(client.is_closed());
    Ok(())
}

#[test]
fn a_client_that_waits_to_send_is_told_to() -> Result<()> {
    let body = credentials();
    let head = format!(
        "POST {TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Expect: 100-continue\r\n\r\n",
        body.len()
    );
    let (interim, mut client) = raw(head.as_bytes())?;
    assert_eq!(interim.status, 100);
    client.write(body.as_bytes())?;
    assert_eq!(client.read(false)?.status, 200);
    // Who may not call is told so before the body is sent.
    let head =
        format!("GET {PROTECTED} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
    let (reply, _) = raw(head.as_bytes())?;
    assert_eq!(reply.status, 401);
    Ok(())
}

#[test]
fn a_body_over_the_limit_is_refused() -> Result<()> {
    let body = |size: usize| {
        let start = r#"{"username":"","password":""#;
        format!("{start}{}\"}}", "x".repeat(size - start.len() - 2))
    };
    let post = |text: &str| server()?.send("POST", TOKEN, &[JSON], Some(text));
    assert_eq!(
        post(&body(LIMIT))?.status,
        400,
        "just small enough: the empty name is what is wrong"
    );
    let refusal = (
        413,
        r#"{"message":"The request body is larger than this server accepts."}"#,
    );
    assert_eq!(post(&body(LIMIT + 1))?.parts(), refusal);
    assert_eq!(post(&body(LIMIT * 50))?.parts(), refusal);
    let chunk = format!("{:x}\r\n{}\r\n", LIMIT, "x".repeat(LIMIT));
    let request = format!(
        "POST {TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
         {chunk}{chunk}0\r\n\r\n"
    );
    let (reply, _) = raw(request.as_bytes())?;
    assert_eq!(reply.parts(), refusal);
    assert_eq!(server()?.get("/healthz", None)?.status, 200);
    Ok(())
}

/// A server with the limits that it has by itself, and a token.
fn stock() -> Result<(Server, testkit::server::Installation, String)> {
    let installation = standalone()?;
    let server = serve(&installation)?;
    let token = server.admin_token(ADMIN, PASSWORD)?;
    Ok((server, installation, token))
}

#[test]
fn an_admin_may_send_more_than_a_guest() -> Result<()> {
    let (server, _installation, token) = stock()?;
    let bearer = format!("Bearer {token}");
    let admin = [("Authorization", bearer.as_str()), JSON];
    let forged = [("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x"), JSON];
    let body = |size: usize| format!("{{}}{}", " ".repeat(size - 2));
    let post = |headers: Headers<'_>, text: &str| server.send("POST", TOKEN, headers, Some(text));
    let most = 256 << 10;
    for guest in [&[JSON][..], &forged] {
        assert_eq!(post(guest, &body(most))?.status, 400, "read: the name is missing");
        assert_eq!(post(guest, &body(most + 1))?.status, 413);
        assert_eq!(post(guest, &body(8 << 20))?.status, 413);
    }
    for size in [most + 1, 8 << 20] {
        assert_eq!(
            post(&admin, &body(size))?.status,
            400,
            "read: the name is missing"
        );
        let reply = server.send("GET", PROTECTED, &admin, Some(&body(size)))?;
        assert_eq!(reply.status, 200, "{size}");
    }
    assert_eq!(post(&admin, &body((64 << 20) + 1))?.status, 413);
    Ok(())
}

#[test]
fn a_body_may_hold_two_million_values() -> Result<()> {
    let (server, _installation, token) = stock()?;
    let bearer = format!("Bearer {token}");
    let send = |kind: &str, text: &str| {
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", kind)];
        server.send("GET", PROTECTED, &headers, Some(text))
    };
    let json = |values: usize| format!("[0{}]", ",0".repeat(values - 1));
    assert_eq!(send("application/json", &json(2_000_000))?.status, 200);
    assert_eq!(send("application/json", &json(2_000_001))?.parts(), UNDECODABLE);
    let xml = format!("<a>{}</a>", "<b/>".repeat(2_000_000));
    assert_eq!(send("application/xml", &xml)?.parts(), UNDECODABLE);
    assert_eq!(server.get(PROTECTED, Some(&token))?.status, 200);
    Ok(())
}

#[rstest]
#[case::a_header(600_000, "/healthz")]
#[case::a_path(1, "/rest/V1/")]
#[case::a_header_of_70_kilobytes(70_000, "/healthz")]
fn a_head_over_the_limit_is_refused(#[case] header: usize, #[case] path: &str) -> Result<()> {
    let path = if path.ends_with('/') {
        format!("{path}{}", "x".repeat(100_000))
    } else {
        path.to_owned()
    };
    let header = "x".repeat(header);
    let status = server()?.send("GET", &path, &[("X-Long", &header)], None)?.status;
    assert!(status == 431 || status == 414, "{status}");
    Ok(())
}

#[test]
fn a_bearer_of_any_size_is_no_bearer() -> Result<()> {
    for size in [1, 31, 32, 33, 8_000, 30_000] {
        let reply = server()?.get(PROTECTED, Some(&"a".repeat(size)))?;
        assert_eq!(reply.status, 401, "{size}");
    }
    Ok(())
}

#[test]
fn json_may_be_512_levels_deep() -> Result<()> {
    let post = |levels: usize| {
        let (open, close) = ("[".repeat(levels - 1), "]".repeat(levels - 1));
        let body = format!(r#"{{"username":"nobody-deep","password":"","deep":{open}{close}}}"#);
        server()?.send("POST", TOKEN, &[JSON], Some(&body))
    };
    assert!(
        post(512)?.body.contains("is required"),
        "the empty password is what is wrong"
    );
    assert_eq!(post(513)?.parts(), UNDECODABLE);
    assert_eq!(post(9_000)?.parts(), UNDECODABLE);
    Ok(())
}

#[rstest]
#[case::last_of_equal_keys(r#"{"username":"x","username":"admin","password":"Admin123pass"}"#, 200)]
#[case::unknown_keys(r#"{"username":"admin","password":"Admin123pass","a":{"b":[1]}}"#, 200)]
#[case::escapes(r#"{"username":"\u0061dmin","password":"Admin\u003123pass"}"#, 200)]
#[case::space(
    " \n\t{ \"username\" : \"admin\" , \"password\" : \"Admin123pass\" } \r\n",
    200
)]
#[case::half_a_surrogate(r#"{"username":"\ud800","password":"x"}"#, 400)]
#[case::a_bare_control_character("{\"username\":\"a\u{1}\",\"password\":\"x\"}", 400)]
#[case::a_comma_too_much(r#"{"username":"admin","password":"x",}"#, 400)]
#[case::a_comment(r#"{"username":"admin"/**/,"password":"x"}"#, 400)]
#[case::two_documents("{}{}", 400)]
#[case::single_quotes("{'username':'admin'}", 400)]
#[case::not_a_number(r#"{"username":NaN,"password":"x"}"#, 400)]
fn json_is_read_as_php_reads_it(#[case] body: &str, #[case] status: u16) -> Result<()> {
    let reply = server()?.send("POST", TOKEN, &[JSON], Some(body))?;
    assert_eq!(reply.status, status, "{reply:?}");
    Ok(())
}

#[test]
fn fields_choose_members() -> Result<()> {
    let views = get("/rest/V1/store/storeViews?fields=id,code", ("X", "y"))?.json()?;
    let views = views.as_array().context("no list")?;
    assert!(views.len() >= 2);
    for view in views {
        let keys: Vec<_> = view.as_object().context("no object")?.keys().collect();
        assert_eq!(keys, ["id", "code"]);
    }
    let one = get(
        "/rest/V1/directory/countries/US?fields=id,available_regions[code]",
        ("X", "y"),
    )?
    .json()?;
    assert_eq!(one["id"], "US");
    assert_eq!(one["available_regions"][0], json!({"code": "AL"}));
    assert_eq!(one.as_object().map(serde_json::Map::len), Some(2));
    Ok(())
}

#[test]
fn probes_are_answered_outside_of_the_api() -> Result<()> {
    for (path, body) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let reply = server()?.get(path, None)?;
        assert_eq!(reply.parts(), (200, body));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
    Ok(())
}
