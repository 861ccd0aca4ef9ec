//! The SQL of the customer tables.

pub(crate) mod account;
pub(crate) mod address;
pub(crate) mod attribute;
pub(crate) mod customer;
pub(crate) mod grid;
pub(crate) mod group;
pub(crate) mod install;
pub(crate) mod reset_request;
pub(crate) mod search;
pub(crate) mod subscriber;

/// A text as a column of `length` characters keeps it: Magento lets MySQL cut off the rest.
pub(crate) fn shortened(text: &str, length: usize) -> &str {
    match text.char_indices().nth(length) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}
