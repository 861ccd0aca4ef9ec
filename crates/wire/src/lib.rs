//! Magento's wire formats, free of any HTTP server and of any other crate of this workspace.
//!
//! Reading: PHP query strings ([`query`]), JSON and XML bodies ([`json`], [`xml`]) into one input tree,
//! [`Value`]. Writing: a [`Sink`] that JSON ([`json::JsonSink`]) and an output tree ([`tree::TreeSink`], for XML
//! and for `fields=`) implement. Beside them: PHP's numbers and casts ([`php`]), content negotiation
//! ([`accept`], [`content_type`]), partial responses ([`fields`]) and name conversions ([`naming`]).

pub mod accept;
pub mod content_type;
pub mod fields;
pub mod json;
pub mod naming;
pub mod php;
pub mod query;
pub mod tree;
pub mod xml;

mod format;
#[cfg(test)]
mod goldens;
mod sink;

pub use format::{DecodingError, Format};
pub use serde_json::{Map, Number, Value};
pub use sink::Sink;
