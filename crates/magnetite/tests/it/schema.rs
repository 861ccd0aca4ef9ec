//! The generated Swagger document, compared with Adobe's published one and with recorded ones.
//!
//! Descriptions, summaries and tags are texts of the publisher and do not count; everything else does. What
//! differs stands in `schema_differences.txt`, which must be exactly what is found: it may only get shorter.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value};
use testkit::goldens::{self, Replay, Row};
use testkit::magento::Dump;
use testkit::server::Installation;
use testkit::shared;

use crate::support::{BINARY, now, openapi, routes, serve, standalone};

/// How recorded documents differ, for the reason that `schema_differences.txt` has for the published one.
const RECORDED: [&str; 2] = ["/responses/400: ", "/responses/500: "];

/// Members that do not count.
const TEXTS: [&str; 4] = ["description", "summary", "tags", "title"];

#[test]
fn the_document_is_the_published_one() -> Result<()> {
    let Some(file) = shared("spec/openapi/admin-oss-2.4.7.yaml") else {
        return Ok(());
    };
    let published: Value = serde_norway::from_str(&std::fs::read_to_string(file)?)?;
    let installation = Installation::sqlite(BINARY)?;
    let ours = openapi(&installation)?;
    let mut found = BTreeSet::new();
    let mut names = Vec::new();
    for (verb, path) in routes(&installation)? {
        let verb = verb.to_lowercase();
        let (ours, published) = (&ours["paths"][&path][&verb], &published["paths"][&path][&verb]);
        compare(
            &format!("{verb} {path}"),
            &plain(ours),
            &plain(published),
            &mut found,
        );
        references(ours, &mut names);
        references(published, &mut names);
    }
    let mut compared = 0;
    while let Some(name) = names.get(compared).cloned() {
        let (ours, published) = (&ours["definitions"][&name], &published["definitions"][&name]);
        compare(&name, &plain(ours), &plain(published), &mut found);
        references(ours, &mut names);
        references(published, &mut names);
        compared += 1;
    }
    assert!(compared >= 10, "only {compared} definitions");
    let unused: Vec<_> = members(&ours["definitions"])
        .filter(|(name, _)| !names.contains(name))
        .collect();
    assert!(
        unused.is_empty(),
        "definitions that nothing refers to: {unused:?}"
    );
    check_list(&found)
}

/// Compares the differences with the list of them.
fn check_list(found: &BTreeSet<String>) -> Result<()> {
    let list = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/schema_differences.txt");
    let text = std::fs::read_to_string(&list).with_context(|| format!("{}", list.display()))?;
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let listed: BTreeSet<String> = lines.map(ToOwned::to_owned).collect();
    let new: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(found).collect();
    assert!(
        new.is_empty(),
        "the document differs in new ways:\n{}",
        join(&new)
    );
    assert!(
        gone.is_empty(),
        "take these lines off {}:\n{}",
        list.display(),
        join(&gone)
    );
    Ok(())
}

fn join(lines: &[&String]) -> String {
    lines
        .iter()
        .map(|line| line.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn recorded_documents_are_matched() -> Result<()> {
    let (Some(stock), Some(several)) = (Dump::Fresh.attach(BINARY)?, Dump::MultistoreStart.attach(BINARY)?)
    else {
        return Ok(());
    };
    assert!(recorded(&stock, "replay")? >= 3);
    assert!(recorded(&several, "ms-replay")? >= 4);
    Ok(())
}

#[test]
fn a_new_installation_has_the_recorded_documents() -> Result<()> {
    assert!(recorded(&standalone()?, "replay")? >= 3 || shared("goldens").is_none());
    Ok(())
}

/// Compares the recorded documents of a section as far as their operations are built; the number of them.
fn recorded(installation: &Installation, section: &str) -> Result<usize> {
    let Some(rows) = goldens::section(section)? else {
        return Ok(0);
    };
    let built = routes(installation)?;
    let server = serve(installation)?;
    let mut replay = Replay::new(server.client(), section)?.with_key(&crate::support::key(installation)?);
    let mut compared = 0;
    let ours = |row: &Row| row.name.starts_with("schema.") && !row.path.contains("async") && row.compare;
    for row in rows.iter().filter(|row| ours(row)) {
        let Some(response) = &row.response else { continue };
        let reply = replay.send(row, now()?)?;
        assert_eq!(reply.status, response.status, "{}: {}", row.name, reply.body);
        compared += 1;
        if response.status != 200 {
            assert_eq!(reply.body, response.body, "{}", row.name);
            continue;
        }
        assert_eq!(
            reply.header("content-type"),
            Some("application/json"),
            "{}",
            row.name
        );
        let (mut wanted, mut got) = (serde_json::from_str(&response.body)?, reply.json()?);
        assert_eq!(got["host"], server.address().to_string(), "{}", row.name);
        for document in [&mut wanted, &mut got] {
            document["host"] = Value::Null;
            reduce(document, &built);
        }
        let mut differences = BTreeSet::new();
        compare("", &plain(&got), &plain(&wanted), &mut differences);
        differences.retain(|line| !RECORDED.iter().any(|known| line.contains(known)));
        assert!(differences.is_empty(), "{}: {differences:#?}", row.name);
    }
    Ok(compared)
}

/// Takes out of a document what belongs to operations that are not built; tags keep their names.
fn reduce(document: &mut Value, built: &[(String, String)]) {
    let mut paths = Map::new();
    for (path, verbs) in members(&document["paths"]) {
        let known = |verb: &str| built.contains(&(verb.to_uppercase(), path.clone()));
        let verbs: Map<_, _> = members(verbs)
            .filter(|(verb, _)| known(verb))
            .map(owned)
            .collect();
        if !verbs.is_empty() {
            paths.insert(path.clone(), Value::Object(verbs));
        }
    }
    let paths = Value::Object(paths);
    let mut names = Vec::new();
    references(&paths, &mut names);
    let mut next = 0;
    while let Some(name) = names.get(next).cloned() {
        references(&document["definitions"][&name], &mut names);
        next += 1;
    }
    let kept = members(&document["definitions"])
        .filter(|(name, _)| names.contains(name))
        .map(owned)
        .collect();
    let mut tags = BTreeSet::new();
    for (_, verbs) in members(&paths) {
        tags.extend(members(verbs).filter_map(|(_, operation)| operation["tags"][0].as_str()));
    }
    let tags = tags.into_iter().map(Value::from).collect();
    document["definitions"] = Value::Object(kept);
    document["services"] = tags;
    document["paths"] = paths;
}

fn owned((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The names of the definitions that a part of a document refers to, each once.
fn references(node: &Value, names: &mut Vec<String>) {
    match node {
        Value::Object(fields) => {
            let target = fields.get("$ref").and_then(Value::as_str);
            if let Some(name) = target.and_then(|target| target.strip_prefix("#/definitions/"))
                && !names.iter().any(|known| known == name)
            {
                names.push(name.to_owned());
            }
            fields.values().for_each(|child| references(child, names));
        }
        Value::Array(items) => items.iter().for_each(|child| references(child, names)),
        _ => {}
    }
}

/// A part of a document without its texts. The member `properties` keeps what is called like a text.
fn plain(node: &Value) -> Value {
    match node {
        Value::Object(fields) => {
            let mut kept = Map::new();
            for (key, child) in fields {
                if key == "properties" || key == "definitions" || key == "paths" {
                    let inner = members(child).map(|(name, child)| (name.clone(), plain(child)));
                    kept.insert(key.clone(), Value::Object(inner.collect()));
                } else if !TEXTS.contains(&key.as_str()) {
                    kept.insert(key.clone(), plain(child));
                }
            }
            Value::Object(kept)
        }
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        other => other.clone(),
    }
}

/// Notes down what is not the same. The order of properties and of lists counts, that of other members does not.
fn compare(place: &str, ours: &Value, reference: &Value, found: &mut BTreeSet<String>) {
    match (ours, reference) {
        (Value::Object(left), Value::Object(right)) => {
            let keys = |fields: &Map<String, Value>| fields.keys().cloned().collect::<Vec<_>>();
            if place.ends_with("/properties") && keys(left) != keys(right) {
                found.insert(format!(
                    "{place}: {:?}, in the reference {:?}",
                    keys(left),
                    keys(right)
                ));
            }
            let all: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
            for key in all {
                let (left, right) = (left.get(key), right.get(key));
                let (left, right) = (left.unwrap_or(&Value::Null), right.unwrap_or(&Value::Null));
                compare(&format!("{place}/{key}"), left, right, found);
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(&format!("{place}/{index}"), left, right, found);
            }
        }
        _ if ours == reference => {}
        _ => {
            found.insert(format!("{place}: {ours}, in the reference {reference}"));
        }
    }
}
