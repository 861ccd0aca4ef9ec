//! The tfat: a signed token with which a user who knows only the password configures a provider
//! (`spec/auth.md §4.3`). It is Magento's, in both directions.

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use identity::crypt::CryptKeys;
use serde::Deserialize;

/// How long a tfat is good for, in seconds.
const LIFETIME: i64 = 3600;

/// Reads base64 with or without padding, as PHP does.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A verified tfat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tfat {
    pub(crate) user_id: i64,
    /// Seconds since 1970.
    pub(crate) issued: i64,
}

#[derive(Deserialize)]
struct Claims {
    user_id: i64,
    tfa_configuration: bool,
    iss: i64,
}

/// A tfat for a user; `None` only if the key could not be used.
pub(crate) fn issue(keys: &CryptKeys, user_id: i64, now: i64) -> Option<String> {
    let claims = format!(r#"{{"user_id":{user_id},"tfa_configuration":true,"iss":{now}}}"#);
    let signature = STANDARD.encode(keys.mac(&claims).ok()?);
    Some(STANDARD.encode(format!("{claims}.{signature}")))
}

/// The tfat in a text, if it was signed with the current key and is not too old.
pub(crate) fn verify(keys: &CryptKeys, token: &str, now: i64) -> Option<Tfat> {
    let text = String::from_utf8(LENIENT.decode(token).ok()?).ok()?;
    let (claims, signature) = text.split_once('.')?;
    let signature = LENIENT.decode(signature).ok()?;
    // Nothing of it is believed before this.
    if !keys.has_mac(claims, &signature) {
        return None;
    }
    let claims: Claims = serde_json::from_str(claims).ok()?;
    let fresh = now.saturating_sub(claims.iss) < LIFETIME;
    (claims.tfa_configuration && fresh).then_some(Tfat {
        user_id: claims.user_id,
        issued: claims.iss,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector of `spec/auth.md §4.3`.
    const VECTOR: &str = "eyJ1c2VyX2lkIjoxLCJ0ZmFfY29uZmlndXJhdGlvbiI6dHJ1ZSwiaXNzIjoxNzAwMDAwMDAwfS5OV1UzWm1Wa09X\
                          TXhNR015Tm1WbE5tRmxPV1l4TVRrellUVmhZell6TmpVMlpUQTFNbUpoTmpoa09Ea3lOMlprWkdRNFlXWXhNamhpWXpk\
                          ak9HSmhPUT09";
    const THEN: i64 = 1_700_000_000;

    fn keys() -> CryptKeys {
        CryptKeys::parse("0123456789abcdef0123456789abcdef").unwrap()
    }

    #[test]
    fn the_vector_is_made_and_read() {
        assert_eq!(issue(&keys(), 1, THEN).unwrap(), VECTOR);
        let tfat = Tfat {
            user_id: 1,
            issued: THEN,
        };
        assert_eq!(verify(&keys(), VECTOR, THEN + 3599), Some(tfat));
        assert_eq!(verify(&keys(), VECTOR.trim_end_matches('='), THEN), Some(tfat));
    }

    #[test]
    fn an_hour_later_it_is_void() {
        assert_eq!(verify(&keys(), VECTOR, THEN + 3600), None);
    }

    #[test]
    fn what_is_tampered_with_is_void() {
        let plain = String::from_utf8(STANDARD.decode(VECTOR).unwrap()).unwrap();
        let (claims, signature) = plain.split_once('.').unwrap();
        let other = CryptKeys::parse("fedcba9876543210fedcba9876543210").unwrap();
        let attempts = [
            plain.replace("\"user_id\":1", "\"user_id\":2"),
            plain.replace("1700000000", "1799999999"),
            format!("{claims}."),
            claims.to_owned(),
            format!("{claims}.{}", STANDARD.encode("0".repeat(64))),
            format!(".{signature}"),
            String::new(),
        ];
        for attempt in attempts {
            assert_eq!(
                verify(&keys(), &STANDARD.encode(&attempt), THEN),
                None,
                "{attempt}"
            );
        }
        assert_eq!(verify(&other, VECTOR, THEN), None);
        assert_eq!(verify(&keys(), "bad", THEN), None);
        // Signed, but not for this.
        let claims = r#"{"user_id":1,"tfa_configuration":false,"iss":1700000000}"#;
        let signature = STANDARD.encode(keys().mac(claims).unwrap());
        let token = STANDARD.encode(format!("{claims}.{signature}"));
        assert_eq!(verify(&keys(), &token, THEN), None);
    }
}
