use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::{goldens, json, json::JsonSink, query};

fn filtered(fields: &str, body: Value) -> String {
    text(&select(Some(&Value::from(fields)), Node::from(body)))
}

fn text(node: &Node) -> String {
    let mut sink = JsonSink::new();
    node.write(&mut sink);
    String::from_utf8(sink.into_bytes()).unwrap()
}

fn product() -> Value {
    json!({
        "id": 1, "sku": "s1", "price": 12, "tags": ["a", "b"],
        "extension_attributes": {"website_ids": [1], "stock_item": {"item_id": 1, "qty": 52.5}},
        "custom_attributes": [
            {"attribute_code": "color", "value": "10"},
            {"attribute_code": "size", "value": "L"},
            {"attribute_code": "material", "value": ["x"]},
        ],
    })
}

#[rstest]
#[case::one("sku", r#"{"sku":"s1"}"#)]
#[case::answers_order("price,sku", r#"{"sku":"s1","price":12}"#)]
#[case::nested(
    "extension_attributes[stock_item[qty]]",
    r#"{"extension_attributes":{"stock_item":{"qty":52.5}}}"#
)]
#[case::nested_and_more(
    "id,extension_attributes[website_ids],price",
    r#"{"id":1,"price":12,"extension_attributes":{"website_ids":[1]}}"#
)]
#[case::unknown_is_skipped("sku,nosuch", r#"{"sku":"s1"}"#)]
#[case::nothing_left("nosuch", "[]")]
#[case::nothing_left_below("extension_attributes[nosuch]", r#"{"extension_attributes":[]}"#)]
#[case::scalar_below("sku[x]", r#"{"sku":"s1"}"#)]
#[case::empty_brackets("extension_attributes[]", r#"{"extension_attributes":[]}"#)]
#[case::scalar_items("tags[x],id", r#"{"id":1,"tags":[]}"#)]
#[case::commas(",,sku,,", r#"{"sku":"s1"}"#)]
#[case::bracket_first("[sku]", "[]")]
#[case::bracket_after_comma(
    "extension_attributes,[website_ids]",
    r#"{"extension_attributes":{"website_ids":[1]}}"#
)]
#[case::closing_too_many("sku]", "[]")]
#[case::names_after_closing_too_many("sku],id", r#"{"id":1}"#)]
#[case::open("sku,extension_attributes[stock_item", "[]")]
#[case::dot("a.b", "[]")]
#[case::star("*", "[]")]
#[case::blank("sku, id", "[]")]
#[case::codes("custom_attributes[color,size]", r#"{"custom_attributes":[{"attribute_code":"color","value":"10"},{"attribute_code":"size","value":"L"}]}"#)]
#[case::a_gap_makes_numeric_keys(
    "custom_attributes[size]",
    r#"{"custom_attributes":{"1":{"attribute_code":"size","value":"L"}}}"#
)]
#[case::a_gap_inside("custom_attributes[color,material]", r#"{"custom_attributes":{"0":{"attribute_code":"color","value":"10"},"2":{"attribute_code":"material","value":["x"]}}}"#)]
#[case::codes_only("custom_attributes[attribute_code]", r#"{"custom_attributes":[{"attribute_code":"color"},{"attribute_code":"size"},{"attribute_code":"material"}]}"#)]
#[case::code_and_values(
    "custom_attributes[value,size]",
    r#"{"custom_attributes":[{"value":"10"},{"attribute_code":"size","value":"L"},{"value":["x"]}]}"#
)]
#[case::no_code_matches("custom_attributes[nosuch]", r#"{"custom_attributes":[]}"#)]
fn an_object_keeps_what_is_selected(#[case] fields: &str, #[case] expected: &str) {
    assert_eq!(filtered(fields, product()), expected);
}

#[test]
fn lists_are_filtered_item_by_item() {
    assert_eq!(
        filtered("id", json!([{"id": 1, "a": 2}, {"a": 3}, {"id": 4}])),
        r#"[{"id":1},[],{"id":4}]"#
    );
    assert_eq!(filtered("[id]", json!([{"id": 1}, {"id": 2}])), "[[],[]]");
    let search = json!({"items": [product(), product()], "search_criteria": {}, "total_count": 2});
    assert_eq!(
        filtered("items[sku],total_count", search),
        r#"{"items":[{"sku":"s1"},{"sku":"s1"}],"total_count":2}"#
    );
}

#[test]
fn a_selection_from_an_empty_list_is_null() {
    let search = json!({"items": [], "total_count": 0});
    assert_eq!(
        filtered("items[sku],total_count", search.clone()),
        r#"{"items":null,"total_count":0}"#
    );
    assert_eq!(
        filtered("items,total_count", search),
        r#"{"items":[],"total_count":0}"#
    );
    assert_eq!(filtered("id", json!([])), "null");
}

#[test]
fn scalars_pass_and_lists_of_scalars_become_empty() {
    assert_eq!(filtered("x", json!("pending")), r#""pending""#);
    assert_eq!(filtered("a.b", json!(true)), "true");
    assert_eq!(filtered("x", json!(["a", "b"])), "[]");
    assert_eq!(filtered("1", json!([["a", "b"], ["c"]])), r#"[{"1":"b"},[]]"#);
}

#[test]
fn empty_and_zero_keep_everything_and_arrays_nothing() {
    assert_eq!(filtered("", json!({"a": 1})), r#"{"a":1}"#);
    assert_eq!(filtered("0", json!({"a": 1})), r#"{"a":1}"#);
    assert_eq!(select(None, Node::Int(1)), Node::Int(1));
    let body = Node::from(json!({"a": 1}));
    assert_eq!(select(Some(&json!({"0": "a"})), body), Node::List(vec![]));
}

#[test]
fn deep_brackets_are_refused() {
    let deep = |levels: usize| format!("{}a{}", "a[".repeat(levels), "]".repeat(levels));
    assert!(Filter::parse(&deep(64)).is_some());
    assert_eq!(Filter::parse(&deep(65)), None);
    assert_eq!(Filter::parse(&deep(1_000_000)), None);
    assert!(Filter::parse(&"]".repeat(1_000_000)).is_some());
}

#[test]
fn a_recorded_filtered_answer_is_left_alone_by_its_own_filter() {
    let mut answers = 0;
    for file in ["get", "ms-get", "replay", "ms-replay", "limits"] {
        for row in goldens::rows(file) {
            let Some((_, query)) = row.path.split_once('?') else {
                continue;
            };
            let Ok(parameters) = query::parse(query);
            let null = row.response_body.contains(":null") || row.response_body.contains("[]");
            if row.response_status != 200 || null || !row.response_type.starts_with("application/json") {
                continue;
            }
            let Some(fields) = parameters.get("fields") else {
                continue;
            };
            let body = Node::from(json::parse(row.response_body.as_bytes()).unwrap());
            assert_eq!(
                text(&select(Some(fields), body)),
                row.response_body,
                "{}",
                row.name
            );
            answers += 1;
        }
    }
    assert!(answers > 50 || goldens::absent(), "{answers}");
}

proptest! {
    #[test]
    fn any_text_is_a_filter_or_not(fields in "[ab,\\[\\]_.]{0,40}") {
        let _ = filtered(&fields, json!({"a": {"b": [{"a": 1}], "a": []}, "b": 2, "custom_attributes": []}));
    }

    #[test]
    fn a_filter_applied_twice_is_applied_once(fields in "[abc,\\[\\]]{1,20}") {
        let body = json!({"a": {"b": 1, "c": {"a": 2}}, "b": {"a": {"c": 3}}, "c": 4});
        if let Some(filter) = Filter::parse(&fields) {
            let once = filter.apply(Node::from(body));
            if !text(&once).contains("[]") {
                prop_assert_eq!(filter.apply(once.clone()), once);
            }
        }
    }
}
