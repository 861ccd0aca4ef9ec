//! Where parameters come from and which of two wins (`spec/webapi.md §5`).

use serde_json::Map;
use wire::{Value, naming};

use crate::operation::{Forced, Operation, Verb};
use crate::types::Type;

/// The named values of a call, before they are typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Input(pub Map<String, Value>);

/// What a request carries, for [`Input::merge`].
#[derive(Debug, Default)]
pub struct Sources {
    /// Variables of the path in path order, decoded.
    pub path: Vec<(&'static str, String)>,
    /// The query string.
    pub query: Map<String, Value>,
    /// The body; `Null` when there is none.
    pub body: Value,
}

impl Input {
    /// Merges path, query and body for a call of `operation` by `verb`.
    pub fn merge(operation: &Operation, verb: Verb, sources: Sources) -> Self {
        let Sources { path, query, body } = sources;
        let mut input = match verb {
            // The body of a GET or DELETE is never looked at (§5.3).
            Verb::Get | Verb::Delete => Map::new(),
            Verb::Post => body_map(body),
            Verb::Put => {
                let mut body = body_map(body);
                if let Some((name, value)) = last_parameter(&path, &query) {
                    override_id(operation, &mut body, name, value);
                }
                body
            }
        };
        for (key, value) in query {
            input.insert(key, value);
        }
        for (name, value) in path {
            input.insert(name.to_owned(), Value::from(value));
        }
        Self(input)
    }

    /// Sets the forced parameters of a route (§5.8); `resolve` gives the value of a `%placeholder%`.
    pub fn force(&mut self, forced: &[Forced], resolve: &mut dyn FnMut(&str) -> Value) {
        for Forced { name, value } in forced {
            let value = match *value {
                "null" => Value::Null,
                placeholder if placeholder.starts_with('%') && placeholder.ends_with('%') => {
                    resolve(placeholder)
                }
                literal => Value::from(literal),
            };
            set_at(&mut self.0, name, value);
        }
    }
}

/// The body's members. A list has its positions as keys, a scalar is a list of one (§7.6).
fn body_map(body: Value) -> Map<String, Value> {
    match body {
        Value::Object(members) => members,
        Value::Array(elements) => elements
            .into_iter()
            .enumerate()
            .map(|(i, v)| (i.to_string(), v))
            .collect(),
        Value::Null => Map::new(),
        scalar => std::iter::once(("0".to_owned(), scalar)).collect(),
    }
}

/// The last of (variables of the path, then parameters of the query). A query parameter named like a variable
/// is that variable (§5.2).
fn last_parameter<'a>(
    path: &'a [(&'static str, String)],
    query: &'a Map<String, Value>,
) -> Option<(&'a str, Value)> {
    let is_variable = |key: &str| path.iter().any(|(name, _)| *name == key);
    let of_query = query.iter().rev().find(|(key, _)| !is_variable(key));
    match of_query {
        Some((key, value)) => Some((key, value.clone())),
        None => path
            .last()
            .map(|(name, value)| (*name, Value::from(value.as_str()))),
    }
}

/// Copies the id of the path into the body of a PUT (§5.7).
fn override_id(operation: &Operation, body: &mut Map<String, Value>, name: &str, value: Value) {
    if value == "me" {
        return;
    }
    if body.len() == 1
        && let Some((key, Value::Object(inner))) = body.iter_mut().next()
        && has_member(operation, key, name)
    {
        insert_spelled(inner, name, value);
        return;
    }
    insert_spelled(body, name, value);
}

/// Whether the parameter `key` is a data object with a member called like the path variable `name`. Magento
/// knows the camelCase name of the parameter only; here both spellings count, so that a body in snake_case
/// cannot keep an id of its own.
fn has_member(operation: &Operation, key: &str, name: &str) -> bool {
    let Some(parameter) = operation
        .parameters
        .iter()
        .find(|p| p.name == key || p.snake == key)
    else {
        return false;
    };
    let Type::Object(table) = parameter.ty else {
        return false;
    };
    let accessor = naming::upper_camel(name);
    table()
        .fields
        .iter()
        .any(|field| field.accessor == accessor && !field.read_only)
}

/// Sets `name` in camelCase if that is set already, else in snake_case.
fn insert_spelled(map: &mut Map<String, Value>, name: &str, value: Value) {
    let camel = naming::lower_camel(name);
    let key = if map.get(&camel).is_some_and(|value| !value.is_null()) {
        camel
    } else {
        naming::snake(name)
    };
    map.insert(key, value);
}

/// Sets a dotted name, making the objects on the way. Each part goes under its camelCase spelling if that is
/// there, else under the declared one. Other spellings of the part are removed: they would be read after it, or
/// instead of it, and so let a client choose what the server means to force.
fn set_at(map: &mut Map<String, Value>, dotted: &str, value: Value) {
    let (head, rest) = dotted
        .split_once('.')
        .map_or((dotted, None), |(head, rest)| (head, Some(rest)));
    let spellings = [naming::lower_camel(head), head.to_owned(), naming::snake(head)];
    let known = spellings.iter().find(|key| map.contains_key(*key)).cloned();
    let key = match rest {
        Some(_) => known.unwrap_or_else(|| head.to_owned()),
        None => known
            .filter(|key| *key == spellings[0])
            .unwrap_or_else(|| head.to_owned()),
    };
    let accessor = naming::upper_camel(head);
    map.retain(|other, _| *other == key || naming::upper_camel(other) != accessor);
    let Some(rest) = rest else {
        map.insert(key, value);
        return;
    };
    let entry = map.entry(key).or_insert(Value::Null);
    let mut inner = match std::mem::take(entry) {
        container @ (Value::Object(_) | Value::Array(_)) => body_map(container),
        _ => Map::new(),
    };
    set_at(&mut inner, rest, value);
    *entry = Value::Object(inner);
}

#[cfg(test)]
mod tests;
