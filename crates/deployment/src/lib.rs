//! Reads the two files that configure a Magento installation: `app/etc/env.php` and `app/etc/config.php`.
//!
//! Both are PHP programs that return one array of literals. They are read, never run: a file that calls a
//! function, reads a variable or joins strings is refused with the line where it does so.

pub mod config_php;
pub mod env_php;
mod php;

pub use php::{ParseError, Value};
