use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use rstest::rstest;
use sha2::Sha256;

use super::*;
use crate::crypt::CryptKeys;

const PLAIN: &str = "0123456789abcdef0123456789abcdef";
const ENCODED: &str = "base64MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const MESSAGE: &str = "eyJraWQiOiIxIiwiYWxnIjoiSFMyNTYifQ.\
    eyJ1aWQiOjEsInV0eXBpZCI6MiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDM2MDB9";
const CLAIMS: Claims = Claims {
    uid: 1,
    utypid: 2,
    iat: 1_700_000_000,
    exp: 1_700_003_600,
};

fn key(text: &str, algorithm: Algorithm) -> JwtKey {
    JwtKey::new(&CryptKeys::parse(text).unwrap(), algorithm)
}

/// Signs any header and payload with the whole 2048-byte key, as a Magento would.
fn signed(header: &str, payload: &str) -> String {
    let pad = "&".repeat(1008);
    let message = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(payload)
    );
    let mut mac = Hmac::<Sha256>::new_from_slice(format!("{pad}{PLAIN}{pad}").as_bytes()).unwrap();
    mac.update(message.as_bytes());
    format!(
        "{message}.{}",
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    )
}

fn verified(payload: &str) -> Result<Claims, Rejection> {
    key(PLAIN, Algorithm::Hs256).verify(&signed(r#"{"kid":"1","alg":"HS256"}"#, payload))
}

#[rstest]
#[case(PLAIN, "medfRQHPbWCoJC7ZmyOP8Yrrj4PJW3hg27cR1OTdsjE")]
#[case(ENCODED, "aRbezZAq12hUJQwqbPkXINeX7c4U3vKREWgMDOaTrBw")]
fn both_vectors_are_signed_and_verified(#[case] text: &str, #[case] signature: &str) {
    let key = key(text, Algorithm::Hs256);
    let token = format!("{MESSAGE}.{signature}");
    assert_eq!(key.sign(&CLAIMS).unwrap(), token);
    assert_eq!(key.verify(&token), Ok(CLAIMS));
}

#[rstest]
#[case(Algorithm::Hs256)]
#[case(Algorithm::Hs384)]
#[case(Algorithm::Hs512)]
fn every_algorithm_reads_its_own_tokens_only(#[case] algorithm: Algorithm) {
    let token = key(PLAIN, algorithm).sign(&CLAIMS).unwrap();
    for other in [Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512] {
        let expected = if other == algorithm {
            Ok(CLAIMS)
        } else {
            Err(Rejection::Algorithm)
        };
        assert_eq!(key(PLAIN, other).verify(&token), expected);
    }
    assert_eq!(Algorithm::from_name(algorithm.name()), Some(algorithm));
}

#[rstest]
#[case(r#"{"alg":"HS256"}"#)]
#[case(r#"{"kid":"2","alg":"HS256"}"#)]
#[case(r#"{"alg":"HS256","typ":"JWT","x":[1]}"#)]
fn other_header_members_are_ignored(#[case] header: &str) {
    assert_eq!(
        key(PLAIN, Algorithm::Hs256).verify(&signed(header, &CLAIMS.to_json())),
        Ok(CLAIMS)
    );
}

#[test]
fn alg_none_never_passes() {
    let key = key(PLAIN, Algorithm::Hs256);
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
    let payload = URL_SAFE_NO_PAD.encode(CLAIMS.to_json());
    assert_eq!(
        key.verify(&format!("{header}.{payload}.")),
        Err(Rejection::Algorithm)
    );
    assert_eq!(key.verify(&format!("{MESSAGE}.")), Err(Rejection::Signature));
}

#[test]
fn altered_tokens_and_other_keys_fail_on_the_signature() {
    let (other, key) = (key(ENCODED, Algorithm::Hs256), key(PLAIN, Algorithm::Hs256));
    let token = key.sign(&CLAIMS).unwrap();
    let payload = URL_SAFE_NO_PAD.encode(Claims { uid: 2, ..CLAIMS }.to_json());
    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(
        key.verify(&format!("{}.{payload}.{}", parts[0], parts[2])),
        Err(Rejection::Signature)
    );
    assert_eq!(other.verify(&token), Err(Rejection::Signature));
}

#[rstest]
#[case("garbage")]
#[case("a.b")]
#[case("aaa.bbb.ccc")]
#[case("")]
#[case("..")]
fn what_is_no_token_is_malformed(#[case] token: &str) {
    assert_eq!(
        key(PLAIN, Algorithm::Hs256).verify(token),
        Err(Rejection::Malformed)
    );
}

#[rstest]
#[case("uid", r#"{"utypid":2,"iat":1,"exp":2}"#)]
#[case("utypid", r#"{"uid":1,"iat":1,"exp":2}"#)]
#[case("iat", r#"{"uid":1,"utypid":2,"exp":2}"#)]
#[case("exp", r#"{"uid":1,"utypid":2,"iat":1}"#)]
#[case("exp", r#"{"uid":1,"utypid":2,"iat":1,"exp":null}"#)]
#[case("exp", r#"{"uid":1,"utypid":2,"iat":1,"exp":0}"#)]
#[case("uid", r#"{"uid":"0","utypid":2,"iat":1,"exp":2}"#)]
#[case("uid", r#"{"uid":"","utypid":2,"iat":1,"exp":2}"#)]
#[case("uid", r#"{"uid":false,"utypid":2,"iat":1,"exp":2}"#)]
fn an_absent_or_empty_claim_is_missing(#[case] name: &'static str, #[case] payload: &str) {
    assert_eq!(verified(payload), Err(Rejection::MissingClaim(name)));
}

#[rstest]
#[case("uid", r#"{"uid":"admin","utypid":2,"iat":1,"exp":2}"#)]
#[case("uid", r#"{"uid":-1,"utypid":2,"iat":1,"exp":2}"#)]
#[case("uid", r#"{"uid":[1],"utypid":2,"iat":1,"exp":2}"#)]
#[case("uid", r#"{"uid":{"a":1},"utypid":2,"iat":1,"exp":2}"#)]
#[case("exp", r#"{"uid":1,"utypid":2,"iat":1,"exp":123.7}"#)]
#[case("exp", r#"{"uid":1,"utypid":2,"iat":1,"exp":"soon"}"#)]
#[case("iat", r#"{"uid":1,"utypid":2,"iat":1e300,"exp":2}"#)]
fn a_claim_of_another_kind_is_invalid(#[case] name: &'static str, #[case] payload: &str) {
    assert_eq!(verified(payload), Err(Rejection::InvalidClaim(name)));
}

#[rstest]
#[case(r#"{"uid":"1","utypid":"2","iat":"1700000000","exp":"1700003600"}"#)]
#[case(r#"{"uid":1.9,"utypid":2,"iat":1700000000.0,"exp":1.7000036e9}"#)]
#[case(r#"{"uid":"1abc","utypid":2,"iat":1700000000,"exp":1700003600,"foo":["bar"]}"#)]
#[case(r#"{"uid":true,"utypid":2,"iat":1700000000,"exp":1700003600}"#)]
fn numeric_strings_and_floats_are_cast_as_php_does(#[case] payload: &str) {
    assert_eq!(verified(payload), Ok(CLAIMS));
}

#[test]
fn a_payload_that_is_no_object_is_malformed() {
    assert_eq!(verified("[]"), Err(Rejection::Malformed));
    assert_eq!(verified("not json"), Err(Rejection::Malformed));
}

#[test]
fn a_token_ends_in_the_very_second_of_exp() {
    assert!(!CLAIMS.expired_at(1_700_003_599));
    assert!(CLAIMS.expired_at(1_700_003_600));
}

#[test]
fn a_future_iat_is_accepted() {
    let claims = Claims {
        iat: 4_000_000_000,
        ..CLAIMS
    };
    assert_eq!(verified(&claims.to_json()), Ok(claims));
}

#[test]
fn debug_output_does_not_show_the_key() {
    assert_eq!(
        format!("{:?}", key(PLAIN, Algorithm::Hs256)),
        "JwtKey { algorithm: Hs256, .. }"
    );
}

#[rstest]
#[case(None, 60)]
#[case(Some("60"), 60)]
#[case(Some(" 15 "), 15)]
#[case(Some("90.5"), 90)]
#[case(Some("0"), 30)]
#[case(Some("-5"), 30)]
#[case(Some(""), 30)]
#[case(Some("soon"), 30)]
#[case(Some("NaN"), 30)]
#[case(Some("1e300"), 52_560_000)]
fn lifetimes_that_make_no_sense_become_30_minutes(#[case] config: Option<&str>, #[case] minutes: i64) {
    assert_eq!(lifetime_minutes(config), minutes);
}

proptest! {
    #[test]
    fn verifying_never_panics(token in "[A-Za-z0-9_.=-]{0,200}|.*") {
        prop_assert!(key(PLAIN, Algorithm::Hs256).verify(&token).is_err());
    }

    #[test]
    fn any_signed_payload_is_read_or_refused(payload in r#"\{"uid":[0-9a-z."]{1,6},"utypid":2,"iat":1,"exp":[0-9e.-]{1,8}\}|.*"#) {
        let _ = verified(&payload);
    }

    #[test]
    fn claims_come_back(uid in 1..i64::MAX, utypid in 1..5_i64, iat in 1..i64::MAX, exp in 1..i64::MAX) {
        let claims = Claims { uid, utypid, iat, exp };
        let key = key(PLAIN, Algorithm::Hs256);
        prop_assert_eq!(key.verify(&key.sign(&claims).unwrap()), Ok(claims));
    }
}
