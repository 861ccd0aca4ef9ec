//! Magento's REST surface over the contract: paths, content types, error envelopes, the schema document.
//!
//! One fallback handler does all of it, in the order that decides which error a client sees
//! (`spec/webapi.md §2`): accept ▸ path and store ▸ verb ▸ schema or route ▸ caller ▸ rights ▸ body ▸ call ▸
//! answer. This crate knows no domain.

mod body;
mod cors;
mod envelope;
mod handler;
mod health;
mod origin;
mod reply;
pub mod schema;
mod target;

use std::sync::Arc;

use axum::Router;
use axum::http::HeaderValue;
use contract::App;
use ipnet::IpNet;

pub use origin::Connection;

/// How the surface is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// Largest body in bytes.
    pub body_limit: usize,
    /// Largest body in bytes of a caller whom nothing identifies; `body_limit` holds as well.
    pub guest_body_limit: usize,
    /// Networks whose proxies are believed when they say who their client is and how it came.
    pub trusted_proxies: Vec<IpNet>,
    /// Origins whose pages may call from a browser, such as `https://shop.example`; `*` is any.
    pub cors_origins: Vec<String>,
    /// Value of `X-Frame-Options` on successful answers (`spec/webapi.md §20.2`), as `env.php` has it.
    pub x_frame_options: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            body_limit: 64 << 20,
            guest_body_limit: 256 << 10,
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            x_frame_options: "SAMEORIGIN".to_owned(),
        }
    }
}

/// What every request handler needs.
pub(crate) struct Surface {
    pub(crate) app: Arc<App>,
    pub(crate) options: Options,
    pub(crate) frame_options: Option<HeaderValue>,
    pub(crate) decoder: body::Decoder,
}

/// The routes: `/rest/…`, `/healthz`, `/readyz`.
pub fn router(app: Arc<App>, options: Options) -> Router {
    let cors = cors::layer(&options.cors_origins);
    let frame_options = HeaderValue::from_str(&options.x_frame_options).ok();
    let surface = Arc::new(Surface {
        app,
        options,
        frame_options,
        decoder: body::Decoder::new(),
    });
    let router = Router::new().fallback(handler::handle).with_state(surface);
    match cors {
        Some(cors) => router.layer(cors),
        None => router,
    }
}

#[cfg(test)]
mod tests;
