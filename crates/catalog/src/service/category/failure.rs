//! How a write to a category can fail.

use contract::Error;

/// A rule says no, or anything else.
#[derive(Debug)]
pub(super) enum Failure {
    /// The text tells why; Magento wraps it into a general one.
    Refused(String),
    /// Answered as it is.
    Other(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl Failure {
    /// The answer of a save (golden `category.create-dup-urlkey`).
    pub(super) fn of_save(self) -> Error {
        match self {
            Self::Refused(text) => Error::invalid("Could not save category: %1").with_next(text),
            Self::Other(error) => error,
        }
    }

    /// The answer of a move, which does not tell why.
    pub(super) fn of_move(self) -> Error {
        match self {
            Self::Refused(_) => Error::invalid("Could not move category"),
            Self::Other(error) => error,
        }
    }
}

/// What a write gives.
pub(super) type Outcome<T> = Result<T, Failure>;
