//! Writing of answers (`spec/webapi.md §10`).

use std::sync::Arc;

use rstest::rstest;
use rust_decimal::Decimal;
use serde_json::json;

use super::*;
use crate::custom_attributes::{CustomAttribute, CustomAttributes};
use crate::extension::Extension;
use crate::testing::{bind, json as written};

/// Extension.
#[derive(Debug, Default, PartialEq, contract::DataObject)]
#[data("test-data-answer-extension-interface")]
struct AnswerExtension {
    colour: Option<String>,
    links: Option<Vec<i64>>,
    inner: Extension<Inner>,
}

/// Inner extension.
#[derive(Debug, Default, PartialEq, contract::DataObject)]
#[data("test-data-inner-extension-interface")]
struct Inner {
    depth: Option<i64>,
}

/// The data object of §24.3, its members not in the order of the alphabet.
#[derive(Debug, Default, PartialEq, contract::DataObject)]
#[data("test-data-answer-interface")]
struct Answer {
    id: Option<i64>,
    #[data(required)]
    name: Option<String>,
    price: Option<Decimal>,
    active: bool,
    tags: Vec<String>,
    extension_attributes: Extension<AnswerExtension>,
    custom_attributes: CustomAttributes,
}

/// Nothing but optional members.
#[derive(Debug, Default, PartialEq, contract::DataObject)]
#[data("test-data-optional-interface")]
struct Optional {
    a: Option<i64>,
    b: Option<Vec<i64>>,
    r#type: Option<Arc<String>>,
}

/// No members.
#[derive(Debug, Default, PartialEq, contract::DataObject)]
#[data("test-data-empty-interface")]
struct Empty {}

#[test]
fn the_worked_example_is_written() {
    let answer = Answer {
        price: Some("10.0000".parse().unwrap()),
        tags: vec!["x".to_owned()],
        ..Answer::default()
    };
    assert_eq!(
        written(&answer),
        r#"{"name":null,"price":10,"active":false,"tags":["x"]}"#
    );
}

#[test]
fn members_stand_in_the_order_of_their_declaration() {
    let answer: Answer = bind(json!({
        "custom_attributes": {"color": "5"},
        "extension_attributes": {"links": [3], "colour": "red", "inner": {"depth": 1}},
        "tags": ["b", "a"], "active": 1, "price": "12.3400", "name": "n", "id": 7,
    }))
    .unwrap();
    assert_eq!(
        written(&answer),
        r#"{"id":7,"name":"n","price":12.34,"active":true,"tags":["b","a"],"extension_attributes":{"colour":"red","links":[3],"inner":{"depth":1}},"custom_attributes":[{"attribute_code":"color","value":"5"}]}"#
    );
}

#[test]
fn the_table_knows_what_is_always_there() {
    let required: Vec<&str> = Answer::DATA
        .fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.key)
        .collect();
    assert_eq!(required, ["name", "active", "tags"]);
}

#[test]
fn extension_attributes_without_members_are_left_out() {
    let with = |extension: AnswerExtension| {
        written(&Answer {
            extension_attributes: Extension(extension),
            ..Answer::default()
        })
    };
    let bare = r#"{"name":null,"active":false,"tags":[]}"#;
    assert_eq!(with(AnswerExtension::default()), bare);
    assert_eq!(
        with(AnswerExtension {
            inner: Extension(Inner { depth: Some(1) }),
            ..AnswerExtension::default()
        }),
        r#"{"name":null,"active":false,"tags":[],"extension_attributes":{"inner":{"depth":1}}}"#
    );
    assert_eq!(
        with(AnswerExtension {
            links: Some(Vec::new()),
            ..AnswerExtension::default()
        }),
        r#"{"name":null,"active":false,"tags":[],"extension_attributes":{"links":[]}}"#
    );
}

#[test]
fn an_object_without_members_is_a_list() {
    assert_eq!(written(&Optional::default()), "[]");
    assert_eq!(written(&Empty {}), "[]");
    assert_eq!(
        written(&vec![Optional::default(), Optional::default()]),
        "[[],[]]"
    );
    assert_eq!(bind::<Empty>(json!({})), Ok(Empty {}));
}

#[test]
fn optional_members_appear_when_they_are_there() {
    let optional = Optional {
        a: Some(0),
        b: Some(Vec::new()),
        r#type: Some(Arc::new(String::new())),
    };
    assert_eq!(written(&optional), r#"{"a":0,"b":[],"type":""}"#);
}

#[rstest]
#[case("10.0000", "10")]
#[case("12.3400", "12.34")]
#[case("0.0000", "0")]
#[case("-0.5", "-0.5")]
#[case("100000000000000", "1.0e+14")]
#[case("123456789.123456", "123456789.12346")]
fn decimals_are_printed_as_php_prints_floats(#[case] value: &str, #[case] expected: &str) {
    assert_eq!(written(&value.parse::<Decimal>().unwrap()), expected);
}

#[test]
fn scalars_are_bare() {
    assert_eq!(written(&true), "true");
    assert_eq!(written(&false), "false");
    assert_eq!(written(&i64::MIN), "-9223372036854775808");
    assert_eq!(written(&"a/é\"".to_owned()), r#""a\/\u00e9\"""#);
}

#[test]
fn void_is_an_empty_list() {
    assert_eq!(written(&()), "[]");
}

#[test]
fn nothing_at_the_top_is_null() {
    assert_eq!(written(&None::<i64>), "null");
}

#[test]
fn shared_and_optional_values_are_written_as_their_own() {
    let list = vec![Some(1_i64), None];
    assert_eq!(written(&Arc::new(list.clone())), "[1,null]");
    assert_eq!(written(&Some(Arc::new(list))), "[1,null]");
    assert_eq!(written(&Arc::new(Optional::default())), "[]");
}

#[test]
fn lists_may_be_nested() {
    let lists = vec![vec![vec![1_i64], Vec::new()], Vec::new()];
    assert_eq!(written(&lists), "[[[1],[]],[]]");
    assert_eq!(bind(json!([[[1], []], []])), Ok(lists));
}

#[test]
fn mixed_values_are_written_as_they_are() {
    let value = json!({"a": [1, 1.50, "1", null, true, {}, []], "b": {"0": "x"}});
    assert_eq!(
        written(&Mixed(value)),
        r#"{"a":[1,1.5,"1",null,true,[],[]],"b":{"0":"x"}}"#
    );
}

#[test]
fn custom_attributes_are_left_out_when_there_are_none() {
    assert!(CustomAttributes::default().is_absent());
    let some = CustomAttributes(vec![CustomAttribute {
        code: "x".to_owned(),
        value: json!(["1", null]),
    }]);
    assert!(!some.is_absent());
    assert_eq!(written(&some), r#"[{"attribute_code":"x","value":["1",null]}]"#);
}

#[rstest]
#[case(<i64 as WireValue>::TYPE, "int")]
#[case(<Option<Decimal> as WireValue>::TYPE, "float")]
#[case(<Arc<String> as WireValue>::TYPE, "string")]
#[case(<bool as WireValue>::TYPE, "bool")]
#[case(<Mixed as WireValue>::TYPE, "mixed")]
#[case(<() as WireValue>::TYPE, "void")]
#[case(<Vec<Vec<i64>> as WireValue>::TYPE, "int[][]")]
#[case(<Option<Vec<Answer>> as WireValue>::TYPE, "test-data-answer-interface[]")]
#[case(<CustomAttributes as WireValue>::TYPE, "framework-attribute-interface[]")]
fn types_have_the_names_of_doc_blocks(#[case] ty: Type, #[case] name: &str) {
    assert_eq!(ty.name(), name);
}
