//! Ids of saved rows.

use contract::{BindCx, BindError, Sink, Type, Value, WireValue};

/// The id of a saved row: a number in the schema, but text in answers where Magento passes on what its database
/// driver gave it (golden `configurable.option-add`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedId {
    /// Written as text.
    Text(i64),
    /// Written as a number.
    Number(i64),
}

impl WireValue for SavedId {
    const TYPE: Type = <i64 as WireValue>::TYPE;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        i64::bind(value, cx).map(Self::Number)
    }

    fn write(&self, out: &mut dyn Sink) {
        match self {
            Self::Text(id) => out.str(&id.to_string()),
            Self::Number(id) => out.int(*id),
        }
    }
}
