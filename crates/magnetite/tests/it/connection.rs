//! What a connection bears: errors, requests sent ahead, ambiguous framing, clients that hang up.

use anyhow::Result;
use rstest::rstest;

use crate::support::PROTECTED;
use crate::surface::{Headers, JSON, NO_ROUTE, TOKEN, credentials, raw, server};

#[test]
fn errors_do_not_cost_the_connection() -> Result<()> {
    let mut client = server()?.client();
    let body = credentials();
    let requests: [(&str, &str, Headers<'_>, Option<&str>, u16); 9] = [
        ("GET", PROTECTED, &[], None, 401),
        ("POST", "/rest/V1/nope", &[JSON], Some(&body), 404),
        ("POST", PROTECTED, &[JSON], Some(&body), 404),
        ("POST", TOKEN, &[JSON], Some("{"), 400),
        ("PATCH", TOKEN, &[JSON], Some(&body), 405),
        ("GET", PROTECTED, &[JSON], Some(&body), 401),
        ("PUT", "/rest/nosuch/V1/x", &[JSON], Some(&body), 400),
        ("POST", TOKEN, &[JSON, ("Accept", "image/png")], Some(&body), 406),
        ("POST", TOKEN, &[JSON], Some(&body), 200),
    ];
    for (verb, path, headers, body, status) in requests {
        assert_eq!(
            client.send(verb, path, headers, body)?.status,
            status,
            "{verb} {path}"
        );
    }
    assert_eq!(client.connections(), 1);
    Ok(())
}

#[test]
fn requests_may_be_sent_ahead() -> Result<()> {
    let request = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
    let both = request("/rest/V1/nope") + &request("/healthz");
    let (first, mut client) = raw(both.as_bytes())?;
    assert_eq!(first.parts(), NO_ROUTE);
    assert_eq!(client.read(false)?.parts(), (200, "ok\n"));
    Ok(())
}

/// A proxy in front could take the end of such a request for the beginning of another one.
#[rstest]
#[case::two_lengths("Content-Length: 5\r\nContent-Length: 6")]
#[case::a_signed_length("Content-Length: +5")]
#[case::unknown_coding("Transfer-Encoding: chunked, identity")]
#[case::space_before_colon("Content-Length : 5")]
#[case::folded_line("X: a\r\n b")]
fn ambiguous_requests_are_refused(#[case] header: &str) -> Result<()> {
    let request = format!("POST {TOKEN} HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\nhello");
    let (reply, mut client) = raw(request.as_bytes())?;
    assert_eq!(reply.status, 400, "{reply:?}");
    assert!(client.is_closed());
    Ok(())
}

#[test]
fn a_length_beside_chunks_leaves_no_rest() -> Result<()> {
    let request = format!(
        "POST {TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n\
         0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    );
    let (reply, mut client) = raw(request.as_bytes())?;
    // Either it is refused, or the chunks count and what follows is the next request: never part of a body.
    if reply.status != 400 || !client.is_closed() {
        assert_eq!(client.read(false)?.parts(), (200, "ok\n"));
    }
    Ok(())
}

#[test]
fn a_client_that_hangs_up_harms_nobody() -> Result<()> {
    for request in [
        format!(
            "POST {TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{"
        ),
        format!("GET {PROTECTED} HTTP/1.1\r\nHo"),
        "\u{16}\u{3}\u{1}\u{2}".to_owned(),
        String::new(),
    ] {
        let mut client = server()?.client();
        client.write(request.as_bytes())?;
        drop(client);
    }
    let body = credentials();
    let mut client = server()?.client();
    let head = format!(
        "POST {TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    // In the middle of a log-in.
    client.write(format!("{head}{body}").as_bytes())?;
    drop(client);
    assert_eq!(server()?.send("POST", TOKEN, &[JSON], Some(&body))?.status, 200);
    assert!(!server()?.stderr().contains("panicked"));
    Ok(())
}
