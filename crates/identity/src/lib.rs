//! Admin users, roles, passwords and tokens (`spec/auth.md`).
//!
//! [`Identity`] is the service of a running process: it answers who a caller is and what they may, from memory.
//! The other modules are the parts of it that stand alone: passwords, tokens, keys, the tree of rights.

mod access;
pub mod acl;
mod clock;
pub mod crypt;
mod error;
pub mod password;
pub mod port;
mod repo;
pub mod schema;
mod service;
pub mod token;

use contract::Operation;

pub use access::{ConfigurationError, Identity, Strictness};
pub use error::sign_in_failed;
pub use repo::admin_user::KnownAdmin;
pub use service::admin_token::{issue_token, sign_in};
pub use service::admin_user::{
    AdminAccount, AdminUserError, Unlocked, admin_user_by_name, begin_first_admin_user, create_admin_user,
    has_admin_user, hold_admin_user, install, revoke_admin_tokens, unlock_admin_user,
};
pub use service::attempt::{Attempt, UserKind, is_storable, require_credentials};
pub use service::integration::{
    Integration, IntegrationCredentials, IntegrationError, NewIntegration, create_integration,
    delete_integration, integrations,
};
pub use service::limits::{Lock, Lockout};
pub use service::tokens::{issue_user_token, revoke_user_tokens};
pub use service::traces::{SignInTraces, forget_sign_ins, sign_in_traces};

/// The operations of this crate.
pub static OPERATIONS: &[&Operation] = &[&service::admin_token::CREATE_ADMIN_ACCESS_TOKEN];
