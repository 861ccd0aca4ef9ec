//! Signing and checking.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, EncodingKey, crypto};
use serde::Deserialize;
use sha2::{Digest, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::{Claims, Rejection};
use crate::crypt::CryptKeys;

/// Length in bytes to which the key's text is padded.
const PADDED: usize = 2048;

/// Longest token looked at, in bytes: ours have about 170, and work on longer ones would be an attacker's.
const MAX_TOKEN: usize = 8192;

/// The signature algorithms on offer (`webapi/jwtauth/jwt_alg`). The encrypted forms are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC with SHA-256, the default.
    Hs256,
    /// HMAC with SHA-384.
    Hs384,
    /// HMAC with SHA-512.
    Hs512,
}

impl Algorithm {
    /// The algorithm called `name` in the configuration and in token headers.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "HS256" => Some(Self::Hs256),
            "HS384" => Some(Self::Hs384),
            "HS512" => Some(Self::Hs512),
            _ => None,
        }
    }

    /// Its name in the configuration and in token headers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
        }
    }

    fn library(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::Hs256 => jsonwebtoken::Algorithm::HS256,
            Self::Hs384 => jsonwebtoken::Algorithm::HS384,
            Self::Hs512 => jsonwebtoken::Algorithm::HS512,
        }
    }

    fn digest(self, secret: &[u8]) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(match self {
            Self::Hs256 => Sha256::digest(secret).to_vec(),
            Self::Hs384 => Sha384::digest(secret).to_vec(),
            Self::Hs512 => Sha512::digest(secret).to_vec(),
        })
    }
}

/// The cryptography library refused to sign; it has no reason to with an HMAC key.
#[derive(Debug, thiserror::Error)]
#[error("the token could not be signed")]
pub struct SignError(#[from] jsonwebtoken::errors::Error);

/// The key that signs and checks tokens, with its algorithm.
pub struct JwtKey {
    algorithm: Algorithm,
    signing: EncodingKey,
    checking: DecodingKey,
    /// The first part of every token we issue, with its dot.
    header: String,
}

impl JwtKey {
    /// The signing key of an installation: the current key as written, padded with `&` on both sides to
    /// 2048 bytes (`spec/auth.md` §2.3).
    #[must_use]
    pub fn new(keys: &CryptKeys, algorithm: Algorithm) -> Self {
        let text = keys.current_text().as_bytes();
        let left = PADDED.saturating_sub(text.len()) / 2;
        let mut secret = Zeroizing::new(Vec::with_capacity(PADDED.max(text.len())));
        secret.resize(left, b'&');
        secret.extend_from_slice(text);
        if secret.len() < PADDED {
            secret.resize(PADDED, b'&');
        }
        // HMAC replaces a key longer than one block of its hash function (64 or 128 bytes) by the key's hash
        // (RFC 2104 §2). Doing that once here, not on every call, gives the same signatures and saves hashing
        // 2048 bytes for each token.
        let short = algorithm.digest(&secret);
        let header = format!(r#"{{"kid":"1","alg":"{}"}}"#, algorithm.name());
        Self {
            algorithm,
            signing: EncodingKey::from_secret(&short),
            checking: DecodingKey::from_secret(&short),
            header: URL_SAFE_NO_PAD.encode(header) + ".",
        }
    }

    /// The algorithm this key is for.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// A signed token, byte for byte as Magento writes it (`spec/auth.md` §2.2).
    ///
    /// # Errors
    /// [`SignError`] when the library refuses, which it does not for HMAC keys.
    pub fn sign(&self, claims: &Claims) -> Result<String, SignError> {
        let mut token = self.header.clone();
        URL_SAFE_NO_PAD.encode_string(claims.to_json(), &mut token);
        let signature = crypto::sign(token.as_bytes(), &self.signing, self.algorithm.library())?;
        token.push('.');
        token.push_str(&signature);
        Ok(token)
    }

    /// Checks signature, algorithm and the presence of the four claims (`spec/auth.md` §2.5, steps 1 and 2).
    /// Whether the token is expired or revoked is asked separately. `kid` and unknown members are ignored.
    ///
    /// # Errors
    /// The first reason found; the claims are not looked at before the signature.
    pub fn verify(&self, token: &str) -> Result<Claims, Rejection> {
        if token.len() > MAX_TOKEN {
            return Err(Rejection::Malformed);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(Rejection::Malformed)?;
        // Nearly all tokens are ours and start with the same bytes: no need to decode their header.
        let payload = match message.strip_prefix(self.header.as_str()) {
            Some(payload) => payload,
            None => self.foreign_header(message)?,
        };
        match crypto::verify(
            signature,
            message.as_bytes(),
            &self.checking,
            self.algorithm.library(),
        ) {
            Ok(true) => {}
            Ok(false) => return Err(Rejection::Signature),
            Err(_) => return Err(Rejection::Malformed),
        }
        let json = URL_SAFE_NO_PAD
            .decode(payload)
            .map_err(|_| Rejection::Malformed)?;
        Claims::from_json(&json)
    }

    /// Checks a header that is not written as ours and returns the payload behind it.
    fn foreign_header<'a>(&self, message: &'a str) -> Result<&'a str, Rejection> {
        #[derive(Deserialize)]
        struct Header {
            alg: String,
        }
        let (header, payload) = message.split_once('.').ok_or(Rejection::Malformed)?;
        let json = URL_SAFE_NO_PAD.decode(header).map_err(|_| Rejection::Malformed)?;
        let header: Header = serde_json::from_slice(&json).map_err(|_| Rejection::Malformed)?;
        if header.alg == self.algorithm.name() {
            Ok(payload)
        } else {
            Err(Rejection::Algorithm)
        }
    }
}

impl fmt::Debug for JwtKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JwtKey")
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}
