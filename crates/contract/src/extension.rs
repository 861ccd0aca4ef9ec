//! `extension_attributes`.

use wire::{Sink, Value};

use crate::bind::{BindCx, BindError};
use crate::types::{DataObject, Type, WireValue};

/// The extension attributes of a data object: members that modules add. Left out of answers when no member is
/// there (`spec/webapi.md §10.8`); unknown members are refused on input (§6.4).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extension<T>(pub T);

/// Swallows what is written, for asking whether anything is.
struct Nothing;

impl Sink for Nothing {
    fn null(&mut self) {}
    fn bool(&mut self, _: bool) {}
    fn int(&mut self, _: i64) {}
    fn float(&mut self, _: &str) {}
    fn str(&mut self, _: &str) {}
    fn begin_object(&mut self) {}
    fn key(&mut self, _: &str) {}
    fn end_object(&mut self) {}
    fn begin_list(&mut self) {}
    fn end_list(&mut self) {}
}

impl<T: WireValue + DataObject> WireValue for Extension<T> {
    const TYPE: Type = T::TYPE;
    const NULLABLE: bool = true;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        T::bind(value, cx).map(Self)
    }

    fn write(&self, out: &mut dyn Sink) {
        self.0.write(out);
    }

    fn is_absent(&self) -> bool {
        !(0..T::DATA.fields.len()).any(|index| self.0.write_field(index, &mut Nothing))
    }
}
