//! The recordings of a real Magento, and a client that replays them.
//!
//! The same rules as `goldens/compare.py`: requests in their order on one connection, tokens minted at the time
//! of sending, values captured from one answer for later requests, volatile values masked before comparing.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read as _;
use std::sync::LazyLock;

use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::GzDecoder;
use hmac::{Hmac, KeyInit, Mac};
use regex::{Captures, Regex};
use serde_json::{Map, Value};
use sha2::{Sha256, Sha384, Sha512};

use crate::client::{Client, Reply};
use crate::{magento, shared};

/// Length in bytes to which the key of a token is padded.
const PADDED: usize = 2048;

/// One recorded exchange.
#[derive(Debug, Clone)]
pub struct Row {
    /// Name.
    pub name: String,
    /// Verb.
    pub method: String,
    /// Path with its query, as it is sent.
    pub path: String,
    /// Headers, with `{{…}}` to be filled in.
    pub headers: Vec<(String, String)>,
    /// Body, with `{{…}}` to be filled in.
    pub body: Option<String>,
    /// Whether a token of the administrator is added.
    pub as_admin: bool,
    /// What Magento answered; without it the request is only sent.
    pub response: Option<Response>,
    /// Whether the answer may be compared.
    pub compare: bool,
    /// Values of the answer that later requests use: name and recorded value.
    pub capture: Vec<(String, Value)>,
}

/// A recorded answer.
#[derive(Debug, Clone)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// Body.
    pub body: String,
}

impl Row {
    fn parse(row: &Value) -> Result<Self> {
        let request = &row["request"];
        let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
        let pairs = |value: &Value| value.as_object().cloned().unwrap_or_else(Map::new).into_iter();
        let response = &row["response"];
        let response = (!response.is_null()).then(|| {
            let status = response["status"]
                .as_u64()
                .and_then(|status| u16::try_from(status).ok());
            Some(Response {
                status: status?,
                body: text(&response["body"])?,
            })
        });
        Ok(Self {
            name: text(&row["name"]).context("no name")?,
            method: text(&request["method"]).context("no method")?,
            path: text(&request["path"]).context("no path")?,
            headers: pairs(&request["headers"])
                .filter_map(|(name, value)| Some((name, text(&value)?)))
                .collect(),
            body: text(&request["body"]),
            as_admin: request["as"] == "admin",
            response: response
                .map(|found| found.context("half an answer"))
                .transpose()?,
            compare: row["compare"] != false,
            capture: pairs(&row["capture"]).collect(),
        })
    }

    /// The path without store code and query, from the version on: `/V1/…`. `None` for other paths.
    #[must_use]
    pub fn call(&self) -> Option<&str> {
        static CALL: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"^(?:/index\.php)?/rest(?:/[^/]+)??(/V\d.*)$").ok());
        let path = self.path.split('?').next()?;
        let found = CALL.as_ref()?.captures(path)?;
        Some(found.get(1)?.as_str().trim_end_matches('/'))
    }
}

/// The rows of a section. `None`, with a note for the reader, when the recordings are not here.
///
/// # Errors
/// The file is damaged.
pub fn section(name: &str) -> Result<Option<Vec<Row>>> {
    let Some(file) = shared(&format!("goldens/{name}.jsonl.gz")) else {
        return Ok(None);
    };
    let packed = File::open(&file).with_context(|| format!("{}", file.display()))?;
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text)?;
    let rows = text.lines().map(|line| Row::parse(&serde_json::from_str(line)?));
    rows.collect::<Result<_>>().map(Some)
}

/// How an answer compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The same bytes, volatile values aside.
    Exact,
    /// The same JSON values.
    Same,
    /// Another answer.
    Differs,
}

/// Sends rows to a server.
pub struct Replay {
    client: Client,
    key: String,
    admin: Option<String>,
    captured: HashMap<String, String>,
    /// Where only what differs by place may be masked: the reading sections.
    reads: bool,
}

impl Replay {
    /// A replay of the section of this name.
    ///
    /// # Errors
    /// There is no token for the administrator, which reading sections need.
    pub fn new(mut client: Client, section: &str) -> Result<Self> {
        let reads = section.ends_with("get");
        let mut admin = None;
        if reads {
            let body = serde_json::json!({"username": magento::ADMIN, "password": magento::PASSWORD});
            let headers = [("Content-Type", "application/json")];
            let path = "/rest/V1/integration/admin/token";
            let reply = client.send_again("POST", path, &headers, Some(&body.to_string()))?;
            let token = reply.json()?;
            admin = Some(
                token
                    .as_str()
                    .with_context(|| format!("no token: {token}"))?
                    .to_owned(),
            );
        }
        Ok(Self {
            client,
            key: magento::crypt_key()?.unwrap_or_default(),
            admin,
            captured: HashMap::new(),
            reads,
        })
    }

    /// Another key than that of the dumps, for the tokens that are minted.
    #[must_use]
    pub fn with_key(mut self, key: &str) -> Self {
        key.clone_into(&mut self.key);
        self
    }

    /// How many connections were opened.
    #[must_use]
    pub fn connections(&self) -> u32 {
        self.client.connections()
    }

    /// Sends a row and keeps what later ones need. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// There is no answer.
    pub fn send(&mut self, row: &Row, now: i64) -> Result<Reply> {
        let fill = |text: &str| self.fill(text, now);
        let mut headers = Vec::new();
        for (name, value) in &row.headers {
            headers.push((name.as_str(), fill(value)?));
        }
        if let Some(admin) = self.admin.as_ref().filter(|_| row.as_admin) {
            headers.push(("Authorization", format!("Bearer {admin}")));
        }
        let (path, body) = (fill(&row.path)?, row.body.as_deref().map(fill).transpose()?);
        let lines: Vec<_> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let reply = self
            .client
            .send_again(&row.method, &path, &lines, body.as_deref())
            .with_context(|| format!("{}: no answer", row.name))?;
        self.capture(row, &reply);
        Ok(reply)
    }

    fn capture(&mut self, row: &Row, reply: &Reply) {
        let recorded = row
            .response
            .as_ref()
            .map(|response| serde_json::from_str(&response.body));
        let (Some(Ok(recorded)), Ok(ours)) = (recorded, reply.json()) else {
            return;
        };
        for (name, literal) in &row.capture {
            let pointer = find(literal, &recorded).unwrap_or_default();
            let text = match ours.pointer(&pointer) {
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
                None => continue,
            };
            self.captured.insert(name.clone(), text);
        }
    }

    fn fill(&self, text: &str, now: i64) -> Result<String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(start) = rest.find("{{jwt:") {
            let spec = &rest[start + 6..];
            // The braces of the JSON are followed by two more.
            let mut ends = spec.match_indices('}').map(|(at, _)| at);
            let end = ends
                .find(|at| spec[*at..].starts_with("}}}") && !spec[*at..].starts_with("}}}}"))
                .with_context(|| format!("no end: {text}"))?;
            filled.push_str(&rest[..start]);
            filled.push_str(&mint(&self.key, &serde_json::from_str(&spec[..=end])?, now)?);
            rest = &spec[end + 3..];
        }
        filled.push_str(rest);
        for (name, value) in &self.captured {
            filled = filled.replace(&format!("{{{{{name}}}}}"), value);
        }
        Ok(filled)
    }

    /// Compares an answer with the recorded one.
    #[must_use]
    pub fn verdict(&self, recorded: &Response, reply: &Reply) -> Verdict {
        if recorded.status != reply.status {
            return Verdict::Differs;
        }
        let (wanted, got) = (
            masked(&recorded.body, self.reads),
            masked(&reply.body, self.reads),
        );
        if wanted == got {
            return Verdict::Exact;
        }
        let parse = |text: &str| serde_json::from_str::<Value>(text).ok();
        if parse(&wanted).is_some_and(|wanted| Some(wanted) == parse(&got)) {
            Verdict::Same
        } else {
            Verdict::Differs
        }
    }
}

/// A token as the recorded Magento signs it (`spec/auth.md §2.2`, `§2.3`), or one that is wrong in the way that
/// `tamper` says. Whole numbers in `iat` and `exp` are relative to `now`.
///
/// # Errors
/// The specification is not one.
pub fn mint(key: &str, spec: &Value, now: i64) -> Result<String> {
    let mut claims = spec["claims"].as_object().context("no claims")?.clone();
    for name in ["iat", "exp"] {
        if let Some(value) = claims.get_mut(name) {
            *value = match (value.as_i64(), value.as_f64()) {
                (Some(offset), _) => (now + offset).into(),
                (None, Some(offset)) => (now as f64 + offset).into(),
                _ => continue,
            };
        }
    }
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = &spec["header"];
    let tamper = spec["tamper"].as_str();
    let secret = if tamper == Some("wrong-key") {
        "x".repeat(PADDED)
    } else {
        padded(key)
    };
    let signed = format!("{}.{}", encode(header), encode(&Value::Object(claims.clone())));
    let algorithm = header["alg"].as_str().unwrap_or_default();
    let signature = URL_SAFE_NO_PAD.encode(sign(algorithm, secret.as_bytes(), signed.as_bytes())?);
    Ok(match tamper {
        Some("alg-none") => format!("{signed}."),
        Some("tampered-signature") => {
            let first = if signature.starts_with('A') { "B" } else { "A" };
            format!("{signed}.{first}{}", &signature[1..])
        }
        Some("tampered-payload") => {
            claims.insert("uid".to_owned(), 999.into());
            format!(
                "{}.{}.{signature}",
                encode(header),
                encode(&Value::Object(claims))
            )
        }
        Some("wrong-key") | None => format!("{signed}.{signature}"),
        Some(other) => bail!("unknown way to tamper: {other}"),
    })
}

/// The key's text between `&` signs; an odd one goes to the right.
fn padded(key: &str) -> String {
    let missing = PADDED.saturating_sub(key.len());
    format!(
        "{}{key}{}",
        "&".repeat(missing / 2),
        "&".repeat(missing - missing / 2)
    )
}

fn sign(algorithm: &str, secret: &[u8], message: &[u8]) -> Result<Vec<u8>> {
    fn tag<M: Mac + KeyInit>(secret: &[u8], message: &[u8]) -> Result<Vec<u8>> {
        let mut mac = <M as KeyInit>::new_from_slice(secret)?;
        mac.update(message);
        Ok(mac.finalize().into_bytes().to_vec())
    }
    match algorithm {
        "HS384" => tag::<Hmac<Sha384>>(secret, message),
        "HS512" => tag::<Hmac<Sha512>>(secret, message),
        _ => tag::<Hmac<Sha256>>(secret, message),
    }
}

/// The place of a value in a document, as a JSON pointer: the first one, depth first.
fn find(value: &Value, node: &Value) -> Option<String> {
    if node == value {
        return Some(String::new());
    }
    match node {
        Value::Object(members) => members.iter().find_map(|(key, child)| {
            let below = find(value, child)?;
            Some(format!("/{}{below}", key.replace('~', "~0").replace('/', "~1")))
        }),
        Value::Array(items) => items.iter().enumerate().find_map(|(index, child)| {
            let below = find(value, child)?;
            Some(format!("/{index}{below}"))
        }),
        _ => None,
    }
}

/// What differs from one run to the next, and what stands in its place; the first two also in reading sections.
const MASKS: [(&str, &str); 5] = [
    (r"webapi-[0-9a-f]+", "<report>"),
    (r"http:(\\?/)(\\?/)(127\.0\.0\.1|localhost)(:\d+)?", "<host>"),
    (r"eyJ[\w-]+\.[\w-]+\.[\w-]*", "<jwt>"),
    (
        r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "<uuid>",
    ),
    (r"\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b", "<time>"),
];

/// A text in which everything volatile is replaced; of a reading section, hosts and report ids alone.
#[must_use]
pub fn masked(text: &str, reads: bool) -> String {
    static REGEXES: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        let compiled = MASKS
            .iter()
            .map(|(pattern, to)| Some((Regex::new(pattern).ok()?, *to)));
        compiled.flatten().collect()
    });
    static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("[A-Za-z0-9]+").ok());
    let count = if reads { 2 } else { MASKS.len() };
    let mut text = text.to_owned();
    for (regex, to) in REGEXES.iter().take(count) {
        text = regex.replace_all(&text, *to).into_owned();
    }
    // Opaque tokens: 32 letters and digits between other characters, one digit at least.
    let opaque = |word: &Captures<'_>| {
        let word = &word[0];
        let token = word.len() == 32 && word.contains(|c: char| c.is_ascii_digit());
        if token {
            "<id32>".to_owned()
        } else {
            word.to_owned()
        }
    };
    match WORD.as_ref().filter(|_| !reads) {
        Some(regex) => regex.replace_all(&text, opaque).into_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tokens_are_those_of_the_specification() {
        // spec/auth.md §2.3, test vectors 1 and 2.
        let spec = json!({"header": {"kid": "1", "alg": "HS256"},
            "claims": {"uid": 1, "utypid": 2, "iat": 0, "exp": 3600}});
        let start = "eyJraWQiOiIxIiwiYWxnIjoiSFMyNTYifQ.eyJ1aWQiOjEsInV0eXBpZCI6MiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDM2MDB9";
        for (key, signature) in [
            (
                "0123456789abcdef0123456789abcdef",
                "medfRQHPbWCoJC7ZmyOP8Yrrj4PJW3hg27cR1OTdsjE",
            ),
            (
                "base64MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
                "aRbezZAq12hUJQwqbPkXINeX7c4U3vKREWgMDOaTrBw",
            ),
        ] {
            assert_eq!(
                mint(key, &spec, 1_700_000_000).unwrap(),
                format!("{start}.{signature}")
            );
        }
    }

    #[test]
    fn only_what_is_volatile_is_masked() {
        let text = r#"{"a":"http:\/\/127.0.0.1:8080\/x","t":"2024-01-02 03:04:05","k":"d71nbczx9ii1qp1o5zeekuqd6t5j1xwu","id":"webapi-65f1c0a2b3d4e","j":"eyJ9.e30."}"#;
        assert_eq!(
            masked(text, false),
            r#"{"a":"<host>\/x","t":"<time>","k":"<id32>","id":"<report>","j":"<jwt>"}"#
        );
        assert!(masked(text, true).contains("2024-01-02") && masked(text, true).contains("<host>"));
        let words = "abcdefghijklmnopqrstuvwxyzabcdef d71nbczx9ii1qp1o5zeekuqd6t5j1xwu0";
        assert_eq!(masked(words, false), words);
    }

    #[test]
    fn captured_values_are_found_where_they_stood() {
        let document = json!({"items": [{"a/b": 5}, {"id": 7}]});
        assert_eq!(find(&json!(5), &document).as_deref(), Some("/items/0/a~1b"));
        assert_eq!(find(&json!(7), &document).as_deref(), Some("/items/1/id"));
        assert_eq!(find(&json!("token"), &json!("token")).as_deref(), Some(""));
        assert_eq!(find(&json!(8), &document), None);
    }

    #[test]
    fn calls_are_found_behind_store_codes() {
        let call = |path: &str| {
            let row = json!({"name": "x", "request": {"method": "GET", "path": path}, "response": null});
            Row::parse(&row).unwrap().call().map(ToOwned::to_owned)
        };
        assert_eq!(call("/rest/V1/modules/?a=/V2/b").as_deref(), Some("/V1/modules"));
        assert_eq!(
            call("/index.php/rest/de/V1/store/websites").as_deref(),
            Some("/V1/store/websites")
        );
        assert_eq!(call("/rest/de/schema?services=all"), None);
    }
}
