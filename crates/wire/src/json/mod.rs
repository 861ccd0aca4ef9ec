//! JSON as PHP 8 reads and writes it.

mod read;
mod write;

pub use read::parse;
pub use write::JsonSink;
