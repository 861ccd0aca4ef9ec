//! `tags` and `paths`.

use contract::{Operation, Parameter, Route, Type, Verb};
use wire::naming;
use wire::tree::Node;

use super::node::{describe, object, reference, text, texts};

/// A tag for each service.
pub(super) fn tags(operations: &[&'static Operation]) -> Node {
    let mut tags: Vec<(&str, &str)> = Vec::new();
    for operation in operations {
        match tags.iter_mut().find(|(name, _)| *name == operation.service) {
            Some((_, doc)) if doc.is_empty() => *doc = operation.service_doc,
            Some(_) => {}
            None => tags.push((operation.service, operation.service_doc)),
        }
    }
    let tag = |(name, doc)| object([("name", text(name)), ("description", text(doc))]);
    Node::List(tags.into_iter().map(tag).collect())
}

/// Every path with its verbs.
pub(super) fn paths(operations: &[&'static Operation]) -> Node {
    let mut paths: Vec<(String, Node)> = Vec::new();
    for operation in operations {
        for route in operation.routes {
            let path = template(route.path);
            let entry = (route.verb.as_str().to_lowercase(), method(operation, route));
            match paths.iter_mut().find(|(known, _)| *known == path) {
                Some((_, Node::Object(verbs))) => verbs.push(entry),
                _ => paths.push((path, Node::Object(vec![entry]))),
            }
        }
    }
    Node::Object(paths)
}

/// `/V1/products/:sku` → `/V1/products/{sku}`.
fn template(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment.strip_prefix(':') {
        Some(name) => format!("{{{name}}}"),
        None => segment.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

/// `GetV1ProductsSku`.
fn operation_id(route: &Route) -> String {
    let mut id = capitalised(&route.verb.as_str().to_lowercase());
    for segment in route.path.split('/') {
        id.push_str(&capitalised(&segment.replace([':', '-'], "")));
    }
    id
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_ascii_uppercase().to_string() + chars.as_str())
        .unwrap_or_default()
}

fn method(operation: &Operation, route: &Route) -> Node {
    let formats = || texts(["application/json", "application/xml"]);
    let mut members = vec![
        ("tags", texts([operation.service])),
        ("description", text(operation.doc)),
        ("operationId", Node::Str(operation_id(route))),
        ("consumes", formats()),
        ("produces", formats()),
    ];
    let parameters = parameters(operation, route);
    if !parameters.is_empty() {
        members.push(("parameters", Node::List(parameters)));
    }
    members.push(("responses", responses(operation, route)));
    Node::Object(
        members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

fn responses(operation: &Operation, route: &Route) -> Node {
    let failure = |doc: &str| {
        object([
            ("description", text(doc)),
            ("schema", reference("error-response")),
        ])
    };
    let mut members = Vec::new();
    // What answers nothing has no success in Magento's document.
    if !matches!(operation.output, Type::Void) {
        let success = object([
            ("description", text("200 Success.")),
            ("schema", Node::Object(describe(&operation.output, ""))),
        ]);
        members.push(("200", success));
    }
    if route.resource != "anonymous" {
        members.push(("401", failure("401 Unauthorized")));
    }
    if operation.parameters.iter().any(|parameter| parameter.required) {
        members.push(("400", failure("400 Bad Request")));
    }
    members.push(("default", failure("Unexpected error")));
    Node::Object(
        members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

/// Parameters of the path first, then those of the query or the body; forced ones are nobody's to send.
fn parameters(operation: &Operation, route: &Route) -> Vec<Node> {
    let variables: Vec<&str> = route
        .path
        .split('/')
        .filter_map(|segment| segment.strip_prefix(':'))
        .collect();
    let in_path = |p: &&Parameter| variables.contains(&p.name);
    let forced = |p: &&Parameter| {
        route
            .forced
            .iter()
            .any(|f| naming::snake(f.name) == naming::snake(p.name))
    };
    let declared: Vec<&Parameter> = operation.parameters.iter().filter(in_path).collect();
    // A variable that is no parameter ends up in the body's object (`spec/webapi.md §5.7`).
    let undeclared = variables
        .iter()
        .filter(|name| declared.iter().all(|p| p.name != **name));
    let mut list: Vec<Node> = declared.iter().map(|p| placed(p, "path")).collect();
    list.extend(undeclared.map(|name| path_text(name)));
    let others: Vec<&Parameter> = operation
        .parameters
        .iter()
        .filter(|p| !in_path(p) && !forced(p))
        .collect();
    if others.is_empty() {
        return list;
    }
    match route.verb {
        Verb::Get | Verb::Delete => {
            for parameter in others {
                if holds_object(&parameter.ty) {
                    spread(
                        parameter.name,
                        &parameter.ty,
                        parameter.doc,
                        &mut Vec::new(),
                        &mut list,
                    );
                } else {
                    list.push(placed(parameter, "query"));
                }
            }
        }
        Verb::Post | Verb::Put => list.push(body(&others, route)),
    }
    list
}

/// A data object, or a list of them.
fn holds_object(ty: &Type) -> bool {
    match ty {
        Type::List(element) => element.is_object(),
        ty => ty.is_object(),
    }
}

fn path_text(name: &str) -> Node {
    object([
        ("name", text(name)),
        ("in", text("path")),
        ("type", text("string")),
        ("required", Node::Bool(true)),
    ])
}

fn placed(parameter: &Parameter, place: &str) -> Node {
    let mut members = vec![
        ("name".to_owned(), text(parameter.name)),
        ("in".to_owned(), text(place)),
    ];
    members.extend(typed(&parameter.ty, parameter.doc));
    let required = parameter.required || place == "path";
    members.push(("required".to_owned(), Node::Bool(required)));
    Node::Object(members)
}

/// Type before description, as parameters have it.
fn typed(ty: &Type, doc: &str) -> Vec<(String, Node)> {
    let mut members = describe(ty, "");
    if !doc.is_empty() {
        members.push(("description".to_owned(), text(doc)));
    }
    members
}

/// The members of an object in the query: `searchCriteria[filterGroups][0][filters][0][field]`. `open` holds the
/// objects around this one: one that contains itself is not entered a second time.
fn spread(name: &str, ty: &Type, doc: &str, open: &mut Vec<&'static str>, list: &mut Vec<Node>) {
    match ty {
        Type::Object(table) => {
            let table = table();
            if open.contains(&table.name) {
                return;
            }
            open.push(table.name);
            for field in table.fields {
                let name = format!("{name}[{}]", naming::lower_camel(field.key));
                spread(&name, &field.ty, field.doc, open, list);
            }
            open.pop();
        }
        Type::List(element) if element.is_object() => {
            spread(&format!("{name}[0]"), element, doc, open, list);
        }
        _ => {
            let mut members = vec![("name".to_owned(), text(name)), ("in".to_owned(), text("query"))];
            members.extend(typed(ty, doc));
            list.push(Node::Object(members));
        }
    }
}

fn body(parameters: &[&Parameter], route: &Route) -> Node {
    let mut schema = Vec::new();
    let required: Vec<_> = parameters.iter().filter(|p| p.required).map(|p| p.name).collect();
    if !required.is_empty() {
        schema.push(("required".to_owned(), texts(required)));
    }
    let properties = parameters
        .iter()
        .map(|p| (p.name.to_owned(), Node::Object(describe(&p.ty, p.doc))))
        .collect();
    schema.push(("properties".to_owned(), Node::Object(properties)));
    schema.push(("type".to_owned(), text("object")));
    schema.push(("xml".to_owned(), object([("name", text("request"))])));
    object([
        ("name", Node::Str(format!("{}Body", operation_id(route)))),
        ("in", text("body")),
        ("schema", Node::Object(schema)),
    ])
}
