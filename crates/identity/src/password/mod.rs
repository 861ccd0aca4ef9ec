//! Password hashes in all of Magento's formats (`spec/auth.md` §6.3).
//!
//! A hash is `hash:salt:version`, or `hash:salt:version:version…` when an old hash was hashed again without
//! knowing the password. Anything that is not three parts is an HMAC with the encryption key.

mod hasher;
mod memory;
pub mod rules;
mod steps;
#[cfg(test)]
mod tests;

pub use hasher::{Hasher, HasherError};
pub use memory::Memory;
pub use steps::HashError;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::crypt::CryptKeys;
use crate::crypt::alphabet::{MIXED, random_text};
use steps::{Argon, Step, hex};

/// Length of a salt in characters.
const SALT_LENGTH: usize = 32;

/// Most steps in a chain: one for each version that ever existed, and one to spare.
const MAX_STEPS: usize = 5;

/// A salt of 32 letters and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salt(String);

impl Salt {
    /// A new random salt.
    #[must_use]
    pub fn generate(random: &mut dyn FnMut(&mut [u8])) -> Self {
        Self(random_text(MIXED, SALT_LENGTH, random))
    }

    /// A known salt, if it has the right form.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let fits = text.len() == SALT_LENGTH && text.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| Self(text.to_owned()))
    }
}

/// A stored password hash.
#[derive(Clone)]
pub struct PasswordHash {
    expected: String,
    form: Form,
}

#[derive(Clone)]
enum Form {
    /// The steps from the password to the expected hash; never empty.
    Steps { salt: String, steps: Vec<Step> },
    /// HMAC of the password with the encryption key.
    Keyed,
    /// An unknown version, or parameters beyond all bounds: no password fits.
    Unusable,
}

impl PasswordHash {
    /// Reads a stored hash. One that cannot be used is kept too: no password fits it.
    #[must_use]
    pub fn parse(stored: &str) -> Self {
        let mut parts = stored.splitn(3, ':');
        let (Some(hash), Some(salt), Some(versions)) = (parts.next(), parts.next(), parts.next()) else {
            return Self {
                expected: stored.to_owned(),
                form: Form::Keyed,
            };
        };
        let steps: Option<Vec<Step>> = versions.split(':').take(MAX_STEPS + 1).map(Step::parse).collect();
        let form = match steps {
            Some(steps) if steps::bounded(&steps, MAX_STEPS) && steps::salt_fits(&steps, salt) => {
                Form::Steps {
                    salt: salt.to_owned(),
                    steps,
                }
            }
            _ => Form::Unusable,
        };
        Self {
            expected: hash.to_owned(),
            form,
        }
    }

    /// Whether `password` fits. Takes as long as the hash's own parameters say; the comparison takes the
    /// same time wherever the difference is.
    ///
    /// # Errors
    /// [`HashError`] when the memory for it cannot be had: this says nothing about the password.
    pub fn verify(&self, password: &str, keys: &CryptKeys, memory: &mut Memory) -> Result<bool, HashError> {
        let computed = match &self.form {
            Form::Unusable => return Ok(false),
            Form::Keyed => keyed(password, keys)?,
            Form::Steps { salt, steps } => steps::run(steps, password, salt, memory)?,
        };
        Ok(computed.as_bytes().ct_eq(self.expected.as_bytes()).into())
    }

    /// Whether a log-in should replace it: anything but a single step of the current version
    /// (`spec/auth.md` §6.3).
    #[must_use]
    pub fn needs_rehash(&self) -> bool {
        !matches!(&self.form, Form::Steps { steps, .. } if matches!(steps.as_slice(), [Step::Argon(argon)] if argon.current))
    }

    /// Whether verifying costs as much as it does for a new hash, or more.
    fn is_slow(&self) -> bool {
        matches!(&self.form, Form::Steps { steps, .. }
            if steps.iter().any(|step| matches!(step, Step::Argon(argon) if argon.cost() >= Argon::CURRENT.cost())))
    }
}

/// Hashes a new password as `…:…:3_32_2_67108864`.
///
/// # Errors
/// [`HashError`] when the memory for it cannot be had.
pub fn hash(password: &str, salt: &Salt, memory: &mut Memory) -> Result<String, HashError> {
    let hash = steps::run(&[Step::Argon(Argon::CURRENT)], password, &salt.0, memory)?;
    let Argon {
        length,
        passes,
        bytes,
        ..
    } = Argon::CURRENT;
    Ok(format!("{hash}:{}:3_{length}_{passes}_{bytes}", salt.0))
}

fn keyed(password: &str, keys: &CryptKeys) -> Result<String, HashError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(keys.current_bytes()).map_err(|_| HashError::Parameters)?;
    mac.update(password.as_bytes());
    Ok(hex(&mac.finalize().into_bytes()))
}
