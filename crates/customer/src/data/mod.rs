//! Data objects of the customer services; field order is the order on the wire.

pub mod address;
pub mod attribute;
pub mod customer;
pub mod found;
pub mod group;
pub mod region;
pub mod validation;
