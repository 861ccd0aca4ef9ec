//! What a running process consists of, and the one way in which calls are made.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use wire::Value;

use crate::cx::{Call, Caller, Cx, StoreScope};
use crate::error::{Error, Kind, Result};
use crate::input::Input;
use crate::operation::{Operation, Reply, Route};
use crate::port::{Access, CustomerAccount, Customers, Head, Stores};
use crate::registry::Registry;

/// How often a call is made again after a conflict with another transaction.
const TRIES: u32 = 4;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Gives random bytes that nobody can guess.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The clock of the machine.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everybody else is given"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The random source of the operating system.
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the source that everybody else is given"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        use rand::Rng as _;
        rand::rng().fill_bytes(bytes);
    }
}

/// The services of the domains, by type.
#[derive(Default)]
pub struct Services(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Services {
    /// Adds a service; a second one of its type replaces it.
    #[must_use]
    pub fn with<T: Send + Sync + 'static>(mut self, service: T) -> Self {
        self.0.insert(TypeId::of::<T>(), Box::new(service));
        self
    }

    /// The service of this type.
    pub fn get<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.0.get(&TypeId::of::<T>())?.downcast_ref()
    }
}

/// A running process: built once by the composition, shared by all surfaces.
pub struct App {
    /// The database.
    pub db: db::Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The random source.
    pub random: Arc<dyn Random>,
    /// The operations.
    pub registry: Registry,
    /// Who calls and what they may.
    pub access: Arc<dyn Access>,
    /// Store views and configuration.
    pub stores: Arc<dyn Stores>,
    /// Services of the domains.
    pub services: Services,
}

impl App {
    /// Finds out who calls.
    ///
    /// # Errors
    /// Only OAuth 1.0a credentials fail; a bad bearer is a guest.
    pub async fn identify(&self, head: &Head<'_>, scope: &StoreScope) -> Result<Caller> {
        let now = self.clock.now().as_second();
        match (self.access.identify(head.authorization, now), head.authorization) {
            (Some(caller), _) => Ok(caller),
            (None, None) => Ok(Caller::Guest),
            (None, Some(_)) => {
                let mut session = self.db.session();
                self.access.look_up(head, now, scope, &mut session).await
            }
        }
    }

    /// Whether everybody may use the route (`spec/auth.md §5.1`, `§5.6`).
    pub fn is_anonymous(&self, route: &Route) -> bool {
        route.resource == "anonymous"
            || route.allow_insecure
                && self
                    .stores
                    .default_config("webapi/webapisecurity/allow_insecure")
                    .as_deref()
                    == Some("1")
    }

    /// Whether the caller may use the route.
    ///
    /// # Errors
    /// `The consumer isn't authorized to access %resources.`
    pub async fn authorize(&self, route: &Route, caller: Caller, scope: &StoreScope) -> Result<()> {
        let allowed = self.is_anonymous(route)
            || self.access.allows(caller, route.resource)
            || route.resource == SELF && self.is_at_home(caller, scope).await?;
        if allowed {
            return Ok(());
        }
        Err(Error::not_authorized_for(route.resource))
    }

    /// Whether the caller is a customer of the scope, for whom `self` routes are open: of its website, or of any
    /// when accounts are shared (`customer/account_share/scope`). No customer belongs to `all`
    /// (`spec/auth.md §5.5`, `spec/scopes.md` fact 34).
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn is_at_home(&self, caller: Caller, scope: &StoreScope) -> Result<bool> {
        let Caller::Customer(id) = caller else {
            return Ok(false);
        };
        if scope.store_id == 0 {
            return Ok(false);
        }
        let shared = self.stores.default_config("customer/account_share/scope");
        let shared = shared.as_deref() == Some("0");
        let account = self.account(id).await?;
        Ok(account.is_some_and(|account| shared || account.website_id == scope.website_id))
    }

    async fn account(&self, id: i64) -> Result<Option<CustomerAccount>> {
        match self.services.get::<Arc<dyn Customers>>() {
            Some(customers) => customers.account(id, &mut self.db.session()).await,
            None => Ok(None),
        }
    }

    /// Sets what the route forces and makes the call in a transaction of its own: committed when it succeeds,
    /// rolled back when it fails, made again when it ran into another transaction.
    ///
    /// # Errors
    /// Those of binding and of the operation.
    pub async fn call(
        &self,
        operation: &'static Operation,
        route: &Route,
        call: &Call,
        mut input: Input,
    ) -> Result<Reply> {
        let target = input.0.shift_remove(REQUEST_TARGET).unwrap_or_default();
        let account = match call.caller {
            Caller::Customer(id) if asks_for_account(route) => self.account(id).await?,
            _ => None,
        };
        input.force(route.forced, &mut |placeholder| match placeholder {
            REQUEST_TARGET => target.clone(),
            other => forced_value(other, call.caller, account.as_ref()),
        });
        // Conflicts happen in transactions of MySQL only: nothing else needs the input twice.
        let retries = self.db.engine() == db::Engine::MySql && route.verb != crate::operation::Verb::Get;
        let mut attempt = 1;
        loop {
            let this = if retries && attempt < TRIES {
                input.clone()
            } else {
                std::mem::take(&mut input)
            };
            match self.call_once(operation, call, this).await {
                Err(error) if error.kind() == Kind::Conflict && retries && attempt < TRIES => attempt += 1,
                result => return result,
            }
        }
    }

    async fn call_once(&self, operation: &'static Operation, call: &Call, input: Input) -> Result<Reply> {
        let mut cx = Cx::of(self, call);
        let reply = (operation.call)(&mut cx, input).await;
        let writing = cx.session().in_transaction();
        match &reply {
            Ok(_) => {
                if writing {
                    cx.session().commit().await?;
                    cx.session().release();
                }
                cx.refresh().await;
            }
            // The call's own error is the one to answer; without its connection a transaction is gone too.
            Err(_) if writing => {
                if let Err(error) = cx.session().rollback().await {
                    tracing::warn!(%error, "rollback failed");
                }
            }
            Err(_) => {}
        }
        reply
    }
}

/// The placeholder for path and query of the request, for operations that answer with links back to themselves. The
/// surface puts its value into the input under this name.
pub const REQUEST_TARGET: &str = "%request_target%";

/// The resource of routes about the caller's own account (`spec/auth.md §5.1`).
const SELF: &str = "self";

/// The placeholders that need the customer's account.
const OF_ACCOUNT: [&str; 3] = [
    "%customer_group_id%",
    "%customer_website_id%",
    "%customer_store_id%",
];

fn asks_for_account(route: &Route) -> bool {
    route
        .forced
        .iter()
        .any(|forced| OF_ACCOUNT.contains(&forced.value))
}

/// The value of a forced parameter (`spec/webapi.md §5.9`): null unless the caller is a customer.
fn forced_value(placeholder: &str, caller: Caller, account: Option<&CustomerAccount>) -> Value {
    let Caller::Customer(id) = caller else {
        return Value::Null;
    };
    let of_account = |value: fn(&CustomerAccount) -> i64| account.map_or(Value::Null, |a| value(a).into());
    match placeholder {
        "%customer_id%" => id.into(),
        "%customer_group_id%" => of_account(|account| account.group_id),
        "%customer_website_id%" => of_account(|account| account.website_id),
        "%customer_store_id%" => of_account(|account| account.store_id),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests;
