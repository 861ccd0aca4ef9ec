//! What sources hold of products.

mod get_list;

use contract::Operation;

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[&get_list::GET_LIST];
