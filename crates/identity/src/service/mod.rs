//! Operations, what the command line does with admin users, and what sign-ins have in common.

pub(crate) mod admin_token;
pub(crate) mod admin_user;
pub(crate) mod attempt;
pub(crate) mod integration;
pub(crate) mod limits;
pub(crate) mod signed_request;
pub(crate) mod tokens;
pub(crate) mod traces;
