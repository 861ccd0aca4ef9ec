//! Reading and making encryption keys.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

/// Marks a key whose text is base64 of its 32 bytes.
const PREFIX: &str = "base64";

/// Length of a key in bytes.
const KEY_BYTES: usize = 32;

/// The text of `crypt/key` cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The current key is absent or has neither of the two forms.
    #[error("Encryption key must be 32 character string without any white space.")]
    Invalid,
}

/// All encryption keys of an installation, oldest first; the last one is current.
///
/// Keys are wiped from memory on drop and never shown by `Debug`.
pub struct CryptKeys {
    older: Vec<Key>,
    current: Key,
    current_bytes: Zeroizing<[u8; KEY_BYTES]>,
}

/// One key as written and, where it has a usable form, as bytes.
struct Key {
    text: SecretString,
    bytes: Option<Zeroizing<[u8; KEY_BYTES]>>,
}

impl Key {
    fn new(text: &str) -> Self {
        Self {
            text: SecretString::from(text.to_owned()),
            bytes: decode(text),
        }
    }
}

impl CryptKeys {
    /// Reads the value of `crypt/key`: keys separated by white space (`spec/auth.md` §6.4).
    ///
    /// Only the current key has to be well formed. An older one in another form keeps its number, since
    /// ciphertexts name keys by position, but decrypts nothing.
    ///
    /// # Errors
    /// [`KeyError::Invalid`] when there is no key or the last one has neither form.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut older: Vec<Key> = text.split_ascii_whitespace().map(Key::new).collect();
        let current = older.pop().ok_or(KeyError::Invalid)?;
        let current_bytes = current.bytes.clone().ok_or(KeyError::Invalid)?;
        Ok(Self {
            older,
            current,
            current_bytes,
        })
    }

    /// The current key as written, which is what tokens are signed with (`spec/auth.md` §2.3).
    #[must_use]
    pub fn current_text(&self) -> &str {
        self.current.text.expose_secret()
    }

    /// The current key decoded, for encryption and for HMAC.
    pub(crate) fn current_bytes(&self) -> &[u8; KEY_BYTES] {
        &self.current_bytes
    }

    /// The position of the current key, written in front of ciphertexts.
    pub(crate) fn current_index(&self) -> usize {
        self.older.len()
    }

    /// The decoded key at `index`, if there is one and it has a usable form.
    pub(crate) fn bytes_at(&self, index: usize) -> Option<&[u8; KEY_BYTES]> {
        if index == self.older.len() {
            return Some(&self.current_bytes);
        }
        self.older.get(index)?.bytes.as_deref()
    }
}

impl fmt::Debug for CryptKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CryptKeys")
            .field("count", &(self.older.len() + 1))
            .finish_non_exhaustive()
    }
}

/// The 32 bytes that `text` stands for.
fn decode(text: &str) -> Option<Zeroizing<[u8; KEY_BYTES]>> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    let decoded = text
        .strip_prefix(PREFIX)
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .map(Zeroizing::new);
    match decoded {
        Some(bytes) if bytes.len() == KEY_BYTES => key.copy_from_slice(&bytes),
        _ if text.len() == KEY_BYTES => key.copy_from_slice(text.as_bytes()),
        _ => return None,
    }
    Some(key)
}

/// A new key from 32 random bytes, in the `base64…` form that a new installation gets.
#[must_use]
pub fn generate(random: &mut dyn FnMut(&mut [u8])) -> String {
    let mut bytes = Zeroizing::new([0; KEY_BYTES]);
    random(bytes.as_mut_slice());
    format!("{PREFIX}{}", STANDARD.encode(bytes.as_slice()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: &str = "0123456789abcdef0123456789abcdef";
    const ENCODED: &str = "base64MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    #[test]
    fn both_forms_stand_for_the_same_bytes() {
        let plain = CryptKeys::parse(PLAIN).unwrap();
        let encoded = CryptKeys::parse(ENCODED).unwrap();
        assert_eq!(plain.current_bytes(), encoded.current_bytes());
        assert_eq!(encoded.current_text(), ENCODED);
    }

    #[test]
    fn the_last_key_is_current_and_older_ones_keep_their_position() {
        let keys = CryptKeys::parse(&format!("  {PLAIN}\n\tshort \r\n{ENCODED}\n")).unwrap();
        assert_eq!(keys.current_text(), ENCODED);
        assert_eq!(keys.current_index(), 2);
        assert!(keys.bytes_at(0).is_some());
        assert!(keys.bytes_at(1).is_none());
        assert!(keys.bytes_at(3).is_none());
    }

    #[test]
    fn a_bad_current_key_is_refused_with_the_known_text() {
        for text in [
            "",
            "  \n",
            "short",
            &PLAIN[1..],
            "base64AAAA",
            &format!("{PLAIN} x"),
        ] {
            let error = CryptKeys::parse(text).unwrap_err();
            assert_eq!(
                error.to_string(),
                "Encryption key must be 32 character string without any white space."
            );
        }
    }

    #[test]
    fn debug_output_does_not_show_the_key() {
        let shown = format!("{:?}", CryptKeys::parse(PLAIN).unwrap());
        assert_eq!(shown, "CryptKeys { count: 1, .. }");
    }

    #[test]
    fn a_generated_key_can_be_read() {
        let text = generate(&mut |bytes| bytes.fill(7));
        assert!(text.starts_with("base64"));
        assert_eq!(CryptKeys::parse(&text).unwrap().current_bytes(), &[7; 32]);
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in ".*") {
            let _ = CryptKeys::parse(&text);
        }
    }
}
