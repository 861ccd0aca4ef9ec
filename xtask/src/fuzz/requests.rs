//! Random requests: recorded ones with a few things changed.

use std::fmt;

use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use serde_json::Value;

use super::broken;
use super::seeds::{Seed, Seeds};
use super::words::{
    ACCEPTS, AUTHORIZATIONS, BRACKETS, CONTENT_TYPES, DOCUMENTS, METHODS, NAMES, SEGMENTS, SPLICES, VALUES,
};

/// Request targets stay below this: servers may refuse longer ones with 414.
const LONGEST_TARGET: usize = 8 << 10;

/// A request as it goes over the wire.
pub(crate) struct Request {
    pub(crate) bytes: Vec<u8>,
    /// HEAD: the answer has no body.
    pub(crate) head_only: bool,
    /// Whether it is HTTP that deserves an answer.
    pub(crate) well_formed: bool,
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = &self.bytes[..self.bytes.len().min(1500)];
        write!(f, "{} ({} bytes)", shown.escape_ascii(), self.bytes.len())
    }
}

/// A request in its parts.
pub(super) struct Draft {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
}

/// The next request.
pub(crate) fn random(rng: &mut StdRng, seeds: &Seeds) -> Request {
    let seed = seed(rng, seeds);
    let draft = draft(rng, seed);
    if rng.random_ratio(1, 25) {
        return Request {
            bytes: broken::request(rng, &draft),
            head_only: draft.method == "HEAD",
            well_formed: false,
        };
    }
    let chunked = !draft.body.is_empty() && rng.random_ratio(1, 20);
    Request {
        bytes: draft.bytes(chunked),
        head_only: draft.method == "HEAD",
        well_formed: true,
    }
}

/// Calls of ours come more often than others; log-ins, which cost a tenth of a second each, seldom.
fn seed<'a>(rng: &mut StdRng, seeds: &'a Seeds) -> &'a Seed {
    loop {
        let from = if rng.random_ratio(7, 10) {
            &seeds.ours
        } else {
            &seeds.all
        };
        let index = rng.random_range(0..from.len());
        let logs_in = from[index].path.contains("/token") && from[index].method == "POST";
        if !logs_in || rng.random_ratio(1, 40) {
            return &from[index];
        }
    }
}

fn draft(rng: &mut StdRng, seed: &Seed) -> Draft {
    let (path, query) = seed.path.split_once('?').unwrap_or((&seed.path, ""));
    let mut draft = Draft {
        method: seed.method.clone(),
        target: String::new(),
        headers: seed
            .headers
            .iter()
            .map(|(k, v)| (k.clone(), v.clone().into_bytes()))
            .collect(),
        body: seed.body.clone().into_bytes(),
    };
    let (mut path, mut query) = (path.to_owned(), query.to_owned());
    for _ in 0..rng.random_range(1..4) {
        match rng.random_range(0..12) {
            0 => draft.method = (*pick(rng, METHODS)).to_owned(),
            1..=3 => path = other_path(rng, &path),
            4..=6 => query = other_query(rng, &query),
            7..=8 => other_header(rng, &mut draft.headers),
            _ => draft.body = other_body(rng, &draft.body),
        }
    }
    let target = if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    };
    draft.target = legal(&target);
    draft
}

impl Draft {
    fn bytes(&self, chunked: bool) -> Vec<u8> {
        let mut bytes =
            format!("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\n", self.method, self.target).into_bytes();
        for (name, value) in &self.headers {
            let framing = ["host", "content-length", "transfer-encoding", "connection"];
            if framing.iter().any(|known| name.eq_ignore_ascii_case(known)) {
                continue;
            }
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend(value.iter().map(|byte| {
                if *byte < b' ' || *byte == 0x7f {
                    b'?'
                } else {
                    *byte
                }
            }));
            bytes.extend_from_slice(b"\r\n");
        }
        if chunked {
            bytes.extend_from_slice(b"Transfer-Encoding: chunked\r\n\r\n");
            for chunk in self.body.chunks(700) {
                bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
                bytes.extend_from_slice(chunk);
                bytes.extend_from_slice(b"\r\n");
            }
            bytes.extend_from_slice(b"0\r\n\r\n");
        } else {
            bytes.extend(format!("Content-Length: {}\r\n\r\n", self.body.len()).into_bytes());
            bytes.extend_from_slice(&self.body);
        }
        bytes
    }
}

/// Escapes what no request target may contain, and cuts what is too long. Bad escapes stay.
fn legal(target: &str) -> String {
    let mut text = String::new();
    for byte in target.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%[]?".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text.truncate(LONGEST_TARGET);
    if text.starts_with('/') {
        text
    } else {
        format!("/{text}")
    }
}

fn pick<'a, T>(rng: &mut StdRng, list: &'a [T]) -> &'a T {
    // The lists are not empty.
    list.choose(rng).unwrap_or(&list[0])
}

fn other_path(rng: &mut StdRng, path: &str) -> String {
    let mut segments: Vec<String> = path.split('/').map(ToOwned::to_owned).collect();
    let index = rng.random_range(0..segments.len());
    let new = if rng.random_ratio(1, 8) {
        noise(rng, 40)
    } else {
        (*pick(rng, SEGMENTS)).to_owned()
    };
    match rng.random_range(0..6) {
        0 | 1 => segments[index] = new,
        2 => segments.insert(index, new),
        3 => drop(segments.remove(index)),
        4 => segments[index] = segments[index].to_ascii_uppercase(),
        _ => segments[index].push_str(&new),
    }
    segments.join("/")
}

fn other_query(rng: &mut StdRng, query: &str) -> String {
    let mut parts: Vec<String> = query.split('&').map(ToOwned::to_owned).collect();
    if rng.random_ratio(1, 4) {
        let index = rng.random_range(0..parts.len());
        parts.remove(index);
    }
    for _ in 0..rng.random_range(1..5) {
        let mut part = (*pick(rng, NAMES)).to_owned();
        let depth = if rng.random_ratio(1, 50) {
            1500
        } else {
            rng.random_range(0..6)
        };
        for _ in 0..depth {
            let bracket: &&str = pick(rng, BRACKETS);
            part.push_str(bracket);
        }
        if !rng.random_ratio(1, 10) {
            part.push('=');
        }
        let value = if rng.random_ratio(1, 8) {
            noise(rng, 60)
        } else {
            (*pick(rng, VALUES)).to_owned()
        };
        parts.push(part + &value);
    }
    parts.join(if rng.random_ratio(1, 20) { "&&" } else { "&" })
}

fn other_header(rng: &mut StdRng, headers: &mut Vec<(String, Vec<u8>)>) {
    let (name, value) = match rng.random_range(0..9) {
        0 | 1 => ("Accept", *pick(rng, ACCEPTS)),
        2 | 3 => ("Content-Type", *pick(rng, CONTENT_TYPES)),
        4 | 5 => ("Authorization", *pick(rng, AUTHORIZATIONS)),
        6 => (
            "Cookie",
            *pick(
                rng,
                &[
                    "store=default",
                    "store=",
                    "store=nope; a=b",
                    "=;;=",
                    "store=\"x\"",
                ],
            ),
        ),
        7 => ("Expect", "100-continue"),
        _ => (
            *pick(
                rng,
                &[
                    "X-Forwarded-Proto",
                    "Content-Encoding",
                    "Accept-Encoding",
                    "Store",
                    "X-HTTP-Method-Override",
                ],
            ),
            *pick(rng, &["https", "gzip", "DELETE", "", "default"]),
        ),
    };
    let mut value = value.as_bytes().to_vec();
    if rng.random_ratio(1, 6) {
        value.insert(rng.random_range(0..=value.len()), rng.random_range(0x80..=0xff));
    }
    if rng.random_ratio(3, 4) {
        headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }
    headers.push((name.to_owned(), value));
}

fn other_body(rng: &mut StdRng, body: &[u8]) -> Vec<u8> {
    match rng.random_range(0..10) {
        0 => pick(rng, DOCUMENTS).to_vec(),
        1 => body[..rng.random_range(0..=body.len())].to_vec(),
        2 => noise(rng, 300).into_bytes(),
        3 => (0..rng.random_range(1..200)).map(|_| rng.random()).collect(),
        4 if rng.random_ratio(1, 10) => deep(rng),
        5 | 6 => {
            let mut body = body.to_vec();
            for _ in 0..rng.random_range(1..4) {
                let at = rng.random_range(0..=body.len());
                let until = (at + rng.random_range(0..3)).min(body.len());
                body.splice(at..until, pick(rng, SPLICES).iter().copied());
            }
            body
        }
        _ => match serde_json::from_slice::<Value>(body) {
            Ok(mut value) => {
                change(rng, &mut value);
                value.to_string().into_bytes()
            }
            Err(_) => pick(rng, DOCUMENTS).to_vec(),
        },
    }
}

/// Something deeply nested.
fn deep(rng: &mut StdRng) -> Vec<u8> {
    let open = *pick(rng, &[&b"["[..], b"{\"a\":", b"<a>", b"[[{\"b\":[", b"("]);
    open.repeat(rng.random_range(100..20_000))
}

/// Changes one value somewhere in a document.
fn change(rng: &mut StdRng, value: &mut Value) {
    let deeper = rng.random_ratio(4, 5);
    match value {
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let index = rng.random_range(0..fields.len());
            if let Some((_, field)) = fields.iter_mut().nth(index) {
                change(rng, field);
            }
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let index = rng.random_range(0..items.len());
            change(rng, &mut items[index]);
        }
        other => *other = odd(rng),
    }
}

fn odd(rng: &mut StdRng) -> Value {
    match rng.random_range(0..14) {
        0 => Value::Null,
        1 => Value::Bool(rng.random()),
        2 => i64::MIN.into(),
        3 => u64::MAX.into(),
        4 => 1e308.into(),
        5 => (-0.0).into(),
        6 => "".into(),
        7 => "\u{0}".into(),
        8 => "x".repeat(rng.random_range(1..5000)).into(),
        9 => Value::Array(vec![Value::Null, Value::Array(Vec::new())]),
        10 => serde_json::json!({"": [], "a": {"b": 1}, "item": ["1", 2]}),
        11 => "9".repeat(400).into(),
        12 => noise(rng, 30).into(),
        _ => 0.1.into(),
    }
}

/// Random characters.
fn noise(rng: &mut StdRng, longest: usize) -> String {
    let length = rng.random_range(0..=longest);
    (0..length)
        .map(|_| match rng.random_range(0..10) {
            0 => '%',
            1 => *pick(rng, &['[', ']', '&', '=', '/', '?', '.', '+', '"', '<']),
            2 => rng.random::<char>(),
            _ => char::from(rng.random_range(b'0'..=b'z')),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;

    fn seeds() -> Seeds {
        let seed = Seed {
            method: "POST".to_owned(),
            path: "/rest/V1/store/x?a=b c".to_owned(),
            headers: vec![("A".to_owned(), "b\r\nc".to_owned())],
            body: "{\"a\":[1,{\"b\":\"c\"}]}".to_owned(),
        };
        Seeds {
            ours: vec![seed.clone()],
            all: vec![seed],
        }
    }

    #[test]
    fn a_seed_gives_the_same_requests_again() {
        let made = || {
            let mut rng = StdRng::seed_from_u64(7);
            (0..500)
                .map(|_| random(&mut rng, &seeds()).bytes)
                .collect::<Vec<_>>()
        };
        assert_eq!(made(), made());
    }

    #[test]
    fn well_formed_requests_have_legal_heads() {
        let mut rng = StdRng::seed_from_u64(1);
        for request in (0..2000)
            .map(|_| random(&mut rng, &seeds()))
            .filter(|request| request.well_formed)
        {
            let end = request
                .bytes
                .windows(4)
                .position(|window| window == b"\r\n\r\n")
                .unwrap();
            for line in request.bytes[..end].split(|byte| *byte == b'\n') {
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                assert!(
                    line.iter().all(|byte| *byte >= b' ' && *byte != 0x7f),
                    "{request}"
                );
            }
            let first = request.bytes.split(|byte| *byte == b'\r').next().unwrap();
            assert_eq!(first.iter().filter(|byte| **byte == b' ').count(), 2, "{request}");
        }
    }

    #[test]
    fn targets_are_legal_and_short() {
        assert_eq!(legal("a b\u{e9}%zz"), "/a%20b%C3%A9%zz");
        assert!(legal(&"x".repeat(100_000)).len() <= LONGEST_TARGET + 1);
    }
}
