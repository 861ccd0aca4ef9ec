//! One value of a result, and how Rust types read it.

use rust_decimal::Decimal;
use std::borrow::Cow;

/// A value as the engine gave it. Dates and times are `Text`.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// NULL.
    Null,
    /// An integer.
    Int(i64),
    /// An integer above `i64::MAX`.
    Unsigned(u64),
    /// A binary floating point number (aggregates and FLOAT columns only).
    Real(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// Bytes, and all text of MySQL.
    Bytes(&'a [u8]),
}

impl Value<'_> {
    /// The text of a value that is one; numbers are not turned into text.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }
}

/// A type that can be read from one column. The error says why it cannot, without the value.
pub trait FromValue: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// A short reason, such as `is null`.
    fn from_value(value: Value<'_>) -> Result<Self, &'static str>;
}

const NULL: &str = "is null";
const NOT_INTEGER: &str = "is not an integer";
const RANGE: &str = "is out of range";

impl FromValue for i64 {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Int(v) => Ok(v),
            Value::Unsigned(_) => Err(RANGE),
            Value::Null => Err(NULL),
            // MySQL sums integers to a decimal.
            other => other.text().and_then(|text| text.parse().ok()).ok_or(NOT_INTEGER),
        }
    }
}

impl FromValue for u64 {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Unsigned(v) => Ok(v),
            other => i64::from_value(other)?.try_into().map_err(|_| RANGE),
        }
    }
}

macro_rules! narrow {
    ($($type:ty),*) => {$(
        impl FromValue for $type {
            fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
                i64::from_value(value)?.try_into().map_err(|_| RANGE)
            }
        }
    )*};
}
narrow!(i32, u32, i16, u16, u8);

impl FromValue for bool {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        i64::from_value(value).map(|v| v != 0)
    }
}

impl FromValue for String {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Text(text) => Ok(text.into_owned()),
            Value::Bytes(bytes) => String::from_utf8(bytes.to_vec()).map_err(|_| "is not UTF-8"),
            Value::Null => Err(NULL),
            _ => Err("is not text"),
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Bytes(bytes) => Ok(bytes.to_vec()),
            Value::Text(text) => Ok(text.into_owned().into_bytes()),
            Value::Null => Err(NULL),
            _ => Err("is not bytes"),
        }
    }
}

impl FromValue for Decimal {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        let parsed = match &value {
            Value::Int(v) => return Ok(Self::from(*v)),
            Value::Unsigned(v) => return Ok(Self::from(*v)),
            Value::Null => return Err(NULL),
            Value::Real(v) => Self::try_from(*v).ok(),
            text => text.text().and_then(|text| Self::from_str_exact(text).ok()),
        };
        parsed.ok_or("is not a decimal")
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value<'_>) -> Result<Self, &'static str> {
        match value {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}
