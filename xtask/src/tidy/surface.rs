//! Domains speak in values and errors; status codes and JSON text are the surfaces' business.

use super::Finding;
use super::sources::Sources;
use super::tokens;

const PATTERNS: &[(&str, &str)] = &[
    ("StatusCode", "HTTP status codes belong to the surfaces"),
    ("http : :", "HTTP belongs to the surfaces"),
    ("axum : :", "HTTP belongs to the surfaces"),
    ("hyper : :", "HTTP belongs to the surfaces"),
    ("serde_json : : to_string", "JSON text belongs to the surfaces"),
    (
        "serde_json : : to_string_pretty",
        "JSON text belongs to the surfaces",
    ),
    ("serde_json : : to_vec", "JSON text belongs to the surfaces"),
    ("serde_json : : to_writer", "JSON text belongs to the surfaces"),
    ("JsonSink", "JSON text belongs to the surfaces"),
];

/// No domain writes JSON or knows HTTP.
pub(crate) fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in sources.domains() {
        let folder = format!("crates/{name}/src/");
        for (path, tokens) in sources.rust().filter(|(path, _)| path.starts_with(&folder)) {
            for (pattern, message) in PATTERNS {
                let found = tokens::find(tokens, pattern).filter(|token| !token.test);
                let what: String = pattern.split_whitespace().collect();
                findings
                    .extend(found.map(|token| Finding::at(path, token.line, format!("{what} {message}"))));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::sources::sample;
    use super::*;

    #[test]
    fn a_domain_that_knows_http_or_json_text_is_found() {
        let code = "fn f() -> StatusCode { x }\nfn g() { serde_json::to_string(&1); }\n#[cfg(test)]\nmod tests { use axum::x; }";
        let sources = sample(&[
            ("crates/store/src/schema.rs", ""),
            ("crates/store/src/service/a.rs", code),
            ("crates/rest/src/a.rs", code),
        ]);
        let found: Vec<_> = check(&sources).into_iter().map(|finding| finding.place).collect();
        assert_eq!(
            found,
            [
                "crates/store/src/service/a.rs:1",
                "crates/store/src/service/a.rs:2"
            ]
        );
    }
}
