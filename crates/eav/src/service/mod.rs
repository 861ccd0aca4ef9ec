//! Operations on attributes of any entity, and what the domains build theirs from.

pub mod attribute;
pub mod attribute_group;
pub mod attribute_set;
pub mod option;
mod translit;

use contract::{Error, Value};
use db::search::UnknownField;

pub(crate) use translit::transliterate;

/// `Invalid value of "%value" provided for the %fieldName field.`
pub fn invalid_value(field: &'static str, value: impl Into<Value>) -> Error {
    Error::invalid("Invalid value of \"%value\" provided for the %fieldName field.")
        .with("fieldName", field)
        .with("value", value)
}

/// A search names a field that is not there; Magento answers 500.
fn unknown_field(UnknownField(field): UnknownField) -> Error {
    Error::invalid("The \"%1\" attribute name is invalid. Reset the name and try again.").with_next(field)
}
