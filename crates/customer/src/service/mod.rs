//! The operations on customers, and the rules behind them.

pub(crate) mod customer;
