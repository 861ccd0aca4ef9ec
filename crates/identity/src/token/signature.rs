//! Signatures of OAuth 1.0a requests (`spec/auth.md §3.4`).

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::Sha256;

use super::header::oauth::Parameters;

/// What RFC 3986 leaves as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What Magento decodes in paths before it signs them, beside letters and digits.
const PATH_SIGNS: &[u8] = b"-._~:@&=+$,/;%";

/// The parts of a request that its signature covers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signed<'a> {
    /// The verb.
    pub(crate) method: &'a str,
    /// Whether the request came over TLS.
    pub(crate) encrypted: bool,
    /// The `Host` header.
    pub(crate) host: &'a str,
    /// Path and query as they were sent.
    pub(crate) target: &'a str,
    /// The protocol parameters.
    pub(crate) parameters: &'a Parameters,
}

impl Signed<'_> {
    /// Whether the request's signature is that of the holder of both secrets.
    ///
    /// Magento sorts parameters in natural order and signs decoded paths, clients that follow RFC 5849 sort by bytes
    /// and sign paths as they are sent: all four forms count.
    pub(crate) fn is_genuine(&self, consumer_secret: &str, token_secret: &str) -> bool {
        let signature = self.parameters.get("oauth_signature").unwrap_or_default();
        let Ok(signature) = STANDARD.decode(signature) else {
            return false;
        };
        let key = [encode(consumer_secret), encode(token_secret)].join("&");
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
            return false;
        };
        self.base_strings().iter().any(|base| {
            let mut mac = mac.clone();
            mac.update(base.as_bytes());
            mac.verify_slice(&signature).is_ok()
        })
    }

    fn base_strings(&self) -> Vec<String> {
        let (path, query) = self.target.split_once('?').unwrap_or((self.target, ""));
        let mut sorted: Vec<(Cow<'_, str>, Cow<'_, str>)> = self.pairs(query).into_iter().collect();
        let by_bytes = join(&sorted);
        sorted.sort_by(|a, b| natural(&a.0, &b.0));
        let naturally = join(&sorted);
        let decoded = decode_path(path);
        let mut bases = Vec::with_capacity(4);
        for path in [path, decoded.as_str()] {
            for parameters in [&by_bytes, &naturally] {
                let base = [self.method, &encode(&self.url(path)), &encode(parameters)].join("&");
                if !bases.contains(&base) {
                    bases.push(base);
                }
            }
        }
        bases
    }

    /// The parameters by their encoded names: a later one of the same name counts.
    fn pairs<'a>(&'a self, query: &'a str) -> BTreeMap<Cow<'a, str>, Cow<'a, str>> {
        let own = self
            .parameters
            .iter()
            .filter(|(name, _)| *name != "oauth_signature");
        let mut pairs: BTreeMap<_, _> = own
            .map(|(name, value)| (Cow::Owned(encode(name)), Cow::Owned(encode(value))))
            .collect();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            // What has a second `=` Magento leaves out.
            if value.contains('=') {
                continue;
            }
            let name = recode(name);
            if !name.starts_with("oauth_") {
                pairs.insert(name, recode(value));
            }
        }
        pairs
    }

    fn url(&self, path: &str) -> String {
        let (scheme, port) = if self.encrypted {
            ("https", ":443")
        } else {
            ("http", ":80")
        };
        let host = self.host.to_ascii_lowercase();
        let host = host.strip_suffix(port).unwrap_or(&host);
        [scheme, "://", host, path].concat()
    }
}

fn join(pairs: &[(Cow<'_, str>, Cow<'_, str>)]) -> String {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(name, value)| [&**name, &**value].join("="))
        .collect();
    pairs.join("&")
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// A part of a query in the one encoded form that signatures know.
fn recode(text: &str) -> Cow<'_, str> {
    let decoded: Vec<u8> = percent_decode_str(text).collect();
    Cow::Owned(percent_encoding::percent_encode(&decoded, ENCODED).to_string())
}

/// Magento's form of a path: escapes of characters that may stand in one are gone.
fn decode_path(path: &str) -> String {
    let mut decoded = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        decoded.push_str(before);
        let byte = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte {
            Some(byte) if byte.is_ascii_alphanumeric() || PATH_SIGNS.contains(&byte) => {
                decoded.push(char::from(byte));
                rest = &after[2..];
            }
            _ => {
                decoded.push('%');
                rest = after;
            }
        }
    }
    decoded + rest
}

/// The order of people, in which `a[2]` comes before `a[10]`.
fn natural(a: &str, b: &str) -> Ordering {
    natord::compare(a, b)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn parameters(signature: &str) -> Parameters {
        let (c, t) = ("c".repeat(32), "t".repeat(32));
        Parameters::parse(&format!(
            "oauth_consumer_key=\"{c}\",oauth_nonce=\"n0nce\",oauth_signature_method=\"HMAC-SHA256\",\
             oauth_timestamp=\"1700000000\",oauth_token=\"{t}\",oauth_version=\"1.0\",oauth_signature=\"{signature}\""
        ))
    }

    fn request<'a>(target: &'a str, parameters: &'a Parameters) -> Signed<'a> {
        Signed {
            method: "GET",
            encrypted: true,
            host: "Shop.Example:443",
            target,
            parameters,
        }
    }

    /// The vector of `spec/auth.md §3.4`.
    #[test]
    fn a_signature_of_magento_is_genuine() {
        let parameters = parameters("wlaj30uhUeqBh4L1359s81Pu9HOPIFhGhxu9%2B5MU0uk%3D");
        let target = "/rest/V1/products?searchCriteria[pageSize]=10";
        let (consumer, token) = ("s".repeat(32), "x".repeat(32));
        assert!(request(target, &parameters).is_genuine(&consumer, &token));
        assert!(
            request("/rest/V1/products?searchCriteria%5BpageSize%5D=10", &parameters)
                .is_genuine(&consumer, &token)
        );
        assert!(
            !request("/rest/V1/products?searchCriteria[pageSize]=11", &parameters)
                .is_genuine(&consumer, &token)
        );
        assert!(!request(target, &parameters).is_genuine(&token, &consumer));
        let plain = Signed {
            encrypted: false,
            ..request(target, &parameters)
        };
        assert!(!plain.is_genuine(&consumer, &token));
    }

    #[test]
    fn both_orders_and_both_paths_count() {
        let parameters = parameters("");
        let bases = request(
            "/rest/V1/products/A%2F1%C3%A9?a[10]=x&a[2]=y&bare&b=c=d",
            &parameters,
        )
        .base_strings();
        let path = |base: &String| base.split('&').nth(1).unwrap().to_owned();
        let raw = "https%3A%2F%2Fshop.example%2Frest%2FV1%2Fproducts%2FA%252F1%25C3%25A9";
        let decoded = "https%3A%2F%2Fshop.example%2Frest%2FV1%2Fproducts%2FA%2F1%25C3%25A9";
        assert_eq!(
            bases.iter().map(path).collect::<Vec<_>>(),
            [raw, raw, decoded, decoded]
        );
        let (ten, two) = ("a%255B10%255D%3Dx", "a%255B2%255D%3Dy");
        assert!(bases[0].contains(&[ten, two].join("%26")));
        assert!(bases[1].contains(&[two, ten].join("%26")));
        assert!(
            bases
                .iter()
                .all(|base| !base.contains("bare") && !base.contains("%26b%3D"))
        );
    }

    #[rstest]
    #[case("/a%2fb", "/a/b")]
    #[case("/a%20b", "/a%20b")]
    #[case("/100%", "/100%")]
    #[case("/%e4%zz%4", "/%e4%zz%4")]
    #[case("/%é", "/%é")]
    fn only_what_may_stand_in_a_path_is_decoded(#[case] path: &str, #[case] decoded: &str) {
        assert_eq!(decode_path(path), decoded);
    }

    proptest! {
        #[test]
        fn no_request_panics(method in ".*", host in ".*", target in ".*", list in ".*", secret in ".*") {
            let parameters = Parameters::parse(&list);
            let signed = Signed { method: &method, encrypted: true, host: &host, target: &target, parameters: &parameters };
            prop_assert!(!signed.is_genuine(&secret, "") || list.contains("oauth_signature"));
        }
    }
}
