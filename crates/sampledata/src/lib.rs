//! A believable catalog for trying things out: about 2,000 products of all types in 40 categories, with pictures.
//!
//! Everything is made through the operations of the API, as a client would make it: what is deployed here has
//! passed every rule that products of clients have to pass. Texts and pictures are our own, and made from numbers:
//! the same catalog every time.

mod build;
mod picture;
mod products;
mod shop;

use contract::{BoxFuture, Result, Value, Verb};

pub use build::deploy;

/// Makes calls of the API, as an administrator, in the default scope (`/rest/all`).
pub trait Client: Sync {
    /// Calls the operation at `path` (`/V1/products`), committed when it succeeds, and gives its answer.
    fn call<'a>(&'a self, verb: Verb, path: &'a str, body: Value) -> BoxFuture<'a, Result<Value>>;
}

/// Told how far the deployment is.
pub trait Progress: Sync {
    /// How many steps there are.
    fn total(&self, steps: usize);
    /// A step is done.
    fn step(&self);
}
