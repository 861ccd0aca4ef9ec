//! The requests that random ones are made from.

use std::io::Read as _;
use std::path::Path;

use anyhow::Result;
use flate2::read::GzDecoder;
use serde_json::Value;

use crate::workspace;

/// A recorded request with a longer body is no seed.
const LONGEST_BODY: usize = 8 << 10;

/// What the recordings have where a token belongs.
const TOKEN: &str = "{{jwt:";

/// A request to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seed {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// All seeds.
pub(crate) struct Seeds {
    /// Calls that this server answers, and those beside them.
    pub(crate) ours: Vec<Seed>,
    /// All calls of a Magento.
    pub(crate) all: Vec<Seed>,
}

impl Seeds {
    /// The recorded requests where they are, and those that are built in. Tokens of the recordings are
    /// replaced by one that is good here.
    pub(crate) fn collect(token: &str) -> Result<Self> {
        let mut all = built_in(token);
        if let Some(shared) = workspace::shared() {
            for section in ["auth", "get", "ms-get", "replay", "ms-replay", "tfa", "limits"] {
                let file = shared.join("goldens").join(format!("{section}.jsonl.gz"));
                all.extend(recorded(&file, token)?);
            }
        }
        let near = ["/store", "/directory", "/admin/token", "/modules", "/schema"];
        let ours = all
            .iter()
            .filter(|seed| near.iter().any(|part| seed.path.contains(part)))
            .cloned()
            .collect();
        Ok(Self { ours, all })
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }
}

fn built_in(token: &str) -> Vec<Seed> {
    let seed = |method: &str, path: &str, body: &str| Seed {
        method: method.to_owned(),
        path: path.to_owned(),
        headers: vec![
            ("Authorization".to_owned(), format!("Bearer {token}")),
            ("Content-Type".to_owned(), "application/json".to_owned()),
        ],
        body: body.to_owned(),
    };
    vec![
        seed("GET", "/rest/V1/store/storeViews", ""),
        seed(
            "GET",
            "/rest/default/V1/store/storeConfigs?storeCodes[0]=default&storeCodes[]=admin",
            "",
        ),
        seed("GET", "/rest/all/V1/store/websites?fields=id,code", ""),
        seed("GET", "/rest/V1/store/storeGroups", ""),
        seed("GET", "/rest/V1/modules?searchCriteria[pageSize]=3", ""),
        seed(
            "GET",
            "/rest/V1/directory/countries/US?fields=id,available_regions[code,name]",
            "",
        ),
        seed("GET", "/rest/V1/directory/countries", ""),
        seed("GET", "/rest/V1/directory/currency", ""),
        seed("GET", "/rest/all/schema?services=storeStoreRepositoryV1", ""),
        seed(
            "POST",
            "/rest/V1/integration/admin/token",
            "{\"username\":\"admin\",\"password\":\"bad\"}",
        ),
        seed(
            "POST",
            "/rest/V1/products",
            "{\"product\":{\"sku\":\"a\",\"price\":1.5,\"custom_attributes\":[]}}",
        ),
        seed(
            "PUT",
            "/rest/V1/products/a%2Fb",
            "{\"product\":{\"extension_attributes\":{\"website_ids\":[1]}}}",
        ),
        seed("DELETE", "/rest/V1/products/a", ""),
    ]
}

fn recorded(file: &Path, token: &str) -> Result<Vec<Seed>> {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(file)?).read_to_string(&mut text)?;
    let seeds = text.lines().filter_map(|line| seed(line, token));
    Ok(seeds.collect())
}

fn seed(line: &str, token: &str) -> Option<Seed> {
    let row: Value = serde_json::from_str(line).ok()?;
    let request = &row["request"];
    let body = request["body"].as_str().unwrap_or_default();
    if body.len() > LONGEST_BODY {
        return None;
    }
    let mut headers: Vec<_> = request["headers"]
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.clone(), filled(value.as_str()?, token))))
        .collect();
    if request["as"] == "admin" {
        headers.push(("Authorization".to_owned(), format!("Bearer {token}")));
    }
    Some(Seed {
        method: request["method"].as_str()?.to_owned(),
        path: request["path"].as_str()?.to_owned(),
        headers,
        body: body.to_owned(),
    })
}

/// A header's value with a token that is good here.
fn filled(value: &str, token: &str) -> String {
    match value.split_once(TOKEN) {
        Some((before, _)) => format!("{before}{token}"),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_tokens_are_replaced() {
        let line = r#"{"request":{"method":"GET","path":"/rest/V1/x","headers":{"Authorization":"Bearer {{jwt:{\"a\":1}}}"},"body":null}}"#;
        let seed = seed(line, "abc").unwrap();
        assert_eq!(
            seed.headers,
            [("Authorization".to_owned(), "Bearer abc".to_owned())]
        );
        assert_eq!(seed.body, "");
    }
}
