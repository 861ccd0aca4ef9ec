//! Parameters of a statement.

use rust_decimal::Decimal;

/// One parameter. Its `Debug` shows the kind only: values may be secrets.
#[derive(Clone, PartialEq)]
pub enum Param {
    /// NULL.
    Null,
    /// Any integer or boolean.
    Int(i64),
    /// Text; also dates and times, `YYYY-MM-DD HH:MM:SS` in UTC.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An exact number.
    Decimal(Decimal),
}

impl std::fmt::Debug for Param {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Int(_) => "Int(_)",
            Self::Text(_) => "Text(_)",
            Self::Bytes(_) => "Bytes(_)",
            Self::Decimal(_) => "Decimal(_)",
        })
    }
}

macro_rules! from {
    ($($from:ty => |$value:ident| $to:expr;)*) => {$(
        impl From<$from> for Param {
            fn from($value: $from) -> Self {
                $to
            }
        }
    )*};
}

from! {
    i64 => |v| Self::Int(v);
    i32 => |v| Self::Int(v.into());
    i16 => |v| Self::Int(v.into());
    u32 => |v| Self::Int(v.into());
    u16 => |v| Self::Int(v.into());
    u8 => |v| Self::Int(v.into());
    bool => |v| Self::Int(v.into());
    &str => |v| Self::Text(v.to_owned());
    &String => |v| Self::Text(v.clone());
    String => |v| Self::Text(v);
    Vec<u8> => |v| Self::Bytes(v);
    &[u8] => |v| Self::Bytes(v.to_vec());
    Decimal => |v| Self::Decimal(v);
}

impl<T: Into<Param>> From<Option<T>> for Param {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Makes a slice of [`Param`] from values of mixed types: `params![id, "code", None::<i64>]`.
#[macro_export]
macro_rules! params {
    () => { (&[] as &[$crate::Param]) };
    ($($value:expr),+ $(,)?) => { (&[$($crate::Param::from($value)),+] as &[$crate::Param]) };
}
