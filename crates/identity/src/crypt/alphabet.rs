//! Random text over a small alphabet: opaque tokens, secrets and password salts.

/// Digits and lower-case letters.
pub(crate) const LOWER: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Digits and letters of both cases.
pub(crate) const MIXED: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// `length` characters of `alphabet`, each equally likely.
///
/// Bytes above the largest multiple of the alphabet's size are thrown away: a plain remainder would make
/// the first characters more likely than the others.
pub(crate) fn random_text(alphabet: &[u8], length: usize, random: &mut dyn FnMut(&mut [u8])) -> String {
    let fair = 256 - 256 % alphabet.len();
    let mut text = String::with_capacity(length);
    let mut bytes = [0_u8; 64];
    while text.len() < length {
        random(&mut bytes);
        for byte in bytes.iter().map(|&b| usize::from(b)).filter(|&b| b < fair) {
            if text.len() < length {
                text.push(char::from(alphabet[byte % alphabet.len()]));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfair_bytes_are_skipped() {
        let mut next = 0_u8;
        let mut count = |bytes: &mut [u8]| {
            for byte in bytes {
                *byte = next;
                next = next.wrapping_add(1);
            }
        };
        let text = random_text(LOWER, 256, &mut count);
        assert_eq!(text.len(), 256);
        assert_eq!(&text[..38], "0123456789abcdefghijklmnopqrstuvwxyz01");
        // 252 is the last multiple of 36: bytes 252..=255 give nothing, byte 0 follows.
        assert_eq!(&text[250..], "yz0123");
    }
}
