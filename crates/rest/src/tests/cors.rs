//! Calls from pages of other origins.

use axum::http::StatusCode;

use super::operations::OPERATIONS;
use super::support::Server;
use crate::Options;

const PREFLIGHT: &str = "OPTIONS /rest/V1/things/x\nAccess-Control-Request-Method: PUT\n\
                         Access-Control-Request-Headers: authorization";

async fn allowed(origins: &[&str], request: &str) -> Option<String> {
    let options = Options {
        cors_origins: origins.iter().map(|origin| (*origin).to_owned()).collect(),
        ..Options::default()
    };
    let answer = Server::with(OPERATIONS, &[], options).await.ask(request).await;
    let allowed = answer.headers.get("access-control-allow-origin")?;
    Some(allowed.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn only_pages_of_named_origins_may_call() {
    let shop = "https://shop.example";
    let from_shop = format!("{PREFLIGHT}\nOrigin: {shop}");
    let from_elsewhere = format!("{PREFLIGHT}\nOrigin: https://elsewhere.example");
    assert_eq!(allowed(&[shop], &from_shop).await.as_deref(), Some(shop));
    assert_eq!(allowed(&[shop], &from_elsewhere).await, None);
    assert_eq!(allowed(&["*"], &from_elsewhere).await.as_deref(), Some("*"));
    let call = format!("GET /rest/V1/things/x\nAuthorization: Bearer admin\nOrigin: {shop}");
    assert_eq!(allowed(&[shop], &call).await.as_deref(), Some(shop));
}

#[tokio::test]
async fn without_the_setting_a_preflight_is_a_method_like_any_other() {
    let request = format!("{PREFLIGHT}\nOrigin: https://shop.example");
    let answer = Server::start().await.ask(&request).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers.get("access-control-allow-origin"), None);
}
