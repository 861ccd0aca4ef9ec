//! A server that answers every request with the bytes of a file: what HTTP alone costs. `cargo xtask bench`
//! starts it beside the real server.
#![allow(clippy::print_stdout)] // Its reader waits for the address.

use std::io;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, header};
use axum::serve::ListenerExt as _;

fn main() -> io::Result<()> {
    let file = std::env::args().nth(1).ok_or(io::ErrorKind::InvalidInput)?;
    let bytes = Bytes::from(std::fs::read(file)?);
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(serve(bytes))
}

async fn serve(bytes: Bytes) -> io::Result<()> {
    let router = Router::new().fallback(move || {
        let answer = answer(bytes.clone());
        async move { answer }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("ready: http://{}/", listener.local_addr()?);
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, router).await
}

/// With the headers that the real server sends.
fn answer(bytes: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
