//! `openapi`.

use std::io::Write as _;

use rest::schema;

use crate::compose;

/// Prints the schema document as a full administrator sees it.
pub(super) fn print(services: &str, two_factor: bool) -> anyhow::Result<()> {
    let registry = compose::registry(two_factor)?;
    let selected = schema::select(&registry, Some(services), &|_| true)?;
    let location = schema::Location {
        host: "127.0.0.1:8080",
        base_path: "/rest/default",
        scheme: "http",
    };
    let mut out = std::io::stdout();
    out.write_all(&schema::to_json(&schema::swagger(&selected, &location)))?;
    writeln!(out)?;
    Ok(())
}
