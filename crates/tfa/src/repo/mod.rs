//! The SQL of this crate.

pub(crate) mod user_config;
