//! The installation's encryption keys and what is encrypted with them (`spec/auth.md` §6.4).

pub(crate) mod alphabet;
mod ciphertext;
mod keys;
mod mac;

pub use ciphertext::CipherError;
pub use keys::{CryptKeys, KeyError, generate};
