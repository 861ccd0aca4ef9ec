//! The single steps from a password to its hash.

use std::fmt::Write as _;

use argon2::{Algorithm, Argon2, Params, Version};
use md5::{Digest, Md5};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Memory;

/// Argon2 takes this many bytes of the salt; a shorter one is repeated.
const ARGON_SALT: usize = 16;

/// A hash could not be computed, for reasons that have nothing to do with the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// The working memory could not be allocated.
    #[error("no memory left to hash a password")]
    OutOfMemory,
    /// The library refused the parameters.
    #[error("the parameters of a password hash are not usable")]
    Parameters,
}

/// One version of the hash format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// Version 0: MD5 of salt and password.
    Md5,
    /// Version 1: SHA-256 of salt and password.
    Sha256,
    /// Versions 2 and 3: Argon2id.
    Argon(Argon),
}

/// The parameters of Argon2id 1.3 with one lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Argon {
    /// Output length in bytes.
    pub(super) length: usize,
    /// Passes over the memory.
    pub(super) passes: u32,
    /// Memory in bytes.
    pub(super) bytes: u32,
    /// Written with the parameters, as new hashes are.
    pub(super) current: bool,
}

impl Argon {
    /// What new hashes use.
    pub(super) const CURRENT: Self = Self {
        length: 32,
        passes: 2,
        bytes: 64 << 20,
        current: true,
    };

    /// Memory to work through, in bytes.
    pub(super) fn cost(self) -> u64 {
        u64::from(self.passes) * u64::from(self.bytes)
    }

    /// Bounds on stored parameters: whoever can write a hash must not be able to take the server's memory or
    /// time. The upper ones allow libsodium's "moderate" setting; real hashes use 64 MiB and 2 passes.
    fn is_bounded(self) -> bool {
        (16..=128).contains(&self.length)
            && (1..=8).contains(&self.passes)
            && (8 << 10..=256 << 20).contains(&self.bytes)
    }

    fn params(self) -> Result<Params, HashError> {
        Params::new(self.bytes / 1024, self.passes, 1, Some(self.length)).map_err(|_| HashError::Parameters)
    }
}

impl Step {
    /// Reads a version: `0`, `1`, `2` or `3_<length>_<passes>_<bytes>`.
    pub(super) fn parse(version: &str) -> Option<Self> {
        match version {
            "0" => return Some(Self::Md5),
            "1" => return Some(Self::Sha256),
            "2" => {
                return Some(Self::Argon(Argon {
                    current: false,
                    ..Argon::CURRENT
                }));
            }
            _ => {}
        }
        let mut numbers = version.strip_prefix("3_")?.split('_');
        let argon = Argon {
            length: numbers.next()?.parse().ok()?,
            passes: numbers.next()?.parse().ok()?,
            bytes: numbers.next()?.parse().ok()?,
            current: true,
        };
        (numbers.next().is_none() && argon.is_bounded()).then_some(Self::Argon(argon))
    }

    fn run(self, input: &[u8], salt: &str, memory: &mut Memory) -> Result<String, HashError> {
        match self {
            Self::Md5 => Ok(hex(&Md5::new().chain_update(salt).chain_update(input).finalize())),
            Self::Sha256 => Ok(hex(&Sha256::new()
                .chain_update(salt)
                .chain_update(input)
                .finalize())),
            Self::Argon(argon) => {
                let params = argon.params()?;
                let blocks = memory.blocks(params.block_count())?;
                let mut out = vec![0; argon.length];
                Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                    .hash_password_into_with_memory(input, &argon_salt(salt), &mut out, blocks)
                    .map_err(|_| HashError::Parameters)?;
                Ok(hex(&out))
            }
        }
    }
}

/// Whether a chain has at least one step, not too many, and bounded work over all of them.
pub(super) fn bounded(steps: &[Step], most: usize) -> bool {
    const MOST_WORK: u64 = 1 << 30;
    let work: u64 = steps
        .iter()
        .map(|step| {
            if let Step::Argon(argon) = step {
                argon.cost()
            } else {
                0
            }
        })
        .sum();
    (1..=most).contains(&steps.len()) && work <= MOST_WORK
}

/// Whether `salt` can be used: Argon2 needs some.
pub(super) fn salt_fits(steps: &[Step], salt: &str) -> bool {
    !salt.is_empty() || !steps.iter().any(|step| matches!(step, Step::Argon(_)))
}

/// Runs all steps: each hashes the hex text of the one before, with the same salt.
pub(super) fn run(
    steps: &[Step],
    password: &str,
    salt: &str,
    memory: &mut Memory,
) -> Result<String, HashError> {
    let mut text = Zeroizing::new(password.to_owned());
    for step in steps {
        text = Zeroizing::new(step.run(text.as_bytes(), salt, memory)?);
    }
    Ok(std::mem::take(&mut *text))
}

fn argon_salt(salt: &str) -> Vec<u8> {
    salt.bytes().cycle().take(ARGON_SALT).collect()
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
