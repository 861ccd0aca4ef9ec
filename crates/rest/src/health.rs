//! `/healthz`: the process runs. `/readyz`: it can reach its database.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use contract::App;

use crate::reply::with_type;

/// How long the database may take to give a sign of life.
const PATIENCE: Duration = Duration::from_secs(2);

/// The answer to a probe; `None` for other paths.
pub(crate) async fn probe(path: &str, app: &App) -> Option<Response<Body>> {
    let (status, text) = match path {
        "/healthz" => (StatusCode::OK, "ok\n"),
        "/readyz" if is_ready(app).await => (StatusCode::OK, "ready\n"),
        "/readyz" => (StatusCode::SERVICE_UNAVAILABLE, "database out of reach\n"),
        _ => return None,
    };
    Some(with_type(
        status,
        text.as_bytes().to_vec(),
        "text/plain; charset=utf-8",
    ))
}

/// Whether the database answers in time.
async fn is_ready(app: &App) -> bool {
    match tokio::time::timeout(PATIENCE, app.db.ping()).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(%error, "database out of reach");
            false
        }
        Err(_) => {
            tracing::warn!(seconds = PATIENCE.as_secs(), "the database does not answer");
            false
        }
    }
}
