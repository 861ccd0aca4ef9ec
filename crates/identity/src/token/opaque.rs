//! Opaque tokens: 32 digits and lower-case letters (`spec/auth.md` §2.7).

use crate::crypt::alphabet::{LOWER, random_text};

/// Length of a token, its secret, a verifier, a consumer key and a consumer secret, in characters.
pub const LENGTH: usize = 32;

/// Whether `token` can be an opaque token, so that other bearers need no look-up in the database.
///
/// Upper case passes as well, because the column's collation ignores it.
#[must_use]
pub fn is_opaque(token: &str) -> bool {
    token.len() == LENGTH && token.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// A new token, secret, verifier or key.
#[must_use]
pub fn generate(random: &mut dyn FnMut(&mut [u8])) -> String {
    random_text(LOWER, LENGTH, random)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_32_letters_and_digits_can_be_opaque() {
        assert!(is_opaque("d71nbczx9ii1qp1o5zeekuqd6t5j1xwu"));
        assert!(is_opaque("D71NBCZX9II1QP1O5ZEEKUQD6T5J1XWU"));
        assert!(!is_opaque("d71nbczx9ii1qp1o5zeekuqd6t5j1xw"));
        assert!(!is_opaque("d71nbczx9ii1qp1o5zeekuqd6t5j1xw."));
        assert!(!is_opaque("d71nbczx9ii1qp1o5zeekuqd6t5j1xwé"));
    }

    #[test]
    fn a_generated_token_has_the_format() {
        let token = generate(&mut |bytes| bytes.iter_mut().enumerate().for_each(|(i, b)| *b = i as u8));
        assert!(is_opaque(&token));
        assert_eq!(token, "0123456789abcdefghijklmnopqrstuv");
    }
}
