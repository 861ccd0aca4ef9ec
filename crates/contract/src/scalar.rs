//! [`WireValue`] for scalars, lists and wrappers (`spec/webapi.md §6.10`).

use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;
use wire::php::{self, Numeric};
use wire::tree::write_value;
use wire::{Sink, Value};

use crate::bind::{BindCx, BindError, becomes_null, list_elements};
use crate::types::{Mixed, Type, WireValue};

impl WireValue for i64 {
    const TYPE: Type = Type::Int;

    fn bind(value: Value, _: &BindCx<'_>) -> Result<Self, BindError> {
        match numeric(&value) {
            Some(number) => Ok(truncate(number)),
            None => Err(BindError::wrong_type(&value, &Self::TYPE)),
        }
    }

    fn bind_element(value: Value, _: &BindCx<'_>) -> Result<Self, BindError> {
        match &value {
            Value::Array(_) | Value::Object(_) => Err(BindError::wrong_type(&value, &Self::TYPE)),
            Value::Bool(flag) => Ok((*flag).into()),
            Value::String(text) => Ok(php::numeric(numeric_prefix(text))
                .map(truncate)
                .unwrap_or_default()),
            other => Ok(numeric(other).map(truncate).unwrap_or_default()),
        }
    }

    fn write(&self, out: &mut dyn Sink) {
        out.int(*self);
    }
}

impl WireValue for Decimal {
    const TYPE: Type = Type::Float;

    fn bind(value: Value, _: &BindCx<'_>) -> Result<Self, BindError> {
        // The text is read again as a decimal, so that no digit passes through binary floating point.
        let text = match &value {
            Value::Number(number) => number.to_string(),
            Value::String(text) if php::is_numeric(text) => text.trim().to_owned(),
            _ => return Err(BindError::wrong_type(&value, &Self::TYPE)),
        };
        let text = text.trim_start_matches('+').trim_end_matches('.');
        Decimal::from_str(text)
            .or_else(|_| Decimal::from_scientific(text))
            .or_else(|_| small(text))
            .map_err(|_| BindError::wrong_type(&value, &Self::TYPE))
    }

    fn bind_element(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        match &value {
            Value::Array(_) | Value::Object(_) => Err(BindError::wrong_type(&value, &Self::TYPE)),
            Value::Bool(flag) => Ok(Decimal::from(i64::from(*flag))),
            Value::String(text) => Ok(Self::bind(numeric_prefix(text).into(), cx).unwrap_or_default()),
            _ => Ok(Self::bind(value, cx).unwrap_or_default()),
        }
    }

    fn write(&self, out: &mut dyn Sink) {
        out.float(&php::decimal_to_json(self));
    }
}

impl WireValue for String {
    const TYPE: Type = Type::String;

    fn bind(value: Value, _: &BindCx<'_>) -> Result<Self, BindError> {
        match value {
            Value::String(text) => Ok(text),
            other => php::to_string_cast(&other).ok_or_else(|| BindError::wrong_type(&other, &Self::TYPE)),
        }
    }

    fn write(&self, out: &mut dyn Sink) {
        out.str(self);
    }
}

impl WireValue for bool {
    const TYPE: Type = Type::Bool;

    fn bind(value: Value, _: &BindCx<'_>) -> Result<Self, BindError> {
        match &value {
            Value::Array(_) | Value::Object(_) => Err(BindError::wrong_type(&value, &Self::TYPE)),
            other => Ok(php::to_bool(other)),
        }
    }

    fn bind_element(value: Value, _: &BindCx<'_>) -> Result<Self, BindError> {
        match &value {
            Value::Array(_) | Value::Object(_) => Err(BindError::wrong_type(&value, &Self::TYPE)),
            Value::Null => Ok(false),
            Value::Bool(flag) => Ok(*flag),
            Value::String(text) => Ok(!text.is_empty() && text != "0"),
            Value::Number(number) => Ok(number.as_f64() != Some(0.0)),
        }
    }

    fn write(&self, out: &mut dyn Sink) {
        out.bool(*self);
    }
}

impl WireValue for Mixed {
    const TYPE: Type = Type::Mixed;

    fn bind(value: Value, _: &BindCx<'_>) -> Result<Self, BindError> {
        Ok(Self(value))
    }

    fn write(&self, out: &mut dyn Sink) {
        write_value(&self.0, out);
    }
}

impl WireValue for () {
    const TYPE: Type = Type::Void;
    const NULLABLE: bool = true;

    fn bind(_: Value, _: &BindCx<'_>) -> Result<Self, BindError> {
        Ok(())
    }

    /// Void is answered as an empty list (`spec/webapi.md §10.10`).
    fn write(&self, out: &mut dyn Sink) {
        out.begin_list();
        out.end_list();
    }
}

impl<T: WireValue> WireValue for Option<T> {
    const TYPE: Type = T::TYPE;
    const NULLABLE: bool = true;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        if value.is_null() || becomes_null(&T::TYPE, &value) {
            return Ok(None);
        }
        T::bind(value, cx).map(Some)
    }

    fn bind_into(&mut self, value: Value, cx: &BindCx<'_>) -> Result<(), BindError> {
        *self = Self::bind(value, cx)?;
        Ok(())
    }

    fn write(&self, out: &mut dyn Sink) {
        match self {
            Some(value) => value.write(out),
            None => out.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(WireValue::is_absent)
    }
}

impl<T: WireValue> WireValue for Vec<T> {
    const TYPE: Type = Type::List(&T::TYPE);

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        let elements = list_elements(value, &T::TYPE, cx)?;
        elements
            .into_iter()
            .map(|element| T::bind_element(element, cx))
            .collect()
    }

    fn bind_into(&mut self, value: Value, cx: &BindCx<'_>) -> Result<(), BindError> {
        if !value.is_null() && !becomes_null(&Self::TYPE, &value) {
            *self = Self::bind(value, cx)?;
        }
        Ok(())
    }

    fn write(&self, out: &mut dyn Sink) {
        out.begin_list();
        for element in self {
            element.write(out);
        }
        out.end_list();
    }
}

/// Answers that many requests share.
impl<T: WireValue + Sync> WireValue for Arc<T> {
    const TYPE: Type = T::TYPE;
    const NULLABLE: bool = T::NULLABLE;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        T::bind(value, cx).map(Arc::new)
    }

    fn write(&self, out: &mut dyn Sink) {
        self.as_ref().write(out);
    }

    fn is_absent(&self) -> bool {
        self.as_ref().is_absent()
    }
}

/// A number with more places than a decimal has is rounded; one too large for it is refused.
fn small(text: &str) -> Result<Decimal, rust_decimal::Error> {
    match text.parse::<f64>() {
        Ok(value) if value.abs() < 1.0 => Decimal::from_str(&format!("{value:.28}")),
        _ => Err(rust_decimal::Error::ExceedsMaximumPossibleValue),
    }
}

fn numeric(value: &Value) -> Option<Numeric> {
    match value {
        Value::Number(number) => number
            .as_i64()
            .map(Numeric::Int)
            .or_else(|| number.as_f64().map(Numeric::Float)),
        Value::String(text) => php::numeric(text),
        _ => None,
    }
}

fn truncate(number: Numeric) -> i64 {
    match number {
        Numeric::Int(int) => int,
        // `as` saturates; PHP's result beyond 64 bits is undefined, so any value that cannot panic will do.
        Numeric::Float(float) if float.is_finite() => float as i64,
        Numeric::Float(_) => 0,
    }
}

/// The number at the beginning of a text, which is what PHP's casts look at; empty without one. Numbers longer
/// than 64 characters are cut there.
fn numeric_prefix(text: &str) -> &str {
    let text = text.trim_start();
    let length = text
        .bytes()
        .take(64)
        .take_while(|b| b.is_ascii_digit() || b"+-.eE".contains(b))
        .count();
    let end = (1..=length).rev().find(|end| php::is_numeric(&text[..*end]));
    &text[..end.unwrap_or_default()]
}

#[cfg(test)]
mod tests;
