//! XML as Magento's REST API reads and writes it.

mod read;
mod write;

pub use read::read;
pub use write::write;
