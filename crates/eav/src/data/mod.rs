//! Data objects of the attribute services; field order is the order on the wire.

pub mod attribute;
pub mod attribute_group;
pub mod attribute_set;
