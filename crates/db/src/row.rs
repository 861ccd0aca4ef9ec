//! Rows of a result.

use crate::mysql;
use crate::sqlite;
use crate::value::{FromValue, Value};
use crate::{Error, Result};
use rust_decimal::Decimal;

/// One row of a result, valid while it is read.
pub struct Row<'a>(Inner<'a>);

enum Inner<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    MySql(&'a mysql_async::Row),
}

impl<'a> Row<'a> {
    pub(crate) fn sqlite(row: &'a rusqlite::Row<'a>) -> Self {
        Self(Inner::Sqlite(row))
    }

    pub(crate) fn mysql(row: &'a mysql_async::Row) -> Self {
        Self(Inner::MySql(row))
    }

    /// Reads the column at `index`, from 0.
    ///
    /// # Errors
    /// [`Error::Column`] when there is none such or it cannot be read as `T`.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T> {
        let value = self
            .value(index)
            .ok_or_else(|| column(index.to_string(), "is not in the result"))?;
        T::from_value(value).map_err(|reason| column(self.name(index), reason))
    }

    /// Reads the column called `name` (letter case does not matter).
    ///
    /// # Errors
    /// [`Error::Column`] when there is none such or it cannot be read as `T`.
    pub fn named<T: FromValue>(&self, name: &str) -> Result<T> {
        let index = match &self.0 {
            Inner::Sqlite(row) => row.as_ref().column_index(name).ok(),
            Inner::MySql(row) => row
                .columns_ref()
                .iter()
                .position(|c| c.name_ref().eq_ignore_ascii_case(name.as_bytes())),
        };
        self.get(index.ok_or_else(|| column(name.to_owned(), "is not in the result"))?)
    }

    fn value(&self, index: usize) -> Option<Value<'_>> {
        match &self.0 {
            Inner::Sqlite(row) => sqlite::value(row, index),
            Inner::MySql(row) => mysql::value(row, index),
        }
    }

    fn name(&self, index: usize) -> String {
        match &self.0 {
            Inner::Sqlite(row) => row.as_ref().column_name(index).unwrap_or_default().to_owned(),
            Inner::MySql(row) => row
                .columns_ref()
                .get(index)
                .map(|c| c.name_str().into_owned())
                .unwrap_or_default(),
        }
    }
}

fn column(column: String, reason: &'static str) -> Error {
    Error::Column { column, reason }
}

/// A type that can be read from a row: a single value, a tuple by position, or a struct of your own
/// that reads its columns by name ([`Row::named`]).
pub trait FromRow: Sized {
    /// Reads the row.
    ///
    /// # Errors
    /// [`Error::Column`] for the first column that does not fit.
    fn from_row(row: &Row<'_>) -> Result<Self>;
}

macro_rules! scalar {
    ($($type:ty),*) => {$(
        impl FromRow for $type {
            fn from_row(row: &Row<'_>) -> Result<Self> {
                row.get(0)
            }
        }
    )*};
}
scalar!(i64, i32, i16, u64, u32, u16, u8, bool, String, Vec<u8>, Decimal);

impl<T: FromValue> FromRow for Option<T> {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        row.get(0)
    }
}

macro_rules! tuple {
    ($($name:ident $index:tt),+) => {
        impl<$($name: FromValue),+> FromRow for ($($name,)+) {
            fn from_row(row: &Row<'_>) -> Result<Self> {
                Ok(($(row.get::<$name>($index)?,)+))
            }
        }
    };
}
tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
