//! `custom_attributes`: values of EAV attributes (`spec/webapi.md §6.1`, `§10.7`).

use wire::tree::write_value;
use wire::{Sink, Value, php};

use crate::bind::{BindCx, BindError};
use crate::types::{DataType, Field, Type, WireValue};

/// The type that an attribute's backend gives to its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeType {
    /// Backend `int`.
    Int,
    /// Backend `decimal`. Magento makes 0 of any text that is no number, which would give things away; here
    /// such a text is refused.
    Decimal,
    /// Backend `varchar`, `text`, `datetime`.
    Text,
    /// A list of ids, as `category_ids`.
    IntList,
    /// A list of words, as `available_sort_by`.
    TextList,
    /// Backend `static`, and attributes nobody knows: passed through.
    Mixed,
}

/// Looks up the types of custom attributes; a service of the process, as `Arc<dyn AttributeTypes>`.
pub trait AttributeTypes: Send + Sync {
    /// The type of the attribute `code` of a data object, which is given by its name in the schema
    /// (`catalog-data-product-interface`); [`AttributeType::Mixed`] when it is unknown.
    fn attribute_type(&self, object: &str, code: &str) -> AttributeType;
}

/// One attribute with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomAttribute {
    /// The attribute's code.
    pub code: String,
    /// Its value; mostly a string.
    pub value: Value,
}

/// The custom attributes of an entity, in order; the key is left out when there are none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CustomAttributes(pub Vec<CustomAttribute>);

const ATTRIBUTE: &DataType = &DataType {
    name: "framework-attribute-interface",
    doc: "Attribute of an entity, with its value.",
    fields: &[
        Field {
            key: "attribute_code",
            accessor: "AttributeCode",
            doc: "Attribute code.",
            ty: Type::String,
            required: true,
            read_only: false,
        },
        Field {
            key: "value",
            accessor: "Value",
            doc: "Value.",
            ty: Type::Mixed,
            required: true,
            read_only: false,
        },
    ],
};

const ATTRIBUTE_TYPE: Type = Type::Object(|| ATTRIBUTE);

impl WireValue for CustomAttributes {
    const TYPE: Type = Type::List(&ATTRIBUTE_TYPE);
    const NULLABLE: bool = true;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        let mut found: Vec<CustomAttribute> = Vec::new();
        let mut put = |code: String, value: Value| -> Result<(), BindError> {
            let value = convert(&code, value, cx)?;
            match found.iter_mut().find(|a| a.code == code) {
                Some(earlier) => earlier.value = value,
                None => found.push(CustomAttribute { code, value }),
            }
            Ok(())
        };
        match value {
            Value::Array(entries) => {
                for entry in entries {
                    let (code, value) = entry_parts(entry)?;
                    put(code, value)?;
                }
            }
            Value::Object(members) => {
                for (key, value) in members {
                    match value {
                        Value::Array(_) | Value::Object(_) => {
                            let (code, value) = entry_parts(value)?;
                            put(code, value)?;
                        }
                        scalar => put(key, scalar)?,
                    }
                }
            }
            _ => {}
        }
        Ok(Self(found))
    }

    fn write(&self, out: &mut dyn Sink) {
        out.begin_list();
        for attribute in &self.0 {
            out.begin_object();
            out.key("attribute_code");
            out.str(&attribute.code);
            out.key("value");
            write_value(&attribute.value, out);
            out.end_object();
        }
        out.end_list();
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}

/// Code and value of `{"attribute_code": …, "value": …}`.
fn entry_parts(entry: Value) -> Result<(String, Value), BindError> {
    let Value::Object(mut members) = entry else {
        return Err(BindError::Value(
            "An empty custom attribute is specified. Enter the attribute and try again.".to_owned(),
        ));
    };
    if members.is_empty() {
        return Err(BindError::Value(
            "An empty custom attribute is specified. Enter the attribute and try again.".to_owned(),
        ));
    }
    let code = members
        .shift_remove("attribute_code")
        .or_else(|| members.shift_remove("attributeCode"));
    let Some(code) = code
        .as_ref()
        .and_then(php::to_string_cast)
        .filter(|code| !code.is_empty())
    else {
        return Err(BindError::Value(
            "A custom attribute is specified with a missing attribute code. Verify the code and try again."
                .to_owned(),
        ));
    };
    match members.shift_remove("value") {
        Some(value) => Ok((code, value)),
        None => Err(BindError::Value(format!(
            "The \"{code}\" attribute code doesn't have a value set. Enter the value and try again."
        ))),
    }
}

fn convert(code: &str, value: Value, cx: &BindCx<'_>) -> Result<Value, BindError> {
    if value.is_null() {
        return Ok(value);
    }
    let wrong = |error: BindError| match error {
        BindError::Value(text) => BindError::Value(format!("Attribute \"{code}\" has invalid value. {text}")),
        other => other,
    };
    let ty = cx.attributes.map_or(AttributeType::Mixed, |types| {
        types.attribute_type(cx.object, code)
    });
    match ty {
        AttributeType::Int => i64::bind(value, cx).map(Value::from).map_err(wrong),
        AttributeType::Text => String::bind(value, cx).map(Value::from).map_err(wrong),
        // An empty text takes a price away again.
        AttributeType::Decimal if value == "" => Ok(value),
        AttributeType::Decimal => {
            let text = php::to_string_cast(&value).unwrap_or_default();
            rust_decimal::Decimal::bind(value, cx)
                .map(|_| Value::from(text))
                .map_err(wrong)
        }
        AttributeType::IntList => Vec::<i64>::bind(value, cx).map(Value::from).map_err(wrong),
        AttributeType::TextList => Vec::<String>::bind(value, cx).map(Value::from).map_err(wrong),
        AttributeType::Mixed => Ok(value),
    }
}

#[cfg(test)]
mod tests;
