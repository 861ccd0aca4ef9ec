//! Data objects of the customer services; field order is the order on the wire.

pub mod address;
pub mod customer;
pub mod region;
