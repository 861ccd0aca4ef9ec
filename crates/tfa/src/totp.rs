//! Codes of the provider `google` (`spec/auth.md §4.5`): SHA-1, six digits, 30 seconds.

use image::{ImageEncoder as _, Luma};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use qrcode::QrCode;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use totp_rs::{Algorithm, Builder, Secret};

/// Seconds of a step.
const STEP: i64 = 30;

/// Widest distance of the two instants beside now, in seconds; a configured one beyond it is cut
/// (`spec/auth.md §8`, row 15).
const WIDEST: i64 = 29;

/// Random bytes of a secret, after the four that Magento begins with.
const RANDOM: usize = 128;

/// Shortest side of the picture in pixels.
const PIXELS: u32 = 400;

/// What stays readable in a part of the URL.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// A new secret in base32.
pub(crate) fn new_secret(random: &mut dyn FnMut(&mut [u8])) -> SecretString {
    let mut bytes = [0; 4 + RANDOM];
    bytes[..4].copy_from_slice(b"abcd");
    random(&mut bytes[4..]);
    Secret::from(bytes.to_vec()).to_base32().into()
}

/// Whether a text can be a secret.
pub(crate) fn is_secret(text: &str) -> bool {
    parse(text).is_some_and(|secret| !secret.as_bytes().is_empty())
}

fn parse(text: &str) -> Option<Secret> {
    Secret::try_from_base32(text.trim_end_matches('=').to_ascii_uppercase()).ok()
}

/// The distance of the instants beside now: of the user, else of the configuration, else the widest.
pub(crate) fn leeway(configured: Option<&str>) -> i64 {
    let number = configured.and_then(|text| text.trim().parse::<i64>().ok());
    number.unwrap_or(WIDEST).clamp(0, WIDEST)
}

/// The newest step in which one of the three instants has this code; `None` when none has.
pub(crate) fn step_of(secret: &SecretString, code: &str, now: i64, leeway: i64) -> Option<i64> {
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(STEP.unsigned_abs())
        .with_secret(parse(secret.expose_secret())?)
        .build_noncompliant();
    let mut found = None;
    // All three are compared, whichever fits.
    for instant in [now - leeway, now, now + leeway] {
        let Ok(time) = u64::try_from(instant) else {
            continue;
        };
        let right = totp.generate(time).to_string();
        if right.as_bytes().ct_eq(code.as_bytes()).into() {
            found = Some(instant / STEP);
        }
    }
    found
}

/// The URL that applications read from the picture.
pub(crate) fn provisioning_url(secret: &SecretString, host: &str, email: &str) -> String {
    let encode = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
    format!(
        "otpauth://totp/{}?issuer={}&secret={}",
        encode(&format!("{host}:{email}")),
        encode(host),
        secret.expose_secret()
    )
}

/// The QR code of a text as PNG; `None` when the text is too long for one.
pub(crate) fn picture(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::new(text).ok()?;
    let pixels = code.render::<Luma<u8>>().min_dimensions(PIXELS, PIXELS).build();
    let mut png = Vec::new();
    image::codecs::png::PngEncoder::new(&mut png)
        .write_image(
            pixels.as_raw(),
            pixels.width(),
            pixels.height(),
            image::ExtendedColorType::L8,
        )
        .ok()?;
    Some(png)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `12345678901234567890`, the secret of RFC 6238.
    fn rfc() -> SecretString {
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned().into()
    }

    #[test]
    fn the_vectors_of_the_rfc_are_right() {
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(step_of(&rfc(), code, time, 0), Some(time / 30), "{time}");
        }
    }

    #[test]
    fn exactly_three_instants_count() {
        // The step of 59 is 30..60.
        let at = |time, leeway| step_of(&rfc(), "287082", time, leeway);
        assert_eq!(at(60, 29), Some(1), "29 seconds ago");
        assert_eq!(at(88, 29), Some(1));
        assert_eq!(at(89, 29), None, "30 seconds ago");
        assert_eq!(at(1, 29), Some(1), "29 seconds ahead");
        assert_eq!(at(0, 29), None);
        assert_eq!(at(60, 0), None);
    }

    #[test]
    fn other_spellings_of_a_code_are_wrong() {
        for code in [
            "",
            "28708",
            "2870820",
            " 287082",
            "287 082",
            "+87082",
            "２８７０８２",
        ] {
            assert_eq!(step_of(&rfc(), code, 59, 29), None, "{code}");
        }
    }

    #[test]
    fn a_leeway_is_cut_to_what_works() {
        for (text, seconds) in [
            (None, 29),
            (Some("5"), 5),
            (Some("30"), 29),
            (Some("-1"), 0),
            (Some("x"), 29),
        ] {
            assert_eq!(leeway(text), seconds, "{text:?}");
        }
    }

    #[test]
    fn a_new_secret_has_magentos_form() {
        let secret = new_secret(&mut |bytes| bytes.fill(7));
        let secret = secret.expose_secret();
        assert_eq!(secret.len(), 212);
        assert!(secret.starts_with("MFRGGZ"), "abcd");
        assert!(is_secret(secret) && is_secret(&secret.to_lowercase()));
        assert!(!is_secret("0189") && !is_secret(""));
    }

    #[test]
    fn the_picture_is_a_png() {
        let url = provisioning_url(
            &new_secret(&mut |bytes| bytes.fill(7)),
            "shop.test",
            "a+b@shop.test",
        );
        assert!(
            url.starts_with("otpauth://totp/shop.test%3Aa%2Bb%40shop.test?issuer=shop.test&secret=MFRGGZ"),
            "{url}"
        );
        assert!(picture(&url).unwrap().starts_with(b"\x89PNG"));
        assert!(picture(&"x".repeat(5000)).is_none());
    }
}
