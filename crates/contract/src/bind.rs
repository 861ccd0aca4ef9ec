//! Magento's conversions from request values to typed ones, with its error texts (`spec/webapi.md §6`).

use wire::{Value, naming, php};

use crate::custom_attributes::AttributeTypes;
use crate::error::{Error, Result as CallResult};
use crate::types::{DataObject, DataType, Type, WireValue};

/// What conversions need to know beyond the value.
#[derive(Default, Clone, Copy)]
pub struct BindCx<'a> {
    /// The input limits in force, `None` when they are off (`spec/webapi.md §15`).
    pub limits: Option<InputLimits>,
    /// Where the types of custom attributes are looked up.
    pub attributes: Option<&'a dyn AttributeTypes>,
    /// The data object around the value, by its name in the schema.
    pub(crate) object: &'static str,
    /// Data objects around the value.
    pub(crate) depth: u8,
}

/// Most data objects inside each other. A body of 512 levels, which JSON may have, would use up the stack of a
/// worker where a data object contains itself; Magento has no limit of its own here.
const MAX_DEPTH: u8 = 32;

/// Input limits of the store (`webapi/validation/*`, `spec/webapi.md §15`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputLimits {
    /// Most elements of an array of data objects.
    pub complex_array: usize,
    /// Largest `pageSize`.
    pub page_size: i64,
    /// The page size of a search that names none.
    pub default_page_size: i64,
}

/// Why a value could not be converted.
#[derive(Debug)]
pub enum BindError {
    /// A conversion failed: a finished text, wrapped once for each level it passes (`spec/webapi.md §6.12`).
    Value(String),
    /// Another error, which passes the levels unchanged.
    Other(Error),
}

impl BindError {
    /// `value` is not of type `expected` (`spec/webapi.md §6.11`).
    pub fn wrong_type(value: &Value, expected: &Type) -> Self {
        let shown = match value {
            Value::Array(_) | Value::Object(_) => "array".to_owned(),
            scalar if matches!(expected, Type::List(_)) => php::type_name(scalar).to_owned(),
            scalar => php::to_string_cast(scalar).unwrap_or_default(),
        };
        Self::Value(format!(
            "The \"{shown}\" value's type is invalid. The \"{}\" type was expected. Verify and try again.",
            expected.name()
        ))
    }

    /// `"%fieldName" is not supported. …` (`spec/webapi.md §6.4`).
    pub fn not_supported(accessor: String) -> Self {
        Self::Other(
            Error::invalid("\"%fieldName\" is not supported. Correct the field name and try again.")
                .with("fieldName", accessor),
        )
    }

    /// The same error seen from one level further out.
    #[must_use]
    pub fn inside(self, key: &str) -> Self {
        match self {
            Self::Value(text) => Self::Value(format!("Error occurred during \"{key}\" processing. {text}")),
            other => other,
        }
    }
}

impl From<BindError> for Error {
    fn from(error: BindError) -> Self {
        match error {
            BindError::Value(text) => Self::invalid(text),
            BindError::Other(error) => error,
        }
    }
}

impl From<Error> for BindError {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

/// Converts a JSON object to a data object. A scalar becomes an empty one (`spec/webapi.md §6.7`).
///
/// # Errors
/// A key that the type does not have, or a member's value that does not fit.
pub fn bind_object<T: DataObject>(value: Value, cx: &BindCx<'_>) -> Result<T, BindError> {
    if cx.depth == MAX_DEPTH {
        return Err(Error::invalid("The data objects are nested too deeply.").into());
    }
    let cx = &BindCx {
        object: T::DATA.name,
        depth: cx.depth + 1,
        ..*cx
    };
    let mut object = T::default();
    bind_members(T::DATA, value, &mut |index, value| {
        object.bind_field(index, value, cx)
    })?;
    object.bound(cx);
    Ok(object)
}

/// Matches keys to fields; apart from the typed setter, so that it is compiled once.
fn bind_members(
    table: &DataType,
    value: Value,
    set: &mut dyn FnMut(usize, Value) -> Result<(), BindError>,
) -> Result<(), BindError> {
    let members = match value {
        Value::Object(members) => members,
        Value::Array(elements) if !elements.is_empty() => {
            return Err(BindError::not_supported("0".to_owned()));
        }
        _ => return Ok(()),
    };
    for (key, value) in members {
        let accessor = naming::upper_camel(&key);
        let Some(index) = table.fields.iter().position(|field| field.accessor == accessor) else {
            return Err(BindError::not_supported(accessor));
        };
        if table.fields[index].read_only {
            if is_empty(&value) {
                continue;
            }
            return Err(BindError::not_supported(accessor));
        }
        set(index, value).map_err(|error| error.inside(&key))?;
    }
    Ok(())
}

/// PHP's `empty()`.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty() || text == "0",
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty(),
    }
}

/// A scalar where a list of data objects is expected becomes null (`spec/webapi.md §6.7`).
pub(crate) fn becomes_null(expected: &Type, value: &Value) -> bool {
    matches!(expected, Type::List(element) if element.is_object()) && !value.is_array() && !value.is_object()
}

/// The elements of a list: keys are dropped, a lone `item` member is unwrapped (`spec/webapi.md §6.8–6.9`).
pub(crate) fn list_elements(value: Value, element: &Type, cx: &BindCx<'_>) -> Result<Vec<Value>, BindError> {
    let elements = match value {
        Value::Array(elements) => elements,
        Value::Object(mut members) if members.len() == 1 && members.contains_key("item") => {
            match members.shift_remove("item").unwrap_or_default() {
                Value::Array(elements) => elements,
                Value::Object(inner) if is_list(&inner) => inner.into_iter().map(|(_, v)| v).collect(),
                single => vec![single],
            }
        }
        Value::Object(members) => members.into_iter().map(|(_, value)| value).collect(),
        scalar => {
            let scalar_type = php::type_name(&scalar);
            return Err(BindError::Value(format!(
                "The \"{scalar_type}\" value's type is invalid. The \"{}[]\" type was expected. Verify and try again.",
                element.name()
            )));
        }
    };
    match cx.limits {
        Some(limits) if element.is_object() && elements.len() > limits.complex_array => {
            Err(Error::invalid("Maximum items of type \"%type\" is %max")
                .with("type", element.name())
                .with("max", limits.complex_array)
                .into())
        }
        _ => Ok(elements),
    }
}

/// Whether all keys are numbers, as those of a PHP list from a query string are.
fn is_list(members: &serde_json::Map<String, Value>) -> bool {
    members.keys().all(|key| key.bytes().all(|b| b.is_ascii_digit()))
}

/// Converts a whole value at the top level.
///
/// # Errors
/// As a call's error: the text of a failed conversion is final and has no parameters.
pub(crate) fn bind_top<T: WireValue>(value: Value, cx: &BindCx<'_>) -> CallResult<T> {
    T::bind(value, cx).map_err(Error::from)
}

#[cfg(test)]
mod tests;
