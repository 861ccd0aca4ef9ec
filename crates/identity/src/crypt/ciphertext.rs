//! Encrypted column values: `<key position>:3:<base64 of nonce and ciphertext>`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use secrecy::SecretString;

use super::CryptKeys;

/// The number of ChaCha20-Poly1305 (IETF) among the ciphers.
const CIPHER: &str = "3";

/// Length of its nonce in bytes.
const NONCE_BYTES: usize = 12;

/// A value that cannot be decrypted, or encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CipherError {
    /// Not of the form `<number>:<number>:<base64>`.
    #[error("the value is not a ciphertext")]
    Malformed,
    /// The key at this position is not known or not usable.
    #[error("there is no encryption key number {0}")]
    UnknownKey(usize),
    /// One of the mcrypt ciphers of old releases.
    #[error("the cipher of this value is no longer supported")]
    UnsupportedCipher,
    /// The authentication tag does not fit: another key, or a damaged value.
    #[error("the value cannot be decrypted with this key")]
    Rejected,
    /// The decrypted bytes are not UTF-8.
    #[error("the decrypted value is not text")]
    NotText,
}

impl CryptKeys {
    /// Decrypts a column value (`spec/auth.md` §6.4).
    ///
    /// # Errors
    /// See [`CipherError`]; values of the old mcrypt ciphers are not read.
    pub fn decrypt(&self, value: &str) -> Result<SecretString, CipherError> {
        let mut parts = value.splitn(3, ':');
        let (Some(key), Some(cipher), Some(data)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(CipherError::Malformed);
        };
        let index: usize = key.parse().map_err(|_| CipherError::Malformed)?;
        if cipher != CIPHER {
            return Err(CipherError::UnsupportedCipher);
        }
        let data = STANDARD.decode(data).map_err(|_| CipherError::Malformed)?;
        let (nonce, message) = data
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(CipherError::Malformed)?;
        let key = self.bytes_at(index).ok_or(CipherError::UnknownKey(index))?;
        let plain = ChaCha20Poly1305::new(&(*key).into())
            .decrypt(
                &Nonce::from(*nonce),
                Payload {
                    msg: message,
                    aad: nonce,
                },
            )
            .map_err(|_| CipherError::Rejected)?;
        String::from_utf8(plain)
            .map(SecretString::from)
            .map_err(|_| CipherError::NotText)
    }

    /// Encrypts with the current key. A nonce of 12 random bytes must never be used twice; it also serves as
    /// the associated data.
    ///
    /// # Errors
    /// [`CipherError::Rejected`] for a text beyond the cipher's limit of 256 GiB.
    pub fn encrypt(&self, text: &str, nonce: [u8; NONCE_BYTES]) -> Result<String, CipherError> {
        let message = ChaCha20Poly1305::new(&(*self.current_bytes()).into())
            .encrypt(
                &Nonce::from(nonce),
                Payload {
                    msg: text.as_bytes(),
                    aad: &nonce,
                },
            )
            .map_err(|_| CipherError::Rejected)?;
        let data = STANDARD.encode([nonce.as_slice(), &message].concat());
        Ok(format!("{}:{CIPHER}:{data}", self.current_index()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    use super::*;

    const VECTOR: &str = "0:3:AAECAwQFBgcICQoLi1o3SgI3w4nxFzJGMdY4dYOdGocFqg==";

    fn keys() -> CryptKeys {
        CryptKeys::parse("0123456789abcdef0123456789abcdef").unwrap()
    }

    #[test]
    fn the_vector_is_reproduced_in_both_directions() {
        let nonce = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        assert_eq!(keys().encrypt("secret", nonce).unwrap(), VECTOR);
        assert_eq!(keys().decrypt(VECTOR).unwrap().expose_secret(), "secret");
    }

    #[test]
    fn an_old_value_is_read_after_a_key_change_and_new_ones_name_the_new_key() {
        let keys =
            CryptKeys::parse("0123456789abcdef0123456789abcdef fedcba9876543210fedcba9876543210").unwrap();
        assert_eq!(keys.decrypt(VECTOR).unwrap().expose_secret(), "secret");
        let sealed = keys.encrypt("other", [9; 12]).unwrap();
        assert!(sealed.starts_with("1:3:"));
        assert_eq!(keys.decrypt(&sealed).unwrap().expose_secret(), "other");
    }

    #[test]
    fn a_value_of_a_real_installation_is_read() {
        let keys = CryptKeys::parse("base64xqnKSOwmX+Ar9PsK5ekWPB0nheBTNIBB3bkQhvwCXuk=").unwrap();
        let secret = keys
            .decrypt("0:3:4el0D/KEYUkCmU9cj9FOnhB3gSCNNv92G/aaZilA8B+LRxHKrP83dEsLQX1esUTpTlab6JCH+goAZZqC")
            .unwrap();
        assert_eq!(secret.expose_secret().len(), 32);
    }

    #[test]
    fn each_kind_of_bad_value_has_its_own_error() {
        let cases = [
            ("plain", CipherError::Malformed),
            ("x:3:AAAA", CipherError::Malformed),
            ("0:3:AAAA", CipherError::Malformed),
            ("0:3:***", CipherError::Malformed),
            ("0:2:iv:AAAA", CipherError::UnsupportedCipher),
            (&VECTOR.replacen('0', "7", 1), CipherError::UnknownKey(7)),
            (&VECTOR.replace("AAEC", "AAED"), CipherError::Rejected),
        ];
        for (value, error) in cases {
            assert_eq!(keys().decrypt(value).unwrap_err(), error, "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in ".*", nonce: [u8; 12]) {
            let sealed = keys().encrypt(&text, nonce).unwrap();
            let opened = keys().decrypt(&sealed).unwrap();
            prop_assert_eq!(opened.expose_secret(), text.as_str());
        }

        #[test]
        fn decrypting_never_panics(value in "([0-9]{0,3}:[0-4]:)?.*") {
            let _ = keys().decrypt(&value);
        }
    }
}
