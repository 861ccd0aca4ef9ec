//! Query strings by PHP's rules (spec/webapi.md §5.1).

mod array;
mod name;

use array::{Array, Slot};
use name::{Index, Name};

use crate::{Map, Value, php::decode_form_bytes};

/// PHP's `max_input_vars`.
const MAX_VARIABLES: usize = 1000;

/// Nothing in a query string is an error to PHP; the type is there for callers that treat all inputs alike.
pub type QueryError = std::convert::Infallible;

/// Reads a query string (without `?`) as PHP fills `$_GET`.
///
/// - `a[b][0]=x` nests, `a[]=x` appends under the next integer; arrays are always [`Value::Object`] with the keys in
///   order of appearance, other values are strings; a name without `=` is `""`.
/// - `.` and blanks in the part before the first `[` become `_`, leading blanks go. When the
///   first `[` is never closed the whole name is treated so, with `[` too; a later one and what follows are dropped. What stands between `]` and the next
///   variable is dropped too.
/// - The last duplicate wins at the place of the first; a scalar gives way to an array and the reverse.
/// - After 1000 variables the rest is ignored. A name with more than 64 brackets removes the whole variable of that
///   first name read so far, as PHP does.
/// - Names end at a NUL byte. Bytes that are not UTF-8 become U+FFFD.
///
/// # Errors
/// None, see [`QueryError`].
pub fn parse(query: &str) -> Result<Map<String, Value>, QueryError> {
    let mut variables = Array::default();
    for part in query
        .split('&')
        .filter(|part| !part.is_empty())
        .take(MAX_VARIABLES)
    {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match Name::parse(&decode_form_bytes(name.as_bytes())) {
            Some(Name::Path(path)) => set(&mut variables, path, &decode_form_bytes(value.as_bytes())),
            Some(Name::TooDeep(first)) => variables.remove(&first),
            None => {}
        }
    }
    Ok(variables.into_map())
}

fn set(variables: &mut Array, path: Vec<Index>, value: &[u8]) {
    let mut path = path.into_iter().peekable();
    let mut array = variables;
    while let Some(index) = path.next() {
        if path.peek().is_none() {
            array.insert(index, Slot::Text(String::from_utf8_lossy(value).into_owned()));
            return;
        }
        let Some(inner) = array.descend(index) else { return };
        array = inner;
    }
}

#[cfg(test)]
mod tests;
