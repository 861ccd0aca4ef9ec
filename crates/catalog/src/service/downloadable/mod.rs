//! Downloadable products: links, samples, and what the save of a product does to them.

mod content;
mod domains;
pub(crate) mod links;
mod parts;
pub(crate) mod samples;

#[cfg(test)]
mod tests;

use contract::Operation;

pub use domains::DownloadableDomains;
pub(crate) use parts::{load_links, load_samples, replace_links, replace_samples};

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &links::GET_LIST,
    &links::SAVE,
    &links::DELETE,
    &samples::GET_LIST,
    &samples::SAVE,
    &samples::DELETE,
];

/// The type of downloadable products.
const TYPE: &str = "downloadable";
