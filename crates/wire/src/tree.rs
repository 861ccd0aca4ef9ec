//! An answer as a tree, for what cannot be written straight through: XML and `fields=`.

use crate::{Sink, Value, php};

/// One value of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number as PHP prints it in JSON, see [`php::float_to_string`].
    Float(String),
    /// A string.
    Str(String),
    /// Named values in their order.
    Object(Vec<(String, Node)>),
    /// Values without names.
    List(Vec<Node>),
}

impl Node {
    /// Writes the tree into a sink.
    pub fn write(&self, sink: &mut dyn Sink) {
        match self {
            Self::Null => sink.null(),
            Self::Bool(value) => sink.bool(*value),
            Self::Int(value) => sink.int(*value),
            Self::Float(text) => sink.float(text),
            Self::Str(value) => sink.str(value),
            Self::Object(members) => {
                sink.begin_object();
                for (key, value) in members {
                    sink.key(key);
                    value.write(sink);
                }
                sink.end_object();
            }
            Self::List(items) => {
                sink.begin_list();
                for item in items {
                    item.write(sink);
                }
                sink.end_list();
            }
        }
    }
}

/// Writes a value into a sink as its [`Node`] is written.
pub fn write_value(value: &Value, sink: &mut dyn Sink) {
    match value {
        Value::Null => sink.null(),
        Value::Bool(value) => sink.bool(*value),
        Value::Number(number) => match number.as_i64() {
            Some(value) => sink.int(value),
            None => sink.float(&php::float_to_string(number.as_f64().unwrap_or_default())),
        },
        Value::String(value) => sink.str(value),
        Value::Array(items) => {
            sink.begin_list();
            for item in items {
                write_value(item, sink);
            }
            sink.end_list();
        }
        Value::Object(members) => {
            sink.begin_object();
            for (key, value) in members {
                sink.key(key);
                write_value(value, sink);
            }
            sink.end_object();
        }
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => match number.as_i64() {
                Some(value) => Self::Int(value),
                None => Self::Float(php::float_to_string(number.as_f64().unwrap_or_default())),
            },
            Value::String(value) => Self::Str(value),
            Value::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members
                    .into_iter()
                    .map(|(key, value)| (key, Self::from(value)))
                    .collect(),
            ),
        }
    }
}

/// A sink that keeps what it is given as a [`Node`].
#[derive(Debug, Default)]
pub struct TreeSink {
    root: Option<Node>,
    open: Vec<Open>,
}

/// A container that is not closed yet.
#[derive(Debug)]
enum Open {
    Object(Vec<(String, Node)>, String),
    List(Vec<Node>),
}

impl TreeSink {
    /// An empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The tree; [`Node::Null`] when nothing was written.
    #[must_use]
    pub fn into_node(self) -> Node {
        self.root.unwrap_or(Node::Null)
    }

    fn put(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(Open::Object(members, key)) => members.push((std::mem::take(key), node)),
            Some(Open::List(items)) => items.push(node),
            None => self.root = Some(node),
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Object(members, _)) => self.put(Node::Object(members)),
            Some(Open::List(items)) => self.put(Node::List(items)),
            None => {}
        }
    }
}

impl Sink for TreeSink {
    fn null(&mut self) {
        self.put(Node::Null);
    }
    fn bool(&mut self, value: bool) {
        self.put(Node::Bool(value));
    }
    fn int(&mut self, value: i64) {
        self.put(Node::Int(value));
    }
    fn float(&mut self, text: &str) {
        self.put(Node::Float(text.to_owned()));
    }
    fn str(&mut self, value: &str) {
        self.put(Node::Str(value.to_owned()));
    }
    fn begin_object(&mut self) {
        self.open.push(Open::Object(Vec::new(), String::new()));
    }
    fn key(&mut self, name: &str) {
        if let Some(Open::Object(_, key)) = self.open.last_mut() {
            name.clone_into(key);
        }
    }
    fn end_object(&mut self) {
        self.close();
    }
    fn begin_list(&mut self) {
        self.open.push(Open::List(Vec::new()));
    }
    fn end_list(&mut self) {
        self.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_written_into_a_tree_sink_is_the_same_tree() {
        let text = r#"{"a":[1,2.5,"x",null,true,[],{}],"b":{"c":{"d":18446744073709551615}}}"#;
        let node = Node::from(serde_json::from_str::<Value>(text).unwrap());
        let mut sink = TreeSink::new();
        node.write(&mut sink);
        assert_eq!(sink.into_node(), node);
    }

    #[test]
    fn a_whole_float_has_no_fraction() {
        assert_eq!(Node::from(serde_json::json!(25.0)), Node::Float("25".to_owned()));
    }

    #[test]
    fn nothing_written_is_null() {
        assert_eq!(TreeSink::new().into_node(), Node::Null);
    }
}
