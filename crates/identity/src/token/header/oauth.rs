//! OAuth 1.0a parameters and the checks on them that need no database (`spec/auth.md` §3.3).

use std::borrow::Cow;

/// The one accepted signature method.
pub const METHOD: &str = "HMAC-SHA256";

/// The protocol parameters of a request, in the order of the header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads the list behind `OAuth `: `name="value"` pairs between commas, percent-encoded. Other names than
    /// `oauth_…` are dropped, a repeated name keeps its last value.
    #[must_use]
    pub fn parse(list: &str) -> Self {
        let mut parameters = Self::default();
        for (name, value) in list.split(',').filter_map(|part| part.trim().split_once('=')) {
            if is_protocol_name(name) {
                parameters.set(&decode(name), &decode(value.trim_matches('"')));
            }
        }
        parameters
    }

    fn set(&mut self, name: &str, value: &str) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
    }

    /// The value of `name`; an empty value counts as given.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether there is none, which makes the caller a guest.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All names and values, for the signature base string.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Whether `oauth_` and one more letter, `_` or `-` stand somewhere in `name`.
fn is_protocol_name(name: &str) -> bool {
    name.match_indices("oauth_").any(|(at, prefix)| {
        matches!(
            name.as_bytes().get(at + prefix.len()),
            Some(b'a'..=b'z' | b'_' | b'-')
        )
    })
}

/// Percent-decoding that leaves `+` alone; bytes that are not UTF-8 become replacement characters, which no
/// stored key or signature contains.
fn decode(text: &str) -> Cow<'_, str> {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy()
}

/// What a signed request is for; it decides which parameters it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// `POST /oauth/token/request`.
    RequestToken,
    /// `POST /oauth/token/access`.
    AccessToken,
    /// Any call of the web API.
    Api,
}

impl Purpose {
    fn required(self) -> &'static [&'static str] {
        const NAMES: [&str; 7] = [
            "oauth_consumer_key",
            "oauth_signature",
            "oauth_signature_method",
            "oauth_nonce",
            "oauth_timestamp",
            "oauth_token",
            "oauth_verifier",
        ];
        match self {
            Self::RequestToken => &NAMES[..5],
            Self::Api => &NAMES[..6],
            Self::AccessToken => &NAMES,
        }
    }
}

/// How an error is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The request is not complete or not understood: 400.
    Input,
    /// The request is not genuine: 401.
    Oauth,
}

/// A signed request that is refused. `Display` gives the text with its placeholders (`spec/auth.md` §1.6, §3.5).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OAuthError {
    /// `oauth_version` is given and is not 1.0.
    #[error("The \"%1\" Oauth version isn't supported.")]
    Version(String),
    /// These parameters are missing: one error each, collapsed by the caller as for any input.
    #[error("\"%fieldName\" is required. Enter and try again.")]
    Required(Vec<&'static str>),
    /// `oauth_token` does not have 32 bytes.
    #[error("The token length is invalid. Check the length and try again.")]
    TokenLength,
    /// `oauth_signature_method` is not [`METHOD`].
    #[error("Signature method %1 is not supported")]
    Method(String),
    /// `oauth_consumer_key` does not have 32 bytes.
    #[error("Consumer key is not the correct length")]
    ConsumerKeyLength,
    /// No consumer has this key.
    #[error("A consumer having the specified key does not exist")]
    UnknownConsumer,
    /// The exchange was not begun in time.
    #[error("Consumer key has expired")]
    ConsumerExpired,
    /// Bad timestamp or nonce.
    #[error("An error occurred validating the nonce")]
    Nonce,
    /// The nonce was used before by the consumer with this id.
    #[error("The nonce is already being used by the consumer with ID %1")]
    NonceUsed(i64),
    /// No such token.
    #[error("Specified token does not exist")]
    UnknownToken,
    /// The token belongs to another consumer.
    #[error("Token is not associated with the specified consumer")]
    ForeignToken,
    /// A request token or verifier was sent where an access token is needed.
    #[error("Token is not an access token")]
    NotAccessToken,
    /// The access token is revoked.
    #[error("Access token has been revoked")]
    Revoked,
    /// The signature does not fit.
    #[error("The signature is invalid. Verify and try again.")]
    Signature,
}

impl OAuthError {
    /// How the error is answered.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Version(_) | Self::Required(_) | Self::TokenLength | Self::Method(_) => Kind::Input,
            _ => Kind::Oauth,
        }
    }

    /// The values of `%1` in the text, if it has one.
    #[must_use]
    pub fn parameters(&self) -> Vec<String> {
        match self {
            Self::Version(value) | Self::Method(value) => vec![value.clone()],
            Self::NonceUsed(consumer) => vec![consumer.to_string()],
            _ => Vec::new(),
        }
    }
}

/// Checks the parameters up to the look-up of the consumer, in the order of the original: version, required
/// ones, token length, signature method.
///
/// # Errors
/// The first failing check; all missing parameters together. Always of [`Kind::Input`].
pub fn check(parameters: &Parameters, purpose: Purpose) -> Result<(), OAuthError> {
    if let Some(version) = parameters.get("oauth_version") {
        // Compared as numbers, so that `1` and `1.00` pass too.
        if version.trim().parse() != Ok(1.0_f64) {
            return Err(OAuthError::Version(version.to_owned()));
        }
    }
    let missing: Vec<&str> = purpose
        .required()
        .iter()
        .copied()
        .filter(|name| parameters.get(name).is_none())
        .collect();
    if !missing.is_empty() {
        return Err(OAuthError::Required(missing));
    }
    if parameters
        .get("oauth_token")
        .is_some_and(|token| token.len() != crate::token::opaque::LENGTH)
    {
        return Err(OAuthError::TokenLength);
    }
    let method = parameters.get("oauth_signature_method").unwrap_or_default();
    if method != METHOD {
        return Err(OAuthError::Method(method.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete() -> String {
        let (key, token) = ("c".repeat(32), "t".repeat(32));
        format!(
            "oauth_consumer_key=\"{key}\",oauth_nonce=\"n\", oauth_signature=\"q%2B%3D\",\
             oauth_signature_method=\"HMAC-SHA256\",oauth_timestamp=\"1\",oauth_token=\"{token}\""
        )
    }

    fn checked(list: &str) -> Result<(), OAuthError> {
        check(&Parameters::parse(list), Purpose::Api)
    }

    #[test]
    fn values_are_unquoted_and_decoded_and_other_names_dropped() {
        let parameters = Parameters::parse(
            "realm=\"x\", oauth_signature=\"a%2Bb+c=\",oauth_nonce=1,oauth_nonce=2,oauth_,bare",
        );
        let pairs: Vec<_> = parameters.iter().collect();
        assert_eq!(pairs, [("oauth_signature", "a+b+c="), ("oauth_nonce", "2")]);
    }

    #[test]
    fn a_header_without_parameters_is_empty() {
        assert!(Parameters::parse("").is_empty());
        assert!(Parameters::parse("realm=\"x\"").is_empty());
    }

    #[test]
    fn a_complete_request_passes() {
        assert_eq!(checked(&complete()), Ok(()));
        assert_eq!(checked(&(complete() + ",oauth_version=\"1.0\"")), Ok(()));
    }

    #[test]
    fn the_version_is_checked_before_anything_else() {
        let error = checked("oauth_version=\"2.0\"").unwrap_err();
        assert_eq!(error.to_string(), "The \"%1\" Oauth version isn't supported.");
        assert_eq!(
            (error.parameters(), error.kind()),
            (vec!["2.0".to_owned()], Kind::Input)
        );
    }

    #[test]
    fn all_missing_parameters_are_reported_in_order() {
        let names = [
            "oauth_consumer_key",
            "oauth_signature",
            "oauth_signature_method",
            "oauth_timestamp",
        ];
        let list = "oauth_nonce=\"y\",oauth_token=\"z\"";
        assert_eq!(checked(list), Err(OAuthError::Required(names.to_vec())));
        let missing = check(&Parameters::parse(&complete()), Purpose::AccessToken);
        assert_eq!(missing, Err(OAuthError::Required(vec!["oauth_verifier"])));
    }

    #[test]
    fn a_token_of_another_length_is_an_input_error() {
        let list = "oauth_consumer_key=\"x\",oauth_nonce=\"y\",oauth_signature_method=\"HMAC-SHA256\",\
                    oauth_timestamp=\"1\",oauth_token=\"z\",oauth_signature=\"q\"";
        let error = checked(list).unwrap_err();
        assert_eq!(
            error.to_string(),
            "The token length is invalid. Check the length and try again."
        );
        assert_eq!(error.kind(), Kind::Input);
    }

    #[test]
    fn other_signature_methods_are_refused() {
        let error = checked(&complete().replace("HMAC-SHA256", "HMAC-SHA1")).unwrap_err();
        assert_eq!(error.to_string(), "Signature method %1 is not supported");
        assert_eq!(error.parameters(), ["HMAC-SHA1"]);
    }

    #[test]
    fn a_wrong_signature_is_not_an_input_error() {
        assert_eq!(OAuthError::Signature.kind(), Kind::Oauth);
    }
}
