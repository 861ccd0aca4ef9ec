//! The path of a request: what part of the surface it means, and which store view (`spec/webapi.md §1`).

use contract::StoreScope;
use contract::port::Stores;

/// What a path below `/rest` asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target<'a> {
    /// A call: the path from `/V1` on.
    Call(&'a str),
    /// The schema document.
    Schema {
        /// The path before `/schema`.
        base_path: &'a str,
    },
    /// Below `/rest`, but nothing that exists there.
    Unprocessable,
}

/// The part of a path below `/rest`, without slashes at its ends; `None` outside of it.
pub(crate) fn below_rest(path: &str) -> Option<&str> {
    let path = path.trim_matches('/');
    let path = path
        .strip_prefix("index.php/")
        .map_or(path, |rest| rest.trim_start_matches('/'));
    let rest = path.strip_prefix("rest")?;
    match rest.as_bytes().first() {
        None => Some(""),
        // One slash separates; further ones make empty segments.
        Some(b'/') => Some(&rest[1..]),
        Some(_) => None,
    }
}

/// Splits the store code from the path; without one the cookie or the default view decides.
pub(crate) fn resolve<'a>(
    below: &'a str,
    cookie: Option<&str>,
    stores: &dyn Stores,
) -> (StoreScope, &'a str) {
    let (first, rest) = below.split_once('/').unwrap_or((below, ""));
    if let Some(scope) = stores.by_code(first) {
        return (scope, rest);
    }
    let scope = cookie
        .and_then(|code| stores.by_cookie(code))
        .unwrap_or_else(|| stores.default_scope());
    (scope, below)
}

/// What the path after the store code asks for. `whole` is the request's path, for the schema's base path.
pub(crate) fn target<'a>(path: &'a str, whole: &'a str) -> Target<'a> {
    if path.starts_with("schema") {
        let base_path = whole.find("/schema").map_or(whole, |at| &whole[..at]);
        return Target::Schema { base_path };
    }
    let digits = path
        .strip_prefix('V')
        .map(|rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    match digits {
        Some(1..) => Target::Call(path),
        _ => Target::Unprocessable,
    }
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(';').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key.trim() == name).then(|| value.trim())
    })
}

#[cfg(test)]
mod tests;
