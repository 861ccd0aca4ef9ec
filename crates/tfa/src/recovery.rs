//! Recovery codes: each signs a user in once, in place of a provider that is lost. Magento has none
//! (`spec/auth.md §8`, row 16).

use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};
use totp_rs::Secret;

use crate::guard::Guard;

/// Codes of a set.
pub(crate) const COUNT: usize = 10;

/// Random bytes of a code: enough that a plain hash protects it.
const BYTES: usize = 10;

/// Characters of a code without hyphens.
const LENGTH: usize = BYTES * 8 / 5;

/// Replaces the codes of a user by new ones, which are told here and never again.
pub(crate) fn renew(guard: &mut Guard, random: &mut dyn FnMut(&mut [u8])) -> Vec<String> {
    let plain: Vec<String> = (0..COUNT)
        .map(|_| {
            let mut bytes = [0; BYTES];
            random(&mut bytes);
            Secret::from(bytes.to_vec()).to_base32()
        })
        .collect();
    guard.recovery = plain.iter().map(|code| hash(code)).collect();
    plain.iter().map(|code| grouped(code)).collect()
}

/// Four characters at a time.
fn grouped(code: &str) -> String {
    let groups = code.as_bytes().chunks(4).map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join("-")
}

/// The characters of a recovery code, however it is spelled; `None` when the text has not the form of one.
pub(crate) fn normal(text: &str) -> Option<String> {
    if text.len() > 4 * LENGTH {
        return None;
    }
    let code: String = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let base32 = |byte: u8| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte);
    (code.len() == LENGTH && code.bytes().all(base32)).then_some(code)
}

/// Takes a code out of the set; false when it is not in it.
pub(crate) fn take(guard: &mut Guard, code: &str) -> bool {
    let hash = hash(code);
    let before = guard.recovery.len();
    guard.recovery.retain(|known| {
        let same: Choice = known.as_bytes().ct_eq(hash.as_bytes());
        !bool::from(same)
    });
    guard.recovery.len() < before
}

fn hash(code: &str) -> String {
    let digest = Sha256::digest(code.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> (Guard, Vec<String>) {
        let mut guard = Guard::default();
        let mut next = 0_u8;
        let codes = renew(&mut guard, &mut |bytes| {
            next += 1;
            bytes.fill(next);
        });
        (guard, codes)
    }

    #[test]
    fn a_code_works_once_in_any_spelling() {
        let (mut guard, codes) = guard();
        assert_eq!(codes.len(), COUNT);
        let spelled = codes[3].to_lowercase().replace('-', " ");
        let code = normal(&spelled).unwrap();
        assert!(take(&mut guard, &code));
        assert!(!take(&mut guard, &code));
        assert_eq!(guard.recovery.len(), COUNT - 1);
    }

    #[test]
    fn codes_are_stored_hashed_and_replaced_together() {
        let (mut guard, codes) = guard();
        let stored = serde_json::to_string(&guard).unwrap();
        assert!(codes.iter().all(|code| !stored.contains(&code.replace('-', ""))));
        renew(&mut guard, &mut |bytes| bytes.fill(99));
        assert!(!take(&mut guard, &normal(&codes[0]).unwrap()));
    }

    #[test]
    fn one_time_codes_are_no_recovery_codes() {
        for text in [
            "123456",
            "",
            "ABCD-EFGH-IJKL-MNO",
            "ABCD-EFGH-IJKL-MNO1",
            &"A".repeat(1000),
        ] {
            assert_eq!(normal(text), None, "{text}");
        }
    }
}
