//! What one call sees.

use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;

use crate::app::App;
use crate::bind::{BindCx, InputLimits};
use crate::custom_attributes::AttributeTypes;
use crate::error::{Error, Result};
use crate::port::Refresh;

/// Who calls (`spec/auth.md §5.2`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caller {
    /// An integration, by its id.
    Integration(i64),
    /// An admin user, by id.
    Admin(i64),
    /// A customer, by id.
    Customer(i64),
    /// Nobody known.
    Guest,
}

/// The store view that a call is about; `all` is the admin store, id 0 (`spec/webapi.md §1`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreScope {
    /// `store.store_id`.
    pub store_id: i64,
    /// `store.website_id`.
    pub website_id: i64,
    /// `store.group_id`.
    pub group_id: i64,
    /// `store.code`.
    pub code: Arc<str>,
}

/// Where a call comes from. A call of the command line or of the process itself has the default origin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin {
    /// The client's address: that of the connection, or what a trusted proxy says of it.
    pub address: Option<IpAddr>,
    /// Whether the client's connection is encrypted.
    pub encrypted: bool,
}

/// Who calls, on which store view, from where.
#[derive(Debug, Clone)]
pub struct Call {
    /// Who calls.
    pub caller: Caller,
    /// The store view that the path named.
    pub scope: StoreScope,
    /// Where the call comes from.
    pub origin: Origin,
}

impl Call {
    /// A call that the process itself makes.
    pub fn from_inside(caller: Caller, scope: StoreScope) -> Self {
        Self {
            caller,
            scope,
            origin: Origin::default(),
        }
    }
}

/// One call: caller, scope, time, database session, and the services of the process.
pub struct Cx<'a> {
    app: &'a App,
    caller: Caller,
    scope: StoreScope,
    origin: Origin,
    now: Timestamp,
    session: db::Session,
    stale: Vec<Arc<dyn Refresh>>,
}

impl<'a> Cx<'a> {
    /// Starts a call. No connection is taken before the session is used.
    pub fn new(app: &'a App, caller: Caller, scope: StoreScope) -> Self {
        Self {
            app,
            caller,
            scope,
            origin: Origin::default(),
            now: app.clock.now(),
            session: app.db.session(),
            stale: Vec::new(),
        }
    }

    /// Starts a call that came from outside.
    pub(crate) fn of(app: &'a App, call: &Call) -> Self {
        Self {
            origin: call.origin,
            ..Self::new(app, call.caller, call.scope.clone())
        }
    }

    /// Who calls.
    pub fn caller(&self) -> Caller {
        self.caller
    }

    /// The store view that the path named.
    pub fn scope(&self) -> &StoreScope {
        &self.scope
    }

    /// Where the call comes from.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The time at which the call began; the same for the whole call.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// [`Self::now`] as columns keep times: UTC, `YYYY-MM-DD HH:MM:SS`.
    pub fn now_text(&self) -> String {
        column_time(self.now)
    }

    /// Fills `bytes` from the process's random source.
    pub fn random(&self, bytes: &mut [u8]) {
        self.app.random.fill(bytes);
    }

    /// The call's access to the database. Its first write opens the call's transaction, which the dispatcher
    /// commits when the call succeeds.
    pub fn session(&mut self) -> &mut db::Session {
        &mut self.session
    }

    /// Has something in memory read again when the call is committed and before it is answered, so that the
    /// caller's next call sees what this one wrote. Runs after a call without writes as well, and never after one
    /// that fails.
    pub fn after_commit(&mut self, stale: Arc<dyn Refresh>) {
        if !self.stale.iter().any(|other| Arc::ptr_eq(other, &stale)) {
            self.stale.push(stale);
        }
    }

    pub(crate) async fn refresh(&mut self) {
        for stale in std::mem::take(&mut self.stale) {
            // What is written is written; memory follows with the next look at the database.
            if let Err(error) = stale.refresh().await {
                tracing::warn!(%error, name = stale.name(), "could not refresh after a write");
            }
        }
    }

    /// A service of a domain, put into the process by the composition.
    ///
    /// # Errors
    /// Internal: the composition forgot it.
    pub fn service<T: Send + Sync + 'static>(&self) -> Result<&'a T> {
        self.app.services.get::<T>().ok_or_else(|| {
            Error::internal(format!(
                "no service {} in this process",
                std::any::type_name::<T>()
            ))
        })
    }

    /// Whether the caller may use an ACL resource: for rights beyond that of the route.
    pub fn allows(&self, resource: &str) -> bool {
        self.app.access.allows(self.caller, resource)
    }

    /// The value of a configuration path in the call's scope (default → website → store view).
    pub fn config(&self, path: &str) -> Option<Arc<str>> {
        self.app.stores.config(path, &self.scope)
    }

    /// The value of a configuration path in the default scope.
    pub fn default_config(&self, path: &str) -> Option<Arc<str>> {
        self.app.stores.default_config(path)
    }

    /// The input limits in force for this call (`spec/webapi.md §15`).
    pub fn limits(&self) -> Option<InputLimits> {
        if self.config("webapi/validation/input_limit_enabled").as_deref() != Some("1") {
            return None;
        }
        let number = |path: &str, fallback: i64| {
            self.config(path)
                .and_then(|text| text.parse::<i64>().ok())
                .unwrap_or(fallback)
        };
        Some(InputLimits {
            complex_array: usize::try_from(number("webapi/validation/complex_array_limit", 999_999))
                .unwrap_or(0),
            page_size: number("webapi/validation/maximum_page_size", 300),
            default_page_size: number("webapi/validation/default_page_size", 999_999).max(10),
        })
    }

    pub(crate) fn with_bind<T>(&self, bind: impl FnOnce(&BindCx<'_>) -> T) -> T {
        bind(&BindCx {
            limits: self.limits(),
            attributes: self
                .app
                .services
                .get::<Arc<dyn AttributeTypes>>()
                .map(AsRef::as_ref),
            ..BindCx::default()
        })
    }
}

/// A time as columns keep it: UTC, `YYYY-MM-DD HH:MM:SS`.
pub fn column_time(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
