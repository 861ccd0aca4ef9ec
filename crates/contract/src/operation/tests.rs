//! Parameters of operations (`spec/webapi.md §5.5`, `§6.1–6.2`) and what the macro declares.

use rstest::rstest;
use rust_decimal::Decimal;
use serde_json::json;

use super::*;
use crate::cx::Caller;
use crate::search::SearchCriteria;
use crate::testing::{app, call, error_text};

/// A thing.
///
/// With more to say.
#[derive(Debug, Default, contract::DataObject)]
#[data("test-data-thing-interface")]
struct Thing {
    /// SKU.
    sku: String,
}

/// Tells what it was given.
///
/// In two paragraphs.
#[contract::operation("testEchoV1", "Echoes.")]
#[route(POST "/V1/echo/:firstId" => "anonymous", allow_insecure, https_only, force("thing.sku" = "null"))]
#[route(GET "/V1/echo" => "Test::all")]
async fn echo_all(
    _: &mut Cx<'_>,
    /// The first one.
    first_id: i64,
    second_price: Decimal,
    thing: Option<Thing>,
    mut word_list: Option<Vec<String>>,
    r#type: Option<String>,
) -> Result<String> {
    word_list.get_or_insert_default().push("end".to_owned());
    Ok(format!(
        "{first_id} {second_price} {thing:?} {word_list:?} {type:?}"
    ))
}

/// Takes a search.
#[contract::operation("testEchoV1")]
#[route(GET "/V1/search" => "anonymous")]
async fn search(_: &mut Cx<'_>, search_criteria: SearchCriteria) -> Result<SearchCriteria> {
    Ok(search_criteria)
}

/// Has the names that need care.
#[contract::operation("testEchoV1")]
#[route(PUT "/V1/careful" => "anonymous")]
async fn r#move(_: &mut Cx<'_>, address_2: Option<i64>, a_b_id: Option<i64>) -> Result<()> {
    let _ = (address_2, a_b_id);
    Ok(())
}

async fn echo(input: Value) -> Result<String, String> {
    let (app, _folder) = app(&[], &[]).await;
    let reply = (ECHO_ALL.call)(
        &mut Cx::new(&app, Caller::Guest, crate::testing::scope()),
        Input(match input {
            Value::Object(members) => members,
            _ => unreachable!("an input is an object"),
        }),
    )
    .await;
    reply
        .map(|reply| {
            crate::testing::reply_json(&reply)
                .trim_matches('"')
                .replace("\\\"", "\"")
        })
        .map_err(|error| {
            let all: Vec<String> = error
                .errors()
                .iter()
                .map(|detail| format!("{:?}", detail.parameters))
                .collect();
            error_text(&error) + &all.join("")
        })
}

#[test]
fn the_declaration_says_what_was_written() {
    assert_eq!(ECHO_ALL.service, "testEchoV1");
    assert_eq!(ECHO_ALL.service_doc, "Echoes.");
    assert_eq!(ECHO_ALL.method, "echoAll");
    assert_eq!(ECHO_ALL.doc, "Tells what it was given.\nIn two paragraphs.");
    let names: Vec<_> = ECHO_ALL
        .parameters
        .iter()
        .map(|p| (p.name, p.snake, p.ty.name(), p.required, p.doc))
        .collect();
    assert_eq!(
        names,
        [
            ("firstId", "first_id", "int".to_owned(), true, "The first one."),
            ("secondPrice", "second_price", "float".to_owned(), true, ""),
            (
                "thing",
                "thing",
                "test-data-thing-interface".to_owned(),
                false,
                ""
            ),
            ("wordList", "word_list", "string[]".to_owned(), false, ""),
            ("type", "type", "string".to_owned(), false, ""),
        ]
    );
    assert_eq!(ECHO_ALL.output.name(), "string");
}

#[test]
fn routes_keep_their_options() {
    let [first, second] = ECHO_ALL.routes else {
        unreachable!("two routes are declared");
    };
    assert_eq!(
        (first.verb, first.path, first.resource),
        (Verb::Post, "/V1/echo/:firstId", "anonymous")
    );
    assert!(first.allow_insecure && first.https_only);
    assert_eq!(
        (first.forced[0].name, first.forced[0].value),
        ("thing.sku", "null")
    );
    assert_eq!(
        (second.verb, second.path, second.resource),
        (Verb::Get, "/V1/echo", "Test::all")
    );
    assert!(!second.allow_insecure && !second.https_only && second.forced.is_empty());
}

#[test]
fn names_follow_the_naming_rules() {
    assert_eq!(MOVE.method, "move");
    for parameter in MOVE.parameters.iter().chain(ECHO_ALL.parameters) {
        assert_eq!(parameter.snake, wire::naming::snake(parameter.name));
    }
    assert_eq!(MOVE.parameters[0].name, wire::naming::lower_camel("address_2"));
    assert_eq!(MOVE.parameters[1].name, "aBId");
}

#[rstest]
#[case("GET", Some(Verb::Get))]
#[case("DELETE", Some(Verb::Delete))]
#[case("get", None)]
#[case("PATCH", None)]
#[case("HEAD", None)]
fn verbs_are_read_exactly(#[case] method: &str, #[case] expected: Option<Verb>) {
    assert_eq!(Verb::parse(method), expected);
    if let Some(verb) = expected {
        assert_eq!(verb.as_str(), method);
    }
}

// §6.1

#[rstest]
#[case(json!({"firstId": 1}))]
#[case(json!({"firstId": 1, "secondPrice": null}))]
#[case(json!({"first_id": "1", "second_price": null, "thing": {}}))]
#[tokio::test]
async fn one_missing_parameter_is_the_error_itself(#[case] input: Value) {
    assert_eq!(
        echo(input).await.unwrap_err(),
        "\"%fieldName\" is required. Enter and try again. | fieldName=\"secondPrice\""
    );
}

#[tokio::test]
async fn several_missing_parameters_are_told_together() {
    assert_eq!(
        echo(json!({"thing": {}, "unknown": 1})).await.unwrap_err(),
        "One or more input exceptions have occurred.\
         Named([(\"fieldName\", String(\"firstId\"))])Named([(\"fieldName\", String(\"secondPrice\"))])"
    );
}

// §6.2

#[rstest]
#[case(json!({"secondPrice": "x", "wordList": 5}), "\"x\"")]
#[case(json!({"wordList": 5, "secondPrice": "x"}), "\"x\"")]
#[case(json!({"wordList": 5}), "\"integer\"")]
#[case(json!({"firstId": "y", "secondPrice": "x"}), "\"y\"")]
#[tokio::test]
async fn a_conversion_error_comes_before_missing_parameters_in_declared_order(
    #[case] input: Value,
    #[case] shown: &str,
) {
    let error = echo(input).await.unwrap_err();
    assert!(
        error.starts_with(&format!("The {shown} value's type is invalid.")),
        "{error}"
    );
}

#[tokio::test]
async fn parameters_with_a_default_may_be_left_out_or_null() {
    let expected = r#"1 2.50 None Some(["end"]) None"#;
    assert_eq!(
        echo(json!({"firstId": 1, "secondPrice": "2.50"}))
            .await
            .as_deref(),
        Ok(expected)
    );
    let nulls = json!({"firstId": 1, "secondPrice": "2.50", "thing": null, "wordList": null, "type": null});
    assert_eq!(echo(nulls).await.as_deref(), Ok(expected));
}

// §5.5

#[rstest]
#[case(json!({"firstId": 1, "first_id": 2}), "1 ")]
#[case(json!({"first_id": 2, "firstId": 1}), "1 ")]
#[case(json!({"first_id": 2}), "2 ")]
#[case(json!({"firstId": null, "first_id": 2}), "2 ")]
#[tokio::test]
async fn camel_case_wins_and_null_is_absent(#[case] mut input: Value, #[case] expected: &str) {
    input["secondPrice"] = json!(0);
    assert!(echo(input).await.unwrap().starts_with(expected));
}

#[rstest]
#[case("FirstId")]
#[case("first__id")]
#[case("FIRST_ID")]
#[tokio::test]
async fn other_spellings_of_a_parameter_are_ignored(#[case] key: &str) {
    let error = echo(json!({key: 1, "secondPrice": 0})).await.unwrap_err();
    assert!(error.contains("fieldName=\"firstId\""), "{error}");
}

#[tokio::test]
async fn a_keyword_is_a_name_like_others() {
    let text = echo(json!({"firstId": 1, "secondPrice": 0, "type": "t"}))
        .await
        .unwrap();
    assert!(text.ends_with("Some(\"t\")"), "{text}");
}

#[rstest]
#[case(json!({"searchCriteria": ""}))]
#[case(json!({"search_criteria": "all"}))]
#[tokio::test]
async fn a_search_may_be_empty_but_not_absent(#[case] input: Value) {
    let (app, _folder) = app(&[&SEARCH], &[]).await;
    assert_eq!(
        call(&app, &SEARCH, Caller::Guest, input).await.unwrap(),
        r#"{"filter_groups":[]}"#
    );
    let error = call(&app, &SEARCH, Caller::Guest, json!({})).await.unwrap_err();
    assert_eq!(
        error_text(&error),
        "\"%fieldName\" is required. Enter and try again. | fieldName=\"searchCriteria\""
    );
}

const LIMITED: &[(&str, &str)] = &[
    ("webapi/validation/input_limit_enabled", "1"),
    ("webapi/validation/maximum_page_size", "5"),
    ("webapi/validation/default_page_size", "3"),
];

#[tokio::test]
async fn limits_come_from_the_configuration() {
    let (app, _folder) = app(&[&SEARCH], LIMITED).await;
    let sized = |size: &str| json!({"searchCriteria": {"pageSize": size}});
    let error = call(&app, &SEARCH, Caller::Guest, sized("6")).await.unwrap_err();
    assert_eq!(
        error_text(&error),
        "Maximum SearchCriteria pageSize is %max | max=5"
    );
    // The default page size has a floor of 10, which may be above the maximum.
    assert_eq!(
        call(&app, &SEARCH, Caller::Guest, json!({"searchCriteria": ""}))
            .await
            .unwrap(),
        r#"{"filter_groups":[],"page_size":10}"#
    );
}

#[tokio::test]
async fn limits_are_off_unless_the_switch_is_1() {
    let (app, _folder) = app(&[&SEARCH], &LIMITED[1..]).await;
    let input = json!({"searchCriteria": {"pageSize": 1_000_000}});
    assert!(call(&app, &SEARCH, Caller::Guest, input).await.is_ok());
}
