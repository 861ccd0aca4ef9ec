//! The operations, and what the command line does.

pub(crate) mod authy;
pub(crate) mod command;
pub(crate) mod duo;
pub(crate) mod google;
pub(crate) mod keys;
mod plain;
pub(crate) mod providers;
pub(crate) mod recovery_codes;
mod steps;
pub(crate) mod tfat;
pub(crate) mod u2fkey;

use std::sync::Arc;

use contract::{Cx, Result};

use crate::TwoFactor;

/// The second factor of this process.
fn two_factor(cx: &Cx<'_>) -> Result<Arc<TwoFactor>> {
    Ok(cx.service::<Arc<TwoFactor>>()?.clone())
}

/// A nonce for what is encrypted.
fn nonce(cx: &Cx<'_>) -> [u8; 12] {
    let mut nonce = [0; 12];
    cx.random(&mut nonce);
    nonce
}

/// The base URL of Magento's Admin, with a slash at its end.
fn base_url(cx: &Cx<'_>) -> String {
    let config = |path: &str| {
        cx.default_config(path)
            .map(|value| value.to_string())
            .unwrap_or_default()
    };
    let unsecure = config("web/unsecure/base_url");
    let url = match config("web/secure/base_url") {
        secure if config("web/secure/use_in_adminhtml") == "1" => {
            secure.replace("{{unsecure_base_url}}", &unsecure)
        }
        _ => unsecure,
    };
    format!("{}/", url.trim_end_matches('/'))
}

/// The host of [`base_url`]; `localhost` when it has none.
fn host(cx: &Cx<'_>) -> String {
    let url = base_url(cx);
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    // A port follows the last colon, unless that belongs to an address of IPv6.
    let host = match host.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => host,
        _ => host,
    };
    if host.is_empty() {
        "localhost".to_owned()
    } else {
        host.to_owned()
    }
}
