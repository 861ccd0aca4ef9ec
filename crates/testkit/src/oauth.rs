//! Requests signed as clients sign them: OAuth 1.0a with HMAC-SHA256, in the words of RFC 5849.

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// An application with its keys.
#[derive(Debug, Clone)]
pub struct Application {
    /// Consumer key.
    pub key: String,
    /// Consumer secret.
    pub secret: String,
    /// Access token.
    pub token: String,
    /// Its secret.
    pub token_secret: String,
}

impl Application {
    /// The `Authorization` header of a request. `url` is complete, its query encoded.
    ///
    /// # Errors
    /// The library refuses a key: never.
    pub fn authorization(&self, method: &str, url: &str, nonce: &str, timestamp: i64) -> Result<String> {
        let timestamp = timestamp.to_string();
        let own = [
            ("oauth_consumer_key", self.key.as_str()),
            ("oauth_nonce", nonce),
            ("oauth_signature_method", "HMAC-SHA256"),
            ("oauth_timestamp", &timestamp),
            ("oauth_token", &self.token),
            ("oauth_version", "1.0"),
        ];
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let mut pairs: Vec<(String, String)> = own
            .iter()
            .map(|(name, value)| (encode(name), encode(value)))
            .collect();
        let in_query = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.extend(in_query.map(|(name, value)| (name.to_owned(), value.to_owned())));
        pairs.sort();
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let text = format!("{method}&{}&{}", encode(base), encode(&pairs.join("&")));
        let key = format!("{}&{}", encode(&self.secret), encode(&self.token_secret));
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())?;
        mac.update(text.as_bytes());
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        let own: Vec<String> = own
            .iter()
            .map(|(name, value)| format!("{name}=\"{}\"", encode(value)))
            .collect();
        Ok(format!(
            "OAuth {}, oauth_signature=\"{}\"",
            own.join(", "),
            encode(&signature)
        ))
    }
}

/// Percent-encodes everything but letters, digits and `-._~`.
fn encode(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
