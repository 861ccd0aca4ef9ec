//! Configurable products: options, variations, and what the save of a product does to them.

pub(crate) mod children;
pub(crate) mod options;
mod parts;
mod rules;
pub(crate) mod variation;

#[cfg(test)]
mod tests;

use contract::Operation;

pub(crate) use parts::{load_links, load_options, replace_links, replace_options};

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &options::GET,
    &options::GET_LIST,
    &options::SAVE,
    &options::DELETE_BY_ID,
    &children::GET_CHILDREN,
    &children::ADD_CHILD,
    &children::REMOVE_CHILD,
    &variation::GENERATE_VARIATION,
];

/// The type of configurable products.
const TYPE: &str = "configurable";
