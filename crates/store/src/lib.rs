//! Websites, store groups, store views and scoped configuration.
//!
//! [`Scopes`] keeps the store structure and `core_config_data` in memory; it implements the contract's
//! [`Stores`](contract::port::Stores), from which every other crate takes store views and configuration.

pub mod config_defaults;
mod configuration;
mod data;
pub mod modules;
mod names;
mod repo;
pub mod schema;
mod scopes;
mod service;
mod structure;

#[cfg(test)]
mod fixtures;

use std::sync::Arc;

use contract::Operation;

pub use configuration::{ConfigScope, Configuration};
pub use repo::install::{install, is_installed};
pub use scopes::{Scopes, set_configuration};
pub use service::url::{BaseUrls, base_urls};

/// The operations of this crate.
pub static OPERATIONS: &[&Operation] = &[
    &service::store_view::GET_LIST,
    &service::group::GET_LIST,
    &service::website::GET_LIST,
    &service::store_config::GET_STORE_CONFIGS,
    &service::module::GET_MODULES,
];

/// The enabled modules in load order: those of `app/etc/config.php` when it can be read, else the stock ones.
pub struct ModuleList(pub Arc<Vec<String>>);

/// How static files are addressed. Magento keeps the version in `pub/static/deployed_version.txt`; its web
/// server configuration accepts any.
pub struct StaticFiles {
    /// The deployed version; without one URLs have no version in them.
    pub version: Option<String>,
}
