//! An answer that may be nothing.

use contract::{BindCx, BindError, Sink, Type, Value, WireValue};

/// What was looked for, or nothing, which Magento answers as an empty list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found<T>(pub Option<T>);

impl<T: WireValue> WireValue for Found<T> {
    const TYPE: Type = T::TYPE;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        T::bind(value, cx).map(|found| Self(Some(found)))
    }

    fn write(&self, out: &mut dyn Sink) {
        match &self.0 {
            Some(found) => found.write(out),
            None => {
                out.begin_list();
                out.end_list();
            }
        }
    }
}
