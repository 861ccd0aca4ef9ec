//! The recorded answers that lie beside the repository.

use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value;

/// The successful recorded GET answers of a section whose path contains `part`: path and JSON body.
///
/// Empty, with a note, if the recordings are not here.
pub(crate) fn answers(section: &str, part: &str) -> Vec<(String, Value)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/goldens")
        .join(format!("{section}.jsonl.gz"));
    let Ok(packed) = std::fs::File::open(&file) else {
        testkit::skip("../shared is not here");
        return Vec::new();
    };
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    let rows = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.filter_map(|row| {
        let path = row["request"]["path"].as_str()?;
        let wanted =
            row["request"]["method"] == "GET" && path.contains(part) && row["response"]["status"] == 200;
        let body = wanted.then(|| serde_json::from_str(row["response"]["body"].as_str()?).ok())??;
        Some((path.to_owned(), body))
    })
    .collect()
}
