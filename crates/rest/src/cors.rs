//! Calls from pages of other origins: refused by browsers unless a setting names the page's origin.

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

/// How long a browser need not ask again.
const REMEMBERED: Duration = Duration::from_secs(3600);

/// What answers browsers that ask; `None` when no origin is named. Credentials of a browser (cookies) are never asked
/// for: callers send their token themselves.
pub(crate) fn layer(origins: &[String]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let layer = if origins.iter().any(|origin| origin == "*") {
        CorsLayer::new().allow_origin(Any)
    } else {
        let origins = origins
            .iter()
            .filter_map(|origin| HeaderValue::from_str(origin).ok());
        CorsLayer::new().allow_origin(AllowOrigin::list(origins))
    };
    Some(
        layer
            .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
            .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT])
            .expose_headers([header::RETRY_AFTER, HeaderName::from_static("www-authenticate")])
            .max_age(REMEMBERED),
    )
}
