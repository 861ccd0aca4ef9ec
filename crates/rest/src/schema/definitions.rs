//! `definitions`: the error envelope and every data object that bodies and answers refer to.

use contract::{DataType, Operation, Route, Type, Verb};
use wire::tree::Node;

use super::node::{describe, object, reference, text, texts};

/// All definitions: errors first, then data objects in the order in which they are met.
pub(super) fn definitions(operations: &[&'static Operation]) -> Node {
    let mut members = errors();
    let (mut seen, mut referred): (Vec<&'static DataType>, Vec<&'static DataType>) = Default::default();
    for operation in operations {
        // In a query objects are spread over the names of parameters.
        let has_body = |route: &Route| matches!(route.verb, Verb::Post | Verb::Put);
        let has_body = operation.routes.iter().any(has_body);
        for parameter in operation.parameters {
            collect(&parameter.ty, &mut seen);
            if has_body {
                collect(&parameter.ty, &mut referred);
            }
        }
        collect(&operation.output, &mut seen);
        collect(&operation.output, &mut referred);
    }
    seen.retain(|table| referred.iter().any(|known| known.name == table.name));
    members.extend(
        seen.into_iter()
            .map(|table| (table.name.to_owned(), definition(table))),
    );
    Node::Object(members)
}

fn collect(ty: &Type, seen: &mut Vec<&'static DataType>) {
    match ty {
        Type::List(element) => collect(element, seen),
        Type::Object(table) => {
            let table = table();
            if seen.iter().any(|known| known.name == table.name) {
                return;
            }
            seen.push(table);
            for field in table.fields {
                collect(&field.ty, seen);
            }
        }
        _ => {}
    }
}

fn definition(table: &DataType) -> Node {
    let mut members = vec![
        ("type".to_owned(), text("object")),
        ("description".to_owned(), text(table.doc)),
    ];
    if !table.fields.is_empty() {
        let properties = table
            .fields
            .iter()
            .map(|f| (f.key.to_owned(), Node::Object(describe(&f.ty, f.doc))));
        members.push(("properties".to_owned(), Node::Object(properties.collect())));
    }
    let required: Vec<_> = table
        .fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.key)
        .collect();
    if !required.is_empty() {
        members.push(("required".to_owned(), texts(required)));
    }
    Node::Object(members)
}

fn errors() -> Vec<(String, Node)> {
    let string = |doc: &str| object([("type", text("string")), ("description", text(doc))]);
    let response = object([
        ("type", text("object")),
        (
            "properties",
            object([
                ("message", string("Error message")),
                ("errors", reference("error-errors")),
                (
                    "code",
                    object([("type", text("integer")), ("description", text("Error code"))]),
                ),
                ("parameters", reference("error-parameters")),
                ("trace", string("Stack trace")),
            ]),
        ),
        ("required", texts(["message"])),
    ]);
    let list = |doc: &str, item: &str| {
        object([
            ("type", text("array")),
            ("description", text(doc)),
            ("items", reference(item)),
        ])
    };
    let details = object([
        ("message", string("Error message")),
        ("parameters", reference("error-parameters")),
    ]);
    let parameters = object([
        ("resources", string("ACL resource")),
        ("fieldName", string("Missing or invalid field name")),
        ("fieldValue", string("Incorrect field value")),
    ]);
    let entry = |doc: &str, properties: Node| {
        object([
            ("type", text("object")),
            ("description", text(doc)),
            ("properties", properties),
        ])
    };
    [
        ("error-response", response),
        ("error-errors", list("Errors list", "error-errors-item")),
        ("error-errors-item", entry("Error details", details)),
        (
            "error-parameters",
            list("Error parameters list", "error-parameters-item"),
        ),
        (
            "error-parameters-item",
            entry("Error parameters item", parameters),
        ),
    ]
    .into_iter()
    .map(|(name, node)| (name.to_owned(), node))
    .collect()
}
