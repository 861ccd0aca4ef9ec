//! Operations declared once.
//!
//! An operation is Magento's *service method with named, typed parameters*. It is described in one place, by
//! [`macro@operation`] on an async function; its data objects by [`macro@DataObject`] on structs. Routing,
//! authorization, binding, transactions, answers and the schema all read those declarations.
//!
//! To add an operation: write the function in the `service/` folder of its domain crate, declare its data
//! objects in `data/`, and name the static in the crate's `OPERATIONS` slice (the dead-code lint reports a
//! forgotten one). Nothing else needs to know of it.
//!
//! | module | what |
//! |---|---|
//! | [`mod@operation`] | `Operation`, `Route`, `Parameter`, `Reply` |
//! | [`types`] | field tables and the [`WireValue`] trait that binder, writer and schema share |
//! | [`bind`] | Magento's conversions and their error texts (`spec/webapi.md §6`) |
//! | [`input`] | merging of path, query and body (`spec/webapi.md §5`) |
//! | [`registry`] | all operations and the path table |
//! | [`app`] | what a running process consists of: database, clock, randomness, services, ports |
//! | [`cx`] | what one call sees: caller, store scope, time, session |
//! | [`error`] | the error type, in Magento's terms |
//!
//! This crate knows neither HTTP servers nor SQL.

pub mod app;
pub mod bind;
pub mod custom_attributes;
pub mod cx;
pub mod error;
pub mod extension;
mod given;
pub mod input;
pub mod operation;
pub mod port;
pub mod registry;
mod scalar;
pub mod search;
#[cfg(test)]
mod testing;
pub mod types;

/// Lets the derive's `::contract::…` paths resolve inside this crate too.
extern crate self as contract;

pub use app::{App, Clock, REQUEST_TARGET, Random, Services, SystemClock, SystemRandom};
pub use bind::{BindCx, BindError, InputLimits, bind_object};
pub use contract_macros::{DataObject, operation};
pub use custom_attributes::{AttributeType, AttributeTypes, CustomAttribute, CustomAttributes};
pub use cx::{Call, Caller, Cx, Origin, StoreScope, column_time};
pub use error::{Error, Kind, Result};
pub use extension::Extension;
pub use given::Given;
pub use input::Input;
pub use operation::{Arguments, BoxFuture, Forced, Operation, Parameter, Reply, Route, Verb};
pub use registry::{Registry, RegistryError};
pub use types::{DataObject, DataType, Field, Mixed, Type, WireValue, write_object};
pub use wire::{Sink, Value};
