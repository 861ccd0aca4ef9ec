//! The bearer check: signature, revocation, state of the user and rights, all from memory.
//!
//! [`Identity`] holds a snapshot of admin users, roles, rules and revocations. Twice a second it compares a
//! fingerprint of those tables with the database and reads them again when it differs. Changes by another
//! node, by a command or by Magento itself are therefore in force within a second; between changes a request
//! costs no SQL.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use contract::port::{Access, Head, Refresh, Stores};
use contract::{BoxFuture, Caller, Clock, Cx, StoreScope, column_time};
use db::{Db, Fingerprint, Session};
use secrecy::SecretString;
use tokio::sync::Mutex;

use crate::acl::Acl;
use crate::clock;
use crate::crypt::CryptKeys;
use crate::error::Error;
use crate::password::{Hasher, Salt};
use crate::repo;
use crate::repo::access::WATCHED;
use crate::repo::opaque_token::OpaqueToken;
use crate::service::signed_request;
use crate::token::header::{self, Credential};
use crate::token::jwt::{Algorithm, Claims, JwtKey};
use crate::token::opaque;

/// Types of users in tokens and in `authorization_role` (`spec/auth.md §5.2`).
pub(crate) mod user_type {
    pub(crate) const INTEGRATION: i64 = 1;
    pub(crate) const ADMIN: i64 = 2;
    pub(crate) const CUSTOMER: i64 = 3;
}

/// Where Magnetite is stricter than Magento; each can be switched back (`docs/deviations.md`).
#[derive(Debug, Clone, Copy)]
pub struct Strictness {
    /// Inactive and deleted admin users lose access at once. Magento lets their tokens live when the row was
    /// changed by SQL.
    pub refuse_inactive_admins: bool,
    /// Wrong passwords sent to the API count for the lock-out of the account, and a locked account gets no
    /// token. In Magento that holds for the Admin pages alone.
    pub api_lockout: bool,
}

impl Default for Strictness {
    fn default() -> Self {
        Self {
            refuse_inactive_admins: true,
            api_lockout: true,
        }
    }
}

/// Time between two deletions of token request failures that have run out, in seconds. Magento has a cron job
/// for it.
const CLEAN_UP: i64 = 60;

/// Admin users, roles and tokens of this process.
pub struct Identity {
    db: Db,
    stores: Arc<dyn Stores>,
    keys: Arc<CryptKeys>,
    clock: Arc<dyn Clock>,
    pub(crate) hasher: Hasher,
    pub(crate) strictness: Strictness,
    jwt: ArcSwap<JwtKey>,
    current: ArcSwap<Snapshot>,
    /// One refresh at a time: an older reading never replaces a newer one.
    upkeep: Mutex<Upkeep>,
}

#[derive(Default)]
struct Upkeep {
    cleaned_at: i64,
    /// The algorithm that was complained about last.
    refused: Option<Arc<str>>,
}

struct Snapshot {
    /// What the database looked like: taken before the rows, so that a change in between is seen the next time.
    fingerprint: Fingerprint,
    acl: Acl,
    /// Admin users by id: whether each is active.
    admins: HashMap<i64, bool>,
    /// Void up to this second, by type and id of the user; without customers, of whom there are too many.
    revoked: HashMap<(i64, i64), i64>,
}

/// The configuration asks for something that cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    /// Only signed tokens are supported, not encrypted ones (`spec/auth.md §2.4`).
    #[error(
        "webapi/jwtauth/jwt_alg is '{0}'; Magnetite signs tokens with HS256, HS384 or HS512 and does not \
         read encrypted ones. Set it to one of these"
    )]
    Algorithm(String),
}

impl Identity {
    /// Reads everything once. `cores` bounds how many passwords are hashed at a time.
    ///
    /// # Errors
    /// The database cannot be read, or the configured algorithm is not supported.
    pub async fn load(
        db: &Db,
        stores: Arc<dyn Stores>,
        keys: Arc<CryptKeys>,
        clock: Arc<dyn Clock>,
        cores: usize,
        strictness: Strictness,
    ) -> contract::Result<Self> {
        let name = algorithm(stores.as_ref());
        let Some(algorithm) = Algorithm::from_name(&name) else {
            return Err(contract::Error::internal(ConfigurationError::Algorithm(
                name.to_string(),
            )));
        };
        let fingerprint = db.fingerprint(WATCHED).await?;
        let snapshot = read(db, fingerprint).await?;
        Ok(Self {
            db: db.clone(),
            stores,
            hasher: Hasher::new(keys.clone(), cores),
            jwt: ArcSwap::from_pointee(JwtKey::new(&keys, algorithm)),
            keys,
            clock,
            strictness,
            current: ArcSwap::from_pointee(snapshot),
            upkeep: Mutex::default(),
        })
    }

    /// Makes sure that a user who has just signed in is in memory, however new the account or its role: a token
    /// works from the moment it is given.
    pub(crate) async fn make_known(&self, user_id: i64) {
        let known = {
            let snapshot = self.current.load();
            snapshot.admins.get(&user_id) == Some(&true)
                && snapshot.acl.role_of(user_id, user_type::ADMIN).is_some()
        };
        if !known && let Err(error) = self.refresh().await {
            tracing::warn!(%error, "a new user is known only after the next look at the database");
        }
    }

    /// The encryption keys of the installation.
    pub fn keys(&self) -> &CryptKeys {
        &self.keys
    }

    /// Whether a password fits a stored hash. Waits for its turn: give back what others wait for before.
    ///
    /// # Errors
    /// Too many are waiting, or hashing fails; this says nothing about the password.
    pub async fn password_fits(&self, password: SecretString, stored: &str) -> contract::Result<bool> {
        Ok(self.hasher.verify(password, stored).await.map_err(Error::from)?)
    }

    /// As much work as a password costs, for an account that does not exist or may not sign in: so that time does
    /// not tell which names exist.
    ///
    /// # Errors
    /// As [`Identity::password_fits`].
    pub async fn password_of_nobody(&self, password: SecretString) -> contract::Result<()> {
        Ok(self.hasher.verify_dummy(password).await.map_err(Error::from)?)
    }

    /// The hash of a new password, as Magento stores it.
    ///
    /// # Errors
    /// As [`Identity::password_fits`].
    pub async fn hash_password(&self, cx: &Cx<'_>, password: SecretString) -> contract::Result<String> {
        let salt = Salt::generate(&mut |bytes| cx.random(bytes));
        Ok(self.hasher.hash(password, salt).await.map_err(Error::from)?)
    }

    /// Signs a token for a user; it lives as long as the configuration says.
    pub(crate) fn sign(&self, uid: i64, utypid: i64, now: i64, minutes: i64) -> Result<String, Error> {
        let claims = Claims {
            uid,
            utypid,
            iat: now,
            exp: now.saturating_add(minutes.saturating_mul(60)),
        };
        Ok(self.jwt.load().sign(&claims)?)
    }

    /// The caller of a signed token; `None` when it is a customer's, whose revocation is not in memory.
    fn bearer(&self, token: &str, now: i64) -> Option<Caller> {
        let snapshot = self.current.load();
        let Some(claims) = self.claims(token, now) else {
            return Some(Caller::Guest);
        };
        if claims.utypid == user_type::CUSTOMER {
            return None;
        }
        let revoked = snapshot.revoked.get(&(claims.utypid, claims.uid));
        if revoked.is_some_and(|before| claims.iat <= *before) {
            return Some(Caller::Guest);
        }
        Some(self.caller(&snapshot, claims.utypid, claims.uid))
    }

    /// What a signed token says, if it is genuine and has not ended.
    fn claims(&self, token: &str, now: i64) -> Option<Claims> {
        let claims = self.jwt.load().verify(token).ok()?;
        (!claims.expired_at(now)).then_some(claims)
    }

    /// The caller of a customer's signed token: one read by key.
    async fn customer_caller(&self, token: &str, now: i64, session: &mut Session) -> Result<Caller, Error> {
        let Some(claims) = self.claims(token, now) else {
            return Ok(Caller::Guest);
        };
        let revoked = repo::revocation::before(session, claims.utypid, claims.uid).await?;
        if revoked.is_some_and(|before| claims.iat <= before) {
            return Ok(Caller::Guest);
        }
        Ok(self.caller(&self.current.load(), claims.utypid, claims.uid))
    }

    fn caller(&self, snapshot: &Snapshot, user_type: i64, id: i64) -> Caller {
        match user_type {
            user_type::INTEGRATION => Caller::Integration(id),
            user_type::CUSTOMER => Caller::Customer(id),
            user_type::ADMIN => {
                let active = snapshot.admins.get(&id).copied().unwrap_or(false);
                if active || !self.strictness.refuse_inactive_admins {
                    Caller::Admin(id)
                } else {
                    Caller::Guest
                }
            }
            _ => Caller::Guest,
        }
    }

    async fn opaque_caller(
        &self,
        token: &str,
        now: i64,
        scope: &StoreScope,
        session: &mut Session,
    ) -> Result<Caller, Error> {
        let Some(token) = repo::opaque_token::find(session, token).await? else {
            return Ok(Caller::Guest);
        };
        let caller = match token {
            OpaqueToken {
                user_type: Some(user_type::INTEGRATION),
                integration_id: Some(id),
                ..
            } => {
                let enabled = self
                    .stores
                    .config("oauth/consumer/enable_integration_as_bearer", scope);
                if enabled.as_deref() == Some("1") {
                    Caller::Integration(id)
                } else {
                    Caller::Guest
                }
            }
            OpaqueToken {
                user_type: Some(user_type::ADMIN),
                admin_id: Some(id),
                created_at,
                ..
            } if self.is_alive(&created_at, "oauth/access_token_lifetime/admin", now) => {
                self.caller(&self.current.load(), user_type::ADMIN, id)
            }
            OpaqueToken {
                user_type: Some(user_type::CUSTOMER),
                customer_id: Some(id),
                created_at,
                ..
            } if self.is_alive(&created_at, "oauth/access_token_lifetime/customer", now) => {
                Caller::Customer(id)
            }
            _ => Caller::Guest,
        };
        Ok(caller)
    }

    /// Lifetimes are hours; fractions count, and an empty one or 0 means that the token has ended
    /// (`spec/auth.md §2.7`).
    fn is_alive(&self, created_at: &str, lifetime: &str, now: i64) -> bool {
        let hours = self
            .stores
            .default_config(lifetime)
            .and_then(|text| text.trim().parse::<f64>().ok());
        let seconds = hours
            .filter(|hours| hours.is_finite())
            .map_or(0, |hours| (hours * 3600.0) as i64);
        clock::seconds(created_at).is_some_and(|created| created.saturating_add(seconds) > now)
    }
}

async fn read(db: &Db, fingerprint: Fingerprint) -> contract::Result<Snapshot> {
    let mut session = db.session();
    let roles = repo::access::roles(&mut session).await?;
    let rules = repo::access::rules(&mut session).await?;
    let admins = repo::access::admins(&mut session).await?;
    let revocations = repo::access::revocations(&mut session).await?;
    Ok(Snapshot {
        fingerprint,
        acl: Acl::compile(&roles, &rules),
        admins: admins.into_iter().map(|(id, active)| (id, active == 1)).collect(),
        revoked: revocations
            .into_iter()
            .map(|(kind, id, before)| ((kind, id), before))
            .collect(),
    })
}

/// The name of the configured algorithm.
fn algorithm(stores: &dyn Stores) -> Arc<str> {
    stores
        .default_config("webapi/jwtauth/jwt_alg")
        .unwrap_or_else(|| Arc::from("HS256"))
}

impl Access for Identity {
    fn identify(&self, authorization: Option<&str>, now: i64) -> Option<Caller> {
        match header::parse(authorization.unwrap_or_default()) {
            Credential::None | Credential::Other => Some(Caller::Guest),
            Credential::OAuth(_) => None,
            // Only what has the form of an opaque token is looked up: a JWT never has.
            Credential::Bearer(token) if opaque::is_opaque(token) => None,
            Credential::Bearer(token) => self.bearer(token, now),
        }
    }

    fn look_up<'a>(
        &'a self,
        head: &'a Head<'a>,
        now: i64,
        scope: &'a StoreScope,
        session: &'a mut Session,
    ) -> BoxFuture<'a, contract::Result<Caller>> {
        Box::pin(async move {
            let caller = match header::parse(head.authorization.unwrap_or_default()) {
                Credential::Bearer(token) if opaque::is_opaque(token) => {
                    self.opaque_caller(token, now, scope, session).await?
                }
                Credential::Bearer(token) => self.customer_caller(token, now, session).await?,
                Credential::OAuth(list) => self.signed_caller(head, list, now, session).await?,
                Credential::None | Credential::Other => Caller::Guest,
            };
            Ok(caller)
        })
    }

    fn allows(&self, caller: Caller, resource: &str) -> bool {
        let (id, user_type) = match caller {
            Caller::Admin(id) => (id, user_type::ADMIN),
            Caller::Integration(id) => (id, user_type::INTEGRATION),
            Caller::Customer(_) | Caller::Guest => return false,
        };
        let snapshot = self.current.load();
        snapshot
            .acl
            .role_of(id, user_type)
            .is_some_and(|role| snapshot.acl.allows(role, resource))
    }
}

impl Refresh for Identity {
    fn name(&self) -> &'static str {
        "users, roles and revocations"
    }

    fn refresh(&self) -> BoxFuture<'_, contract::Result<()>> {
        Box::pin(async move {
            let mut upkeep = self.upkeep.lock().await;
            self.follow_algorithm(&mut upkeep);
            let fingerprint = self.db.fingerprint(WATCHED).await?;
            if self.current.load().fingerprint != fingerprint {
                self.current.store(Arc::new(read(&self.db, fingerprint).await?));
            }
            let now = self.clock.now();
            if now.as_second() - upkeep.cleaned_at >= CLEAN_UP {
                upkeep.cleaned_at = now.as_second();
                repo::token_request::clean_up(&self.db, &column_time(now)).await?;
                let mut session = self.db.session();
                let forgettable = signed_request::forgettable(now.as_second());
                repo::oauth::forget_nonces(&mut session, forgettable).await?;
                session.commit().await?;
            }
            Ok(())
        })
    }
}

impl Identity {
    /// Takes over a change of `webapi/jwtauth/jwt_alg`. One that cannot be followed leaves the last key in force,
    /// and everything else up to date.
    fn follow_algorithm(&self, upkeep: &mut Upkeep) {
        let name = algorithm(self.stores.as_ref());
        if self.jwt.load().algorithm().name() == &*name {
            upkeep.refused = None;
        } else if let Some(algorithm) = Algorithm::from_name(&name) {
            self.jwt.store(Arc::new(JwtKey::new(&self.keys, algorithm)));
        } else if upkeep.refused.as_ref() != Some(&name) {
            tracing::error!(
                "{}: tokens are signed as before",
                ConfigurationError::Algorithm(name.to_string())
            );
            upkeep.refused = Some(name);
        }
    }
}
