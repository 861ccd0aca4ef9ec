//! Bearer tokens and the `Authorization` header (`spec/auth.md` §2, §3).

pub mod header;
pub mod jwt;
pub mod opaque;
pub(crate) mod signature;
