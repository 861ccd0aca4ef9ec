//! The SQL of this crate's tables, one file for each subject.

pub(crate) mod access;
pub(crate) mod admin_user;
pub(crate) mod integration;
pub(crate) mod oauth;
pub(crate) mod opaque_token;
pub(crate) mod revocation;
pub(crate) mod token_request;
