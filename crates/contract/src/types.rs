//! Field tables: what binder, writer and schema know of a type.

use wire::{Sink, Value};

use crate::bind::{BindCx, BindError};

/// A type as Magento's doc-blocks name it.
#[derive(Clone, Copy)]
pub enum Type {
    /// `int`: 64 bits here.
    Int,
    /// `float`: held as an exact decimal, printed as PHP prints floats.
    Float,
    /// `string`.
    String,
    /// `bool`.
    Bool,
    /// `mixed`: passed through unchanged.
    Mixed,
    /// `void`: answered as `[]`.
    Void,
    /// `T[]`.
    List(&'static Type),
    /// A data object. A function, because data objects may contain themselves.
    Object(fn() -> &'static DataType),
}

impl Type {
    /// The name in error texts, for example `string[]`.
    pub fn name(&self) -> String {
        match self {
            Self::Int => "int".to_owned(),
            Self::Float => "float".to_owned(),
            Self::String => "string".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::Mixed => "mixed".to_owned(),
            Self::Void => "void".to_owned(),
            Self::List(element) => format!("{}[]", element.name()),
            Self::Object(table) => table().name.to_owned(),
        }
    }

    /// Whether values of it are JSON objects.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

/// The table of a data object.
pub struct DataType {
    /// Its name in the schema, for example `store-data-store-interface`.
    pub name: &'static str,
    /// Its description there.
    pub doc: &'static str,
    /// Its members in wire order.
    pub fields: &'static [Field],
}

/// A member of a data object.
pub struct Field {
    /// The key on the wire, snake_case.
    pub key: &'static str,
    /// The key as [`wire::naming::upper_camel`] spells it: all spellings of a key agree in this one
    /// (`spec/webapi.md §6.3`).
    pub accessor: &'static str,
    /// The description in the schema.
    pub doc: &'static str,
    /// Its type.
    pub ty: Type,
    /// Whether it is always written, `null` included (`spec/webapi.md §10.3`).
    pub required: bool,
    /// Whether clients may not send it (`spec/webapi.md §6.5`).
    pub read_only: bool,
}

/// A value that can be read from a request and written into an answer.
pub trait WireValue: Sized + Send + 'static {
    /// Its type.
    const TYPE: Type;
    /// Whether it can be null, so that a parameter of it may be left out.
    const NULLABLE: bool = false;

    /// Converts as Magento does (`spec/webapi.md §6`).
    ///
    /// # Errors
    /// The value does not fit; the error carries Magento's text.
    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError>;

    /// Sets a member of a data object: null leaves it as it is (`spec/webapi.md §6.6`).
    ///
    /// # Errors
    /// As [`WireValue::bind`].
    fn bind_into(&mut self, value: Value, cx: &BindCx<'_>) -> Result<(), BindError> {
        if !value.is_null() {
            *self = Self::bind(value, cx)?;
        }
        Ok(())
    }

    /// Converts an element of a list: scalars are cast, not checked (`spec/webapi.md §6.10`, last rows).
    ///
    /// # Errors
    /// As [`WireValue::bind`], but only for values that cannot be cast at all.
    fn bind_element(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        Self::bind(value, cx)
    }

    /// Writes the value.
    fn write(&self, out: &mut dyn Sink);

    /// Whether an optional member is left out of its object.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A struct with a field table; implemented by the derive.
pub trait DataObject: Default + Send + 'static {
    /// The table.
    const DATA: &'static DataType;

    /// Sets the member with this index in the table.
    ///
    /// # Errors
    /// The value does not fit.
    fn bind_field(&mut self, index: usize, value: Value, cx: &BindCx<'_>) -> Result<(), BindError>;

    /// Called when all members that were sent are set: fills in what follows from them, or from the call
    /// (`#[data("…", bound = …)]`).
    fn bound(&mut self, _: &BindCx<'_>) {}

    /// Writes key and value of the member with this index; false when it is absent.
    fn write_field(&self, index: usize, out: &mut dyn Sink) -> bool;
}

/// Writes the members of `object` that are there, in table order.
pub fn write_object<T: DataObject>(object: &T, out: &mut dyn Sink) {
    out.begin_object();
    for index in 0..T::DATA.fields.len() {
        object.write_field(index, out);
    }
    out.end_object();
}

/// A value of any type, passed through unchanged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mixed(pub Value);

#[cfg(test)]
mod tests;
