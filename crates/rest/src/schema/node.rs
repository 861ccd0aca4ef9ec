//! Short names for building documents.

use contract::Type;
use wire::tree::Node;

/// An object with these members.
pub(super) fn object<const N: usize>(members: [(&str, Node); N]) -> Node {
    Node::Object(
        members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

/// A text.
pub(super) fn text(text: &str) -> Node {
    Node::Str(text.to_owned())
}

/// A list of texts.
pub(super) fn texts<'a>(items: impl IntoIterator<Item = &'a str>) -> Node {
    Node::List(items.into_iter().map(text).collect())
}

/// A reference to a definition.
pub(super) fn reference(name: &str) -> Node {
    object([("$ref", Node::Str(format!("#/definitions/{name}")))])
}

/// The members that describe a type; `doc` stands where Magento puts it, and is left out when empty.
pub(super) fn describe(ty: &Type, doc: &str) -> Vec<(String, Node)> {
    let mut members = match ty {
        Type::Object(table) => {
            return vec![(
                "$ref".to_owned(),
                Node::Str(format!("#/definitions/{}", table().name)),
            )];
        }
        Type::Int => vec![("type".to_owned(), text("integer"))],
        Type::Float => vec![("type".to_owned(), text("number"))],
        Type::Bool => vec![("type".to_owned(), text("boolean"))],
        Type::String | Type::Mixed | Type::Void => vec![("type".to_owned(), text("string"))],
        Type::List(_) => vec![("type".to_owned(), text("array"))],
    };
    if !doc.is_empty() {
        members.push(("description".to_owned(), text(doc)));
    }
    if let Type::List(element) = ty {
        members.push(("items".to_owned(), Node::Object(describe(element, ""))));
    }
    members
}
