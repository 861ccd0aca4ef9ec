//! Members that may be absent, null, or a value.

use wire::{Sink, Value};

use crate::bind::{BindCx, BindError};
use crate::types::{Type, WireValue};

/// A member whose `null` means something: for scoped values "use the default again" (`spec/scopes.md` fact 19).
/// In answers, absent and null are both left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Given<T> {
    /// The member was not sent.
    #[default]
    Absent,
    /// It was sent as `null`.
    Null,
    /// It was sent with a value.
    Value(T),
}

impl<T> Given<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// As [`Given::value`], by value.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether it was sent at all, `null` included.
    pub fn is_given(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

impl<T> From<Option<T>> for Given<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

impl<T: WireValue> WireValue for Given<T> {
    const TYPE: Type = T::TYPE;
    const NULLABLE: bool = true;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        if value.is_null() {
            return Ok(Self::Null);
        }
        T::bind(value, cx).map(Self::Value)
    }

    fn bind_into(&mut self, value: Value, cx: &BindCx<'_>) -> Result<(), BindError> {
        *self = Self::bind(value, cx)?;
        Ok(())
    }

    fn write(&self, out: &mut dyn Sink) {
        match self {
            Self::Value(value) => value.write(out),
            Self::Absent | Self::Null => out.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.value().is_none_or(WireValue::is_absent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_and_absent_are_told_apart_in_requests() {
        let mut given: Given<i64> = Given::default();
        assert!(!given.is_given());
        given.bind_into(Value::Null, &BindCx::default()).unwrap();
        assert!(given.is_given());
        assert_eq!(given.value(), None);
        given.bind_into(Value::from("5"), &BindCx::default()).unwrap();
        assert_eq!(given, Given::Value(5));
    }

    #[test]
    fn neither_of_them_is_answered() {
        assert!(Given::<i64>::Absent.is_absent());
        assert!(Given::<i64>::Null.is_absent());
        assert!(!Given::Value(0_i64).is_absent());
    }
}
