//! What sources hold of products.

mod delete;
mod get_list;
mod legacy;
mod save;
mod validate;
pub(crate) mod write;

use contract::Operation;

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[&get_list::GET_LIST, &save::EXECUTE, &delete::EXECUTE];

#[cfg(test)]
mod tests;
