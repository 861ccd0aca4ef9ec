//! The declaration of an operation, as the macro writes it.

use std::future::Future;
use std::pin::Pin;

use wire::{Sink, Value};

use crate::cx::Cx;
use crate::error::{Error, Result};
use crate::input::Input;
use crate::types::{Type, WireValue};

/// A future that a call through the table returns.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The verbs that Magento routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verb {
    /// Reads.
    Get,
    /// Creates, or acts.
    Post,
    /// Creates or replaces.
    Put,
    /// Deletes.
    Delete,
}

impl Verb {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Get, Self::Post, Self::Put, Self::Delete];

    /// As on the request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// The verb of a request line; `None` for those that Magento does not route.
    pub fn parse(method: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.as_str() == method)
    }
}

/// An operation: a service method with all that the rest of the system needs to know of it.
pub struct Operation {
    /// The service's name in the schema, for example `storeStoreRepositoryV1`.
    pub service: &'static str,
    /// The service's description; empty when another operation of the service has it.
    pub service_doc: &'static str,
    /// The method's name, camelCase.
    pub method: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// The routes that lead to it.
    pub routes: &'static [Route],
    /// Its parameters in order.
    pub parameters: &'static [Parameter],
    /// The type of its answer.
    pub output: Type,
    /// Binds the input and calls the function.
    pub call: for<'a> fn(&'a mut Cx<'_>, Input) -> BoxFuture<'a, Result<Reply>>,
}

/// A route to an operation.
pub struct Route {
    /// The verb.
    pub verb: Verb,
    /// The template below the store code: `/V1/directory/countries/:countryId`.
    pub path: &'static str,
    /// The ACL resource; `anonymous` and `self` are not in the tree (`spec/auth.md §5.1`).
    pub resource: &'static str,
    /// Whether `webapi/webapisecurity/allow_insecure` opens it to everybody (`spec/auth.md §5.6`).
    pub allow_insecure: bool,
    /// Whether plain HTTP is refused.
    pub https_only: bool,
    /// Parameters that the server sets.
    pub forced: &'static [Forced],
}

/// A parameter that the server sets, whatever the client sent (`spec/webapi.md §5.8`).
pub struct Forced {
    /// Its name; dots lead into objects.
    pub name: &'static str,
    /// A `%placeholder%` or a literal.
    pub value: &'static str,
}

impl Forced {
    /// Whether the operation has the parameter that the name begins with.
    pub(crate) fn fits(&self, operation: &Operation) -> bool {
        let head = self.name.split('.').next().unwrap_or_default();
        operation
            .parameters
            .iter()
            .any(|parameter| parameter.name == head || parameter.snake == head)
    }
}

/// A parameter of an operation.
pub struct Parameter {
    /// The name, camelCase, as error texts show it.
    pub name: &'static str,
    /// The other accepted spelling.
    pub snake: &'static str,
    /// The description in the schema.
    pub doc: &'static str,
    /// Its type.
    pub ty: Type,
    /// Whether it has no default.
    pub required: bool,
}

/// The answer of a call, not yet written.
pub struct Reply(Box<dyn Output>);

trait Output: Send {
    fn write(&self, out: &mut dyn Sink);
}

impl<T: WireValue> Output for T {
    fn write(&self, out: &mut dyn Sink) {
        WireValue::write(self, out);
    }
}

impl Reply {
    /// Wraps a value.
    pub fn new<T: WireValue>(value: T) -> Self {
        Self(Box::new(value))
    }

    /// Writes it.
    pub fn write(&self, out: &mut dyn Sink) {
        self.0.write(out);
    }
}

/// Takes the parameters out of an input one by one. Conversion errors end the call at the first; missing
/// parameters are collected and reported together (`spec/webapi.md §6.1–6.2`).
pub struct Arguments {
    operation: &'static Operation,
    input: Input,
    missing: Vec<&'static str>,
}

impl Arguments {
    /// Starts with the whole input.
    pub fn new(operation: &'static Operation, input: Input) -> Self {
        Self {
            operation,
            input,
            missing: Vec::new(),
        }
    }

    /// The parameter at `index` of the declaration; a default in place of a missing one, which
    /// [`Arguments::finish`] then reports.
    ///
    /// # Errors
    /// The value does not fit.
    pub fn take<T: WireValue + Default>(&mut self, index: usize, cx: &Cx<'_>) -> Result<T> {
        let parameter = &self.operation.parameters[index];
        let value = take_spelled(&mut self.input, parameter);
        if value.is_null() {
            if parameter.required {
                self.missing.push(parameter.name);
            }
            return Ok(T::default());
        }
        cx.with_bind(|bind| crate::bind::bind_top(value, bind))
    }

    /// Reports the missing parameters.
    ///
    /// # Errors
    /// `"%fieldName" is required. Enter and try again.`, once or aggregated.
    pub fn finish(self) -> Result<()> {
        if self.missing.is_empty() {
            Ok(())
        } else {
            Err(Error::required(self.missing))
        }
    }
}

/// The camelCase spelling wins over the other one; null counts as absent (`spec/webapi.md §5.5`).
fn take_spelled(input: &mut Input, parameter: &Parameter) -> Value {
    let mut take = |key| input.0.get_mut(key).map(std::mem::take).unwrap_or_default();
    match take(parameter.name) {
        Value::Null => take(parameter.snake),
        value => value,
    }
}

#[cfg(test)]
mod tests;
