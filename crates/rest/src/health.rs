//! `/healthz`: the process runs. `/readyz`: it can reach its database.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use contract::App;

use crate::reply::with_type;

/// The answer to a probe; `None` for other paths.
pub(crate) async fn probe(path: &str, app: &App) -> Option<Response<Body>> {
    let (status, text) = match path {
        "/healthz" => (StatusCode::OK, "ok\n"),
        "/readyz" => match app.db.ping().await {
            Ok(()) => (StatusCode::OK, "ready\n"),
            Err(error) => {
                tracing::warn!(%error, "database out of reach");
                (StatusCode::SERVICE_UNAVAILABLE, "database out of reach\n")
            }
        },
        _ => return None,
    };
    Some(with_type(
        status,
        text.as_bytes().to_vec(),
        "text/plain; charset=utf-8",
    ))
}
