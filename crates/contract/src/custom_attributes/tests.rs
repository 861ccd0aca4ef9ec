use rstest::rstest;
use serde_json::json;

use super::*;
use crate::testing::text;

struct Types;

impl AttributeTypes for Types {
    fn attribute_type(&self, _: &str, code: &str) -> AttributeType {
        match code {
            "color" => AttributeType::Int,
            "name" => AttributeType::Text,
            "special_price" => AttributeType::Decimal,
            "category_ids" => AttributeType::IntList,
            "available_sort_by" => AttributeType::TextList,
            _ => AttributeType::Mixed,
        }
    }
}

/// Something with attributes.
#[derive(Debug, Default, PartialEq, contract::DataObject)]
#[data("test-data-entity-interface")]
struct Entity {
    custom_attributes: CustomAttributes,
}

fn bind(value: Value) -> Result<Vec<(String, Value)>, String> {
    let cx = BindCx {
        attributes: Some(&Types),
        ..BindCx::default()
    };
    let bound = CustomAttributes::bind(value, &cx).map_err(text)?;
    Ok(bound.0.into_iter().map(|a| (a.code, a.value)).collect())
}

fn one(code: &str, value: &Value) -> Result<Value, String> {
    bind(json!([{"attribute_code": code, "value": value}])).map(|mut all| all.remove(0).1)
}

#[test]
fn list_and_map_forms_mean_the_same() {
    let list =
        bind(json!([{"attribute_code": "color", "value": "5"}, {"attributeCode": "name", "value": 1}]));
    let map = bind(json!({"color": "5", "name": 1}));
    let keyed = bind(
        json!({"0": {"attribute_code": "color", "value": "5"}, "x": {"attribute_code": "name", "value": 1}}),
    );
    assert_eq!(list, map);
    assert_eq!(list, keyed);
    assert_eq!(
        list.unwrap(),
        [("color".to_owned(), json!(5)), ("name".to_owned(), json!("1"))]
    );
}

#[rstest]
#[case("color", json!("5"), json!(5))]
#[case("color", json!("1.9"), json!(1))]
#[case("name", json!(5), json!("5"))]
#[case("name", json!(true), json!("1"))]
#[case("special_price", json!("1.50"), json!("1.50"))]
#[case("special_price", json!(1.5), json!("1.5"))]
#[case("special_price", json!(""), json!(""))]
#[case("category_ids", json!(["3", 4]), json!([3, 4]))]
#[case("available_sort_by", json!(["a", 4]), json!(["a", "4"]))]
#[case("unknown", json!({"a": [1]}), json!({"a": [1]}))]
#[case("unknown", json!("1.50"), json!("1.50"))]
#[case("color", json!(null), json!(null))]
#[case("category_ids", json!(null), json!(null))]
fn values_have_the_types_of_their_attributes(#[case] code: &str, #[case] sent: Value, #[case] bound: Value) {
    assert_eq!(one(code, &sent), Ok(bound));
}

#[rstest]
#[case("color", json!("red"), "red", "int")]
#[case("color", json!(true), "1", "int")]
#[case("name", json!(["x"]), "array", "string")]
#[case("special_price", json!("cheap"), "cheap", "float")]
#[case("special_price", json!([]), "array", "float")]
#[case("category_ids", json!("3"), "string", "int[]")]
fn other_values_are_refused(
    #[case] code: &str,
    #[case] sent: Value,
    #[case] shown: &str,
    #[case] expected: &str,
) {
    assert_eq!(
        one(code, &sent).unwrap_err(),
        format!(
            "Attribute \"{code}\" has invalid value. The \"{shown}\" value's type is invalid. \
             The \"{expected}\" type was expected. Verify and try again."
        )
    );
}

#[test]
fn the_last_of_two_values_wins() {
    let sent = json!([
        {"attribute_code": "x", "value": 1},
        {"attribute_code": "y", "value": 2},
        {"attribute_code": "x", "value": 3},
    ]);
    assert_eq!(
        bind(sent).unwrap(),
        [("x".to_owned(), json!(3)), ("y".to_owned(), json!(2))]
    );
}

#[rstest]
#[case(json!([{}]), "An empty custom attribute is specified. Enter the attribute and try again.")]
#[case(json!([[]]), "An empty custom attribute is specified. Enter the attribute and try again.")]
#[case(
    json!([{"value": 1}]),
    "A custom attribute is specified with a missing attribute code. Verify the code and try again."
)]
#[case(
    json!([{"attribute_code": "", "value": 1}]),
    "A custom attribute is specified with a missing attribute code. Verify the code and try again."
)]
#[case(
    json!([{"attribute_code": "x"}]),
    "The \"x\" attribute code doesn't have a value set. Enter the value and try again."
)]
#[case(
    json!({"x": {"attribute_code": "x"}}),
    "The \"x\" attribute code doesn't have a value set. Enter the value and try again."
)]
fn faults_are_named(#[case] sent: Value, #[case] expected: &str) {
    assert_eq!(bind(sent).unwrap_err(), expected);
}

#[rstest]
#[case("custom_attributes")]
#[case("customAttributes")]
fn faults_name_their_level(#[case] key: &str) {
    let cx = BindCx {
        attributes: Some(&Types),
        ..BindCx::default()
    };
    let sent = json!({key: [{"attribute_code": "color", "value": "red"}]});
    assert_eq!(
        Entity::bind(sent, &cx).map_err(text).unwrap_err(),
        format!(
            "Error occurred during \"{key}\" processing. Attribute \"color\" has invalid value. \
             The \"red\" value's type is invalid. The \"int\" type was expected. Verify and try again."
        )
    );
}

#[test]
fn without_types_values_pass_unchanged() {
    let bound = CustomAttributes::bind(json!({"color": "red"}), &BindCx::default()).unwrap();
    assert_eq!(bound.0[0].value, json!("red"));
}
