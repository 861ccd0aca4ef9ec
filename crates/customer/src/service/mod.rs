//! The operations on customers, and the rules behind them.

pub(crate) mod account;
pub(crate) mod address;
pub(crate) mod attribute;
pub(crate) mod customer;
pub(crate) mod entity;
pub(crate) mod group;
pub(crate) mod rules;
pub(crate) mod token;
