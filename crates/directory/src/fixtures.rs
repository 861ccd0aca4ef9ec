//! The dumps and recorded answers that lie beside the repository.

use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value;

/// The text of a packed file under `../shared`; `None`, with a note, if it is not here.
pub(crate) fn shared(name: &str) -> Option<String> {
    let Ok(packed) = std::fs::File::open(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared")
            .join(name),
    ) else {
        testkit::skip("../shared is not here");
        return None;
    };
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    Some(text)
}

/// The successful recorded GET answers whose path contains `part`: path and JSON body.
pub(crate) fn answers(part: &str) -> Vec<(String, Value)> {
    let sections = ["get", "replay", "ms-get", "ms-replay"];
    let texts = sections
        .into_iter()
        .filter_map(|name| shared(&format!("goldens/{name}.jsonl.gz")));
    texts
        .flat_map(|text| {
            text.lines()
                .filter_map(|row| answer(row, part))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn answer(row: &str, part: &str) -> Option<(String, Value)> {
    let row: Value = serde_json::from_str(row).unwrap();
    let path = row["request"]["path"].as_str()?;
    let wanted = row["request"]["method"] == "GET" && path.contains(part) && row["response"]["status"] == 200;
    let body = wanted.then(|| serde_json::from_str(row["response"]["body"].as_str()?).ok())??;
    Some((path.to_owned(), body))
}
