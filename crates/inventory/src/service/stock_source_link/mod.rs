//! Which sources a stock consists of.

mod get_list;

use contract::Operation;

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[&get_list::EXECUTE];
