//! The one handler: a request from its head to its answer.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use contract::input::Sources;
use contract::port::Head;
use contract::{Call, Caller, Error, Input, Kind, Origin, Result, StoreScope, Verb};
use futures::FutureExt as _;
use wire::Format;

use crate::origin::origin;
use crate::reply;
use crate::target::{self, Target};
use crate::{Surface, health, schema};

/// Answers a request. A defect that panics is answered too, and does not end the connection.
pub(crate) async fn handle(State(surface): State<Arc<Surface>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    if let Some(response) = health::probe(parts.uri.path(), &surface.app).await {
        return response;
    }
    let start = surface.app.clock.now();
    // A client without a readable `Accept` still gets its error as JSON.
    let accept = parts
        .headers
        .get(header::ACCEPT)
        .map(|value| value.to_str().unwrap_or("\u{fffd}"));
    let (format, acceptable) = match wire::accept::negotiate(accept) {
        Ok(format) => (format, Ok(())),
        Err(error) => (
            Format::Json,
            Err(Error::new(Kind::NotAcceptable, error.to_string())),
        ),
    };
    let outcome = match acceptable {
        Ok(()) => {
            AssertUnwindSafe(answer(&surface, &parts, body, format))
                .catch_unwind()
                .await
        }
        Err(error) => Ok(Err(error)),
    };
    let end = surface.app.clock.now();
    let response = match outcome {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => reply::failure(&error, format, end),
        Err(_) => reply::failure(&Error::internal("a call panicked"), format, end),
    };
    metrics::counter!("magnetite_responses_total", "status" => status_label(response.status())).increment(1);
    // A clock that was set back counts as no time.
    let seconds = end.duration_since(start).as_secs_f64().max(0.0);
    metrics::histogram!("magnetite_response_seconds").record(seconds);
    response
}

async fn answer(surface: &Surface, parts: &Parts, body: Body, format: Format) -> Result<Response<Body>> {
    let path = parts.uri.path();
    let Some(below) = target::below_rest(path) else {
        return Err(Error::not_found("Request does not match any route."));
    };
    let app = &surface.app;
    let origin = origin(parts, &surface.options.trusted_proxies);
    let cookie =
        header_text(&parts.headers, header::COOKIE.as_str()).and_then(|c| target::cookie(c, "store"));
    let (scope, rest) = target::resolve(below, cookie, app.stores.as_ref());
    let method = parts.method.as_str();
    let Some(verb) = Verb::parse(method) else {
        let text = format!("The {method} HTTP method is not supported.");
        return Err(Error::new(Kind::MethodNotSupported, text));
    };
    match target::target(rest, path) {
        Target::Unprocessable => Err(Error::invalid("Specified request cannot be processed.")),
        Target::Schema { base_path } => document(surface, parts, &scope, base_path, origin).await,
        Target::Call(call) => {
            let invocation = Invocation {
                verb,
                call,
                scope,
                origin,
            };
            invoke(surface, parts, body, invocation, format).await
        }
    }
}

struct Invocation<'a> {
    verb: Verb,
    call: &'a str,
    scope: StoreScope,
    origin: Origin,
}

async fn invoke(
    surface: &Surface,
    parts: &Parts,
    body: Body,
    Invocation {
        verb,
        call,
        scope,
        origin,
    }: Invocation<'_>,
    format: Format,
) -> Result<Response<Body>> {
    let app = &surface.app;
    let Some(found) = app.registry.find(verb, call) else {
        return Err(Error::not_found("Request does not match any route."));
    };
    let caller = match app.identify(&head(parts, origin), &scope).await {
        // Open routes ask nobody who they are (`spec/auth.md §5.1`).
        Err(error) if app.is_anonymous(found.route) && error.kind() != Kind::Internal => Caller::Guest,
        identified => identified?,
    };
    app.authorize(found.route, caller, &scope).await?;
    if found.route.https_only && !origin.encrypted {
        return Err(Error::invalid("Operation allowed only in HTTPS"));
    }
    // A body is decoded whatever the verb, though only POST and PUT use it (golden `route.get-with-body`).
    let limit = match caller {
        Caller::Guest => surface.options.body_limit.min(surface.options.guest_body_limit),
        _ => surface.options.body_limit,
    };
    let body = surface.decoder.read(body, &parts.headers, limit).await?;
    let Ok(query) = wire::query::parse(parts.uri.query().unwrap_or_default());
    let fields = query.get("fields").cloned();
    let mut input = Input::merge(
        found.operation,
        verb,
        Sources {
            path: found.variables,
            query,
            body,
        },
    );
    if found
        .route
        .forced
        .iter()
        .any(|forced| forced.value == contract::REQUEST_TARGET)
    {
        let target = contract::Value::from(target(parts));
        input.0.insert(contract::REQUEST_TARGET.to_owned(), target);
    }
    let call = Call {
        caller,
        scope,
        origin,
    };
    let reply = app.call(found.operation, found.route, &call, input).await?;
    Ok(reply::success(
        &reply,
        fields.as_ref(),
        format,
        surface.frame_options.as_ref(),
    ))
}

/// `/schema`: the Swagger document of what the caller may use (`spec/webapi.md §19`).
async fn document(
    surface: &Surface,
    parts: &Parts,
    scope: &StoreScope,
    base_path: &str,
    origin: Origin,
) -> Result<Response<Body>> {
    let app = &surface.app;
    let caller = app.identify(&head(parts, origin), scope).await?;
    let Ok(query) = wire::query::parse(parts.uri.query().unwrap_or_default());
    let services = query.get("services").and_then(contract::Value::as_str);
    let at_home = app.is_at_home(caller, scope).await?;
    let selected = schema::select(&app.registry, services, &|route| {
        app.is_anonymous(route)
            || app.access.allows(caller, route.resource)
            || route.resource == "self" && at_home
    })?;
    let host = header_text(&parts.headers, header::HOST.as_str()).unwrap_or("localhost");
    let scheme = if origin.encrypted { "https" } else { "http" };
    let node = schema::swagger(
        &selected,
        &schema::Location {
            host,
            base_path,
            scheme,
        },
    );
    // Magento leaves the slashes of this one document as they are.
    let text = schema::to_json(&node);
    Ok(reply::with_type(StatusCode::OK, text, "application/json"))
}

/// The head of a request. With HTTP/2 its host stands in the target.
fn head(parts: &Parts, origin: Origin) -> Head<'_> {
    let authority = parts.uri.authority().map(Authority::as_str);
    Head {
        method: parts.method.as_str(),
        encrypted: origin.encrypted,
        host: header_text(&parts.headers, header::HOST.as_str())
            .or(authority)
            .unwrap_or_default(),
        target: target(parts),
        authorization: header_text(&parts.headers, header::AUTHORIZATION.as_str()),
    }
}

fn target(parts: &Parts) -> &str {
    parts.uri.path_and_query().map_or("/", |target| target.as_str())
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn status_label(status: StatusCode) -> &'static str {
    match status.as_u16() {
        200..=299 => "2xx",
        400 => "400",
        401 => "401",
        404 => "404",
        402 | 403 | 405..=499 => "4xx",
        _ => "5xx",
    }
}
