//! Many products at once: to sources, from them, from one to another.

pub(crate) mod products;
