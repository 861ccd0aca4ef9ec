//! Keyed hashes of texts that are given out and come back (`spec/auth.md §4.3`).

use hmac::digest::InvalidLength;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use super::CryptKeys;

impl CryptKeys {
    /// HMAC-SHA256 of a text with the current key, in lower-case hexadecimal.
    ///
    /// # Errors
    /// The library refuses the key, which has 32 bytes: never.
    pub fn mac(&self, text: &str) -> Result<String, InvalidLength> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.current_bytes())?;
        mac.update(text.as_bytes());
        let bytes = mac.finalize().into_bytes();
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Whether `given` is the text's [`Self::mac`], compared in constant time.
    pub fn has_mac(&self, text: &str, given: &[u8]) -> bool {
        self.mac(text).is_ok_and(|mac| mac.as_bytes().ct_eq(given).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_mac() {
        let keys = CryptKeys::parse("0123456789abcdef0123456789abcdef").unwrap();
        // The vector of `spec/auth.md §4.3`.
        let text = r#"{"user_id":1,"tfa_configuration":true,"iss":1700000000}"#;
        let mac = keys.mac(text).unwrap();
        assert_eq!(
            mac,
            "5e7fed9c10c26ee6ae9f1193a5ac63656e052ba68d8927fddd8af128bc7c8ba9"
        );
        assert!(keys.has_mac(text, mac.as_bytes()));
        assert!(!keys.has_mac(text, &mac.as_bytes()[1..]));
        assert!(!keys.has_mac("other", mac.as_bytes()));
    }
}
