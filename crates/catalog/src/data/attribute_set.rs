//! Attributes in their sets.

use contract::{BindCx, BindError, Sink, Type, Value, WireValue};

/// The id of an attribute's place in a set: declared as a number, and answered as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PlaceId(pub(crate) i64);

impl WireValue for PlaceId {
    const TYPE: Type = Type::Int;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        i64::bind(value, cx).map(Self)
    }

    fn write(&self, out: &mut dyn Sink) {
        out.str(&self.0.to_string());
    }
}
