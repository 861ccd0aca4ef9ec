//! Tests of the whole surface, in one process and without a socket.

mod answers;
mod cors;
mod errors;
mod measured;
mod operations;
mod random;
pub(crate) mod support;
mod transactions;
