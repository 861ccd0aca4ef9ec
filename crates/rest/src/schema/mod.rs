//! The Swagger 2 document of the surface, made from the registry (`spec/webapi.md §19`).

mod definitions;
mod node;
mod paths;

use contract::{Error, Operation, Registry, Result, Route};
use wire::json::JsonSink;
use wire::tree::Node;

use node::{object, text};

/// Where the surface is, as the client sees it.
pub struct Location<'a> {
    /// Host, with its port if it has one.
    pub host: &'a str,
    /// The path before `/schema`.
    pub base_path: &'a str,
    /// `http` or `https`.
    pub scheme: &'a str,
}

/// The operations of the named services that the caller may use through every one of their routes.
///
/// # Errors
/// The list of services is not readable, or names a service that does not exist.
pub fn select(
    registry: &Registry,
    services: Option<&str>,
    allowed: &dyn Fn(&Route) -> bool,
) -> Result<Vec<&'static Operation>> {
    let visible = |operation: &&'static Operation| operation.routes.iter().all(allowed);
    let Some(services) = services.filter(|services| *services != "all") else {
        return Ok(registry.operations().filter(visible).collect());
    };
    let mut selected: Vec<&Operation> = Vec::new();
    for name in services.split(',') {
        if !is_service_name(name) {
            let text = "Incorrect format of request URI or Requested services are missing.";
            return Err(Error::invalid(text));
        }
        let operations: Vec<_> = registry.operations().filter(|o| o.service == name).collect();
        if operations.is_empty() {
            return Err(Error::invalid(format!(
                "Requested service is not available: \"{name}\""
            )));
        }
        if selected.iter().all(|operation| operation.service != name) {
            selected.extend(operations.into_iter().filter(visible));
        }
    }
    Ok(selected)
}

/// Letters and digits, ending in `V` and a number.
fn is_service_name(name: &str) -> bool {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    stem.len() < name.len() && stem.ends_with('V') && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The document.
pub fn swagger(operations: &[&'static Operation], location: &Location<'_>) -> Node {
    let api_key = object([
        ("type", text("apiKey")),
        ("name", text("api_key")),
        ("in", text("header")),
    ]);
    object([
        ("securityDefinitions", object([("api_key", api_key)])),
        ("swagger", text("2.0")),
        (
            "info",
            object([("version", text("2.4")), ("title", text("Magento Community"))]),
        ),
        ("host", text(location.host)),
        ("basePath", text(location.base_path)),
        ("schemes", Node::List(vec![text(location.scheme)])),
        ("tags", paths::tags(operations)),
        ("paths", paths::paths(operations)),
        ("definitions", definitions::definitions(operations)),
    ])
}

/// The document's text. Unlike in answers, slashes are not escaped.
pub fn to_json(document: &Node) -> Vec<u8> {
    let mut sink = JsonSink::new();
    document.write(&mut sink);
    String::from_utf8_lossy(&sink.into_bytes())
        .replace("\\/", "/")
        .into_bytes()
}

#[cfg(test)]
mod tests;
