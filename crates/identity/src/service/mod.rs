//! Operations, and what the command line does with admin users.

pub(crate) mod admin_token;
pub(crate) mod admin_user;
mod limits;
