//! Requests that are not HTTP: any answer is fine, and none too, as long as the server lives.

use rand::RngExt as _;
use rand::rngs::StdRng;

use super::requests::Draft;

/// Bytes that look like the draft and are no request.
pub(super) fn request(rng: &mut StdRng, draft: &Draft) -> Vec<u8> {
    let Draft {
        method, target, body, ..
    } = draft;
    let head = format!("{method} {target} HTTP/1.1\r\nHost: x\r\n");
    let text = match rng.random_range(0..10) {
        0 => format!("{method} {target}\r\n\r\n"),
        1 => format!("{method} {target} HTTP/9.9\r\nHost: x\r\n\r\n"),
        2 => format!("{head}Content-Length: 99999999999999999999\r\n\r\n"),
        3 => format!("{head}Content-Length: -1\r\n\r\n"),
        4 => format!("{head}Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"),
        5 => format!("{head}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"),
        6 => format!("{head}No colon here\r\n\r\n"),
        7 => format!("{head}A: {}\r\n\r\n", "x".repeat(1 << 20)),
        8 => format!("{head}{}\r\n", "A: b\r\n".repeat(300)),
        _ => return noise(rng, &head, body),
    };
    text.into_bytes()
}

fn noise(rng: &mut StdRng, head: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = head.as_bytes().to_vec();
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    for _ in 0..rng.random_range(1..6) {
        let at = rng.random_range(0..bytes.len());
        bytes[at] = rng.random();
    }
    bytes.truncate(rng.random_range(1..=bytes.len()));
    bytes
}
