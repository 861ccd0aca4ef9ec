//! Partial responses: the `fields` parameter (spec/webapi.md §14).

use std::collections::BTreeMap;

use crate::{Value, tree::Node};

/// Brackets inside brackets; Magento has no limit, no answer is nearly that deep.
const MAX_DEPTH: usize = 64;
const CUSTOM_ATTRIBUTES: &str = "custom_attributes";

/// The names to keep, with what to keep below them (`None`: everything).
type Names = BTreeMap<String, Option<Filter>>;

/// A parsed `fields` parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    names: Names,
}

/// Applies the `fields` parameter of a request, in whatever form it was given, to an answer.
///
/// Absent, `""` and `"0"` keep everything; a malformed one or one that is not a string leaves `[]`.
#[must_use]
pub fn select(parameter: Option<&Value>, body: Node) -> Node {
    match parameter {
        None | Some(Value::Null) => body,
        Some(Value::String(text)) if text.is_empty() || text == "0" => body,
        Some(Value::String(text)) => match Filter::parse(text) {
            Some(filter) => filter.apply(body),
            None => nothing_of(body),
        },
        Some(_) => nothing_of(body),
    }
}

/// A scalar is never touched, anything else becomes `[]`.
fn nothing_of(body: Node) -> Node {
    match body {
        Node::Object(_) | Node::List(_) => Node::List(Vec::new()),
        scalar => scalar,
    }
}

impl Filter {
    /// Reads `name,name[name,…],…`.
    ///
    /// `None` for the empty text, a character outside `[A-Za-z0-9_,\[\]]`, a `[` that is not closed, or more than 64
    /// levels. A `]` too many forgets what was read before it. A `[` without a name before it belongs to the name
    /// read last, to no name when there is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b',' | b'[' | b']');
        if text.is_empty() || !text.bytes().all(allowed) {
            return None;
        }
        let mut names = Names::new();
        let mut open: Vec<(String, Names)> = Vec::new();
        let mut last = "";
        for token in text.split_inclusive([',', '[', ']']) {
            let name = token.trim_end_matches([',', '[', ']']);
            if !name.is_empty() {
                names.insert(name.to_owned(), None);
                last = name;
            }
            if token.ends_with('[') {
                if open.len() == MAX_DEPTH {
                    return None;
                }
                open.push((last.to_owned(), std::mem::take(&mut names)));
            } else if token.ends_with(']') {
                let inner = std::mem::take(&mut names);
                if let Some((parent, outer)) = open.pop() {
                    names = outer;
                    names.insert(parent, Some(Self { names: inner }));
                }
            }
        }
        open.is_empty().then_some(Self { names })
    }

    /// Keeps the selected part of an answer, in the answer's order.
    ///
    /// An object keeps the named keys, a list is filtered item by item, scalars stay. An empty list or object that is
    /// filtered becomes `null`. Magento dies (status 500) on a list that holds scalars; here that list becomes `[]`.
    #[must_use]
    pub fn apply(&self, body: Node) -> Node {
        match body {
            Node::Object(members) if members.is_empty() => Node::Null,
            Node::Object(members) => self.keep(members),
            Node::List(items) if items.is_empty() => Node::Null,
            Node::List(items) => {
                let kept: Option<Vec<Node>> = items.into_iter().map(|item| self.item(item)).collect();
                Node::List(kept.unwrap_or_default())
            }
            scalar => scalar,
        }
    }

    /// An item of a list; `None` for a scalar. Unlike a named list, an item that is a list is an array with the keys
    /// 0, 1, 2, ….
    fn item(&self, item: Node) -> Option<Node> {
        match item {
            Node::Object(members) => Some(self.keep(members)),
            Node::List(items) => {
                let members = items
                    .into_iter()
                    .enumerate()
                    .map(|(index, item)| (index.to_string(), item));
                Some(self.keep(members.collect()))
            }
            _ => None,
        }
    }

    fn keep(&self, members: Vec<(String, Node)>) -> Node {
        let keep = |(key, value): (String, Node)| {
            let value = match self.names.get(&key)? {
                Some(filter) if key == CUSTOM_ATTRIBUTES => filter.custom_attributes(value),
                Some(filter) => filter.apply(value),
                None => value,
            };
            Some((key, value))
        };
        array(members.into_iter().filter_map(keep).collect())
    }

    /// Custom attributes are selected by code; `attribute_code` and `value` select that member of the others.
    fn custom_attributes(&self, value: Node) -> Node {
        let Node::List(entries) = value else { return value };
        let kept = entries.into_iter().enumerate().filter_map(|(index, entry)| {
            let Node::Object(mut members) = entry else {
                return None;
            };
            let named = members.iter().any(|(key, value)| {
                key == "attribute_code" && matches!(value, Node::Str(code) if self.names.contains_key(code))
            });
            members.retain(|(key, _)| {
                matches!(key.as_str(), "attribute_code" | "value") && (named || self.names.contains_key(key))
            });
            (!members.is_empty()).then(|| (index.to_string(), Node::Object(members)))
        });
        array(kept.collect())
    }
}

/// A PHP array: a list when its keys are 0, 1, 2, … in order, also when it is empty.
fn array(members: Vec<(String, Node)>) -> Node {
    if members
        .iter()
        .enumerate()
        .all(|(index, (key, _))| *key == index.to_string())
    {
        Node::List(members.into_iter().map(|(_, value)| value).collect())
    } else {
        Node::Object(members)
    }
}

#[cfg(test)]
mod tests;
