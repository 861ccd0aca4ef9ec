//! The recordings of a running Magento, read in place; without them the tests that use them pass unseen.

use std::{fs::File, io::Read, path::PathBuf};

use crate::Value;

/// One recorded exchange that has an answer.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) response_status: u64,
    pub(crate) response_type: String,
    pub(crate) response_body: String,
}

impl Row {
    /// A request header by its lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/goldens")
}

/// Whether there are no recordings here.
pub(crate) fn absent() -> bool {
    !folder().is_dir()
}

/// The rows of one file that have an answer.
pub(crate) fn rows(file: &str) -> Vec<Row> {
    let Ok(packed) = File::open(folder().join(format!("{file}.jsonl.gz"))) else {
        testkit::skip("../shared is not here");
        return Vec::new();
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed)
        .read_to_string(&mut text)
        .unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter_map(|row: Value| parse(&row))
        .collect()
}

fn parse(row: &Value) -> Option<Row> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (request, response) = (row.get("request")?, row.get("response")?);
    let headers = request.get("headers").and_then(Value::as_object);
    Some(Row {
        name: text(row.get("name")?),
        path: text(request.get("path")?),
        headers: headers
            .into_iter()
            .flatten()
            .map(|(key, value)| (key.clone(), text(value)))
            .collect(),
        body: request.get("body").map(text).unwrap_or_default(),
        response_status: response.get("status")?.as_u64()?,
        response_type: text(
            response
                .get("headers")?
                .get("Content-Type")
                .unwrap_or(&Value::Null),
        ),
        response_body: text(response.get("body")?),
    })
}
