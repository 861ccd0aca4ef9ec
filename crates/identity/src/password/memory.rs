//! The working memory of Argon2.

use argon2::Block;

use super::HashError;

/// Reusable working memory: with fresh memory, which the system hands out page by page, a hash takes 110 ms
/// instead of 77.
///
/// It holds what the last password left in it; it is not text, and no password can be read from it without
/// the work of guessing.
#[derive(Default)]
pub struct Memory(Vec<Block>);

impl Memory {
    /// Empty memory; it grows at first use and is freed on drop.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// At least `count` KiB of it, as exactly that many blocks.
    pub(super) fn blocks(&mut self, count: usize) -> Result<&mut [Block], HashError> {
        if self.0.len() < count {
            let more = count - self.0.len();
            self.0
                .try_reserve_exact(more)
                .map_err(|_| HashError::OutOfMemory)?;
            self.0.resize(count, Block::new());
        }
        Ok(&mut self.0[..count])
    }

    /// Its size in KiB.
    pub(super) fn size(&self) -> usize {
        self.0.len()
    }
}
