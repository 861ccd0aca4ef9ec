//! PHP array literals.

mod lexer;
mod parser;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;

pub(crate) use parser::parse;

/// The file is not a PHP program that returns one array of literals.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ParseError {
    /// Line in the file, from 1.
    pub line: usize,
    /// What was found, or was missing. Never holds text of the file, which has secrets in it.
    pub what: &'static str,
}

/// A PHP literal.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a point or an exponent, or a whole one beyond 64 bits.
    Float(f64),
    /// A string.
    Text(String),
    /// An array in its order. Whole-number keys are written in digits; PHP takes both forms for one key.
    Array(IndexMap<String, Value>),
}

impl Value {
    /// The value below these keys, one array after the other.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |value, key| match value {
            Self::Array(items) => items.get(*key),
            _ => None,
        })
    }

    /// A string as it is, a number or boolean as PHP prints it; nothing for null and arrays.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Null | Self::Array(_) => None,
            Self::Bool(value) => Some(if *value { "1" } else { "" }.to_owned()),
            Self::Int(value) => Some(value.to_string()),
            Self::Float(value) => Some(value.to_string()),
            Self::Text(text) => Some(text.clone()),
        }
    }

    /// The texts in an array; none of anything else.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Array(items) => items.values().filter_map(Self::text).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether PHP takes it for true.
    #[must_use]
    pub fn is_true(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Text(text) => !text.is_empty() && text != "0",
            Self::Array(items) => !items.is_empty(),
        }
    }
}

/// Shows the kind only: the files hold passwords and keys.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Bool(_) => "Bool",
            Self::Int(_) => "Int",
            Self::Float(_) => "Float",
            Self::Text(_) => "Text",
            Self::Array(_) => "Array",
        })
    }
}
