//! What the dispatcher needs from domains, as traits that they implement.

use std::sync::Arc;

use crate::cx::{Caller, StoreScope};
use crate::error::Result;
use crate::operation::BoxFuture;

/// The head of a request: what a credential may cover beside itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Head<'a> {
    /// The verb.
    pub method: &'a str,
    /// Whether the client's connection is encrypted.
    pub encrypted: bool,
    /// Host and port as the client names them.
    pub host: &'a str,
    /// Path and query as they were sent.
    pub target: &'a str,
    /// The `Authorization` header.
    pub authorization: Option<&'a str>,
}

/// Tells who calls and what they may (implemented by `identity`).
pub trait Access: Send + Sync {
    /// The caller that an `Authorization` header names, from memory alone; `None` when the database has to be
    /// asked by [`Access::look_up`]. `now` is in seconds since 1970.
    fn identify(&self, authorization: Option<&str>, now: i64) -> Option<Caller>;

    /// The caller of a credential that memory does not know.
    ///
    /// A bad bearer is a guest; only OAuth 1.0a fails with an error of its own (`spec/auth.md §5.2`).
    fn look_up<'a>(
        &'a self,
        head: &'a Head<'a>,
        now: i64,
        scope: &'a StoreScope,
        session: &'a mut db::Session,
    ) -> BoxFuture<'a, Result<Caller>>;

    /// Whether the caller may use the ACL resource.
    fn allows(&self, caller: Caller, resource: &str) -> bool;
}

/// Knows store views and configuration (implemented by `store`).
pub trait Stores: Send + Sync {
    /// The view with this code, inactive ones included; `all` is the admin store, `admin` is no code
    /// (`spec/webapi.md §1.3`).
    fn by_code(&self, code: &str) -> Option<StoreScope>;

    /// The view that a `store` cookie names, if it is active.
    fn by_cookie(&self, code: &str) -> Option<StoreScope>;

    /// The default view of the default website.
    fn default_scope(&self) -> StoreScope;

    /// A configuration value: store view, else website, else default scope, else Magento's own default.
    fn config(&self, path: &str, scope: &StoreScope) -> Option<Arc<str>>;

    /// A configuration value of the default scope.
    fn default_config(&self, path: &str) -> Option<Arc<str>>;
}

/// What calls need to know of a customer's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomerAccount {
    /// `customer_entity.website_id`; 0 when the website is gone.
    pub website_id: i64,
    /// `customer_entity.store_id`; 0 when the store view is gone.
    pub store_id: i64,
    /// `customer_entity.group_id`.
    pub group_id: i64,
}

/// Knows the accounts of customers (implemented by `customer`).
pub trait Customers: Send + Sync {
    /// The account of a customer who may sign in; `None` when there is none, or it is out of service. One read by
    /// key.
    fn account<'a>(
        &'a self,
        id: i64,
        session: &'a mut db::Session,
    ) -> BoxFuture<'a, Result<Option<CustomerAccount>>>;
}

/// Keeps something in memory that the database owns. Every node reads it again when it has changed, whoever
/// changed it: another node, a command, or Magento itself.
pub trait Refresh: Send + Sync {
    /// Short name for the log.
    fn name(&self) -> &'static str;

    /// Compares with the database, and reads again what differs. Called about twice a second.
    fn refresh(&self) -> BoxFuture<'_, Result<()>>;
}
