use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::cx::Cx;
use crate::error::Result;

/// A product.
#[derive(Default, contract::DataObject)]
#[data("test-data-product-interface")]
struct Product {
    sku: String,
    entity_id: Option<i64>,
    #[data(read_only)]
    sealed_id: i64,
}

/// Saves.
#[contract::operation("testProductRepositoryV1")]
#[route(PUT "/V1/test/:sku" => "anonymous")]
async fn save(
    _: &mut Cx<'_>,
    product: Product,
    save_options: Option<bool>,
    words: Option<Vec<String>>,
) -> Result<()> {
    let _ = (
        product.sku,
        product.entity_id,
        product.sealed_id,
        save_options,
        words,
    );
    Ok(())
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => unreachable!("an object is expected"),
    }
}

fn merged(verb: Verb, path: &[(&'static str, &str)], query: &str, body: Value) -> Value {
    let sources = Sources {
        path: path
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect(),
        query: wire::query::parse(query).unwrap(),
        body,
    };
    Value::Object(Input::merge(&SAVE, verb, sources).0)
}

fn put(path: &[(&'static str, &str)], query: &str, body: Value) -> Value {
    merged(Verb::Put, path, query, body)
}

// §5.2–5.4

#[rstest]
#[case(Verb::Get)]
#[case(Verb::Delete)]
fn the_body_of_get_and_delete_is_ignored(#[case] verb: Verb) {
    assert_eq!(
        merged(verb, &[("id", "5")], "a=1&id=6", json!({"b": 2})),
        json!({"a": "1", "id": "5"})
    );
}

#[test]
fn path_beats_query_beats_body() {
    assert_eq!(
        merged(
            Verb::Post,
            &[("a", "path")],
            "a=query&b=query",
            json!({"a": 1, "b": 2, "c": 3})
        ),
        json!({"a": "path", "b": "query", "c": 3})
    );
}

#[test]
fn spellings_are_different_names_at_the_top() {
    assert_eq!(
        merged(Verb::Post, &[("cartId", "5")], "", json!({"cart_id": 6})),
        json!({"cart_id": 6, "cartId": "5"})
    );
}

#[rstest]
#[case(json!(["x", "y"]), json!({"0": "x", "1": "y"}))]
#[case(json!("x"), json!({"0": "x"}))]
#[case(json!(null), json!({}))]
fn other_bodies_have_positions_as_names(#[case] body: Value, #[case] expected: Value) {
    assert_eq!(merged(Verb::Post, &[], "", body), expected);
}

// §5.7 a

#[test]
fn without_parameters_a_put_keeps_its_body() {
    let body = json!({"product": {"sku": "XYZ"}});
    assert_eq!(put(&[], "", body.clone()), body);
}

#[test]
fn me_is_no_id() {
    assert_eq!(
        put(&[("sku", "me")], "", json!({"product": {"sku": "XYZ"}})),
        json!({"product": {"sku": "XYZ"}, "sku": "me"})
    );
}

// §5.7 b

#[test]
fn the_id_of_the_path_goes_into_the_only_object() {
    assert_eq!(
        put(&[("sku", "ABC")], "", json!({"product": {"sku": "XYZ"}})),
        json!({"product": {"sku": "ABC"}, "sku": "ABC"})
    );
}

#[test]
fn a_missing_id_is_filled_in() {
    assert_eq!(
        put(&[("entityId", "5")], "", json!({"product": {}}))["product"],
        json!({"entity_id": "5"})
    );
}

#[rstest]
#[case(json!({"entityId": 1}), json!({"entityId": "5"}))]
#[case(json!({"entity_id": 1}), json!({"entity_id": "5"}))]
#[case(json!({"entityId": null}), json!({"entityId": null, "entity_id": "5"}))]
#[case(json!({"entityId": 1, "entity_id": 2}), json!({"entityId": "5", "entity_id": 2}))]
fn the_camel_case_key_is_used_when_it_is_set(#[case] sent: Value, #[case] expected: Value) {
    assert_eq!(
        put(&[("entityId", "5")], "", json!({"product": sent}))["product"],
        expected
    );
}

// §5.7 c

#[rstest]
#[case::no_member_of_that_name(&[("itemId", "5")], json!({"product": {"sku": "XYZ"}}), json!({"product": {"sku": "XYZ"}, "item_id": "5", "itemId": "5"}))]
#[case::no_setter(&[("sealedId", "5")], json!({"product": {}}), json!({"product": {}, "sealed_id": "5", "sealedId": "5"}))]
#[case::no_parameter_of_that_name(&[("sku", "A")], json!({"thing": {"sku": "B"}}), json!({"thing": {"sku": "B"}, "sku": "A"}))]
#[case::no_data_object(&[("sku", "A")], json!({"words": {"sku": "B"}}), json!({"words": {"sku": "B"}, "sku": "A"}))]
#[case::no_object(&[("sku", "A")], json!({"product": "B"}), json!({"product": "B", "sku": "A"}))]
#[case::two_keys(&[("sku", "A")], json!({"product": {"sku": "B"}, "saveOptions": true}), json!({"product": {"sku": "B"}, "saveOptions": true, "sku": "A"}))]
#[case::no_body(&[("sku", "A")], json!(null), json!({"sku": "A"}))]
fn otherwise_the_id_goes_to_the_top(
    #[case] path: &[(&'static str, &str)],
    #[case] body: Value,
    #[case] expected: Value,
) {
    assert_eq!(put(path, "", body), expected);
}

#[test]
fn at_the_top_a_camel_case_key_is_kept_too() {
    assert_eq!(
        put(&[("a_b", "5")], "", json!({"aB": 1, "c": 2})),
        json!({"aB": "5", "c": 2, "a_b": "5"})
    );
}

// §5.7 d

#[test]
fn only_the_last_of_several_variables_is_an_id() {
    let body = json!({"product": {"sku": "XYZ", "entity_id": 1}});
    assert_eq!(
        put(&[("sku", "ABC"), ("entityId", "5")], "", body)["product"],
        json!({"sku": "XYZ", "entity_id": "5"})
    );
}

#[test]
fn any_query_displaces_the_id() {
    let body = json!({"product": {"sku": "XYZ"}});
    assert_eq!(
        put(&[("sku", "ABC")], "fields=sku", body),
        json!({"product": {"sku": "XYZ"}, "fields": "sku", "sku": "ABC"})
    );
}

#[test]
fn the_last_query_parameter_is_the_id_then() {
    let body = json!({"product": {"sku": "XYZ"}});
    assert_eq!(
        put(&[("sku", "ABC")], "a=1&entity_id=7", body)["product"],
        json!({"sku": "XYZ", "entity_id": "7"})
    );
}

#[test]
fn a_query_parameter_named_like_the_variable_does_not_displace_it() {
    let body = json!({"product": {"sku": "XYZ"}});
    assert_eq!(
        put(&[("sku", "ABC")], "sku=QUERY", body),
        json!({"product": {"sku": "ABC"}, "sku": "ABC"})
    );
}

// §5.7 e

#[test]
fn all_parameters_are_merged_over_the_top_afterwards() {
    assert_eq!(
        put(
            &[("sku", "ABC"), ("store", "1")],
            "x=y",
            json!({"sku": 1, "store": 2, "x": 3, "z": 4})
        ),
        json!({"sku": "ABC", "store": "1", "x": "y", "z": 4})
    );
}

// §5.8–5.9

fn forced(input: Value, name: &'static str, value: &'static str) -> Value {
    let mut input = Input(object(input));
    input.force(&[Forced { name, value }], &mut |placeholder| match placeholder {
        "%customer_id%" => json!(7),
        _ => Value::Null,
    });
    Value::Object(input.0)
}

#[rstest]
#[case::absent(json!({}), "customerId", json!({"customerId": 7}))]
#[case::sent(json!({"customerId": 1}), "customerId", json!({"customerId": 7}))]
#[case::sent_in_snake_case(json!({"customer_id": 1}), "customerId", json!({"customerId": 7}))]
#[case::nested_absent(json!({}), "customer.id", json!({"customer": {"id": 7}}))]
#[case::nested_sent(json!({"customer": {"id": 1, "a": 2}}), "customer.id", json!({"customer": {"id": 7, "a": 2}}))]
#[case::declared_spelling(json!({"customer": {}}), "customer.group_id", json!({"customer": {"group_id": 7}}))]
#[case::camel_case_is_kept(json!({"customer": {"groupId": 1}}), "customer.group_id", json!({"customer": {"groupId": 7}}))]
#[case::camel_case_on_the_way(json!({"cartItem": {"sku": "a"}}), "cart_item.quote_id", json!({"cartItem": {"sku": "a", "quote_id": 7}}))]
#[case::snake_case_on_the_way(json!({"cart_item": {"sku": "a"}}), "cartItem.quote_id", json!({"cart_item": {"sku": "a", "quote_id": 7}}))]
#[case::three_levels(json!({}), "a.b_c.d", json!({"a": {"b_c": {"d": 7}}}))]
#[case::a_scalar_on_the_way(json!({"customer": "x"}), "customer.id", json!({"customer": {"id": 7}}))]
#[case::null_on_the_way(json!({"customer": null}), "customer.id", json!({"customer": {"id": 7}}))]
#[case::a_list_on_the_way(json!({"customer": ["x"]}), "customer.id", json!({"customer": {"0": "x", "id": 7}}))]
fn forced_values_stand_where_they_are_declared(
    #[case] input: Value,
    #[case] name: &'static str,
    #[case] expected: Value,
) {
    assert_eq!(forced(input, name, "%customer_id%"), expected);
}

#[rstest]
#[case("groupId", "group_id")]
#[case("group_id", "groupId")]
#[case("group_id", "GroupId")]
#[case("GroupId", "group_id")]
#[case("group__id", "_groupId")]
fn no_second_spelling_gets_past_a_forced_value(#[case] first: &str, #[case] second: &str) {
    let input = json!({"customer": {first: 1, "a": 2, second: 3}});
    let result = forced(input, "customer.group_id", "%customer_id%");
    let customer = result["customer"].as_object().unwrap();
    assert_eq!(customer.len(), 2, "{customer:?}");
    let (_, value) = customer.iter().find(|(key, _)| *key != "a").unwrap();
    assert_eq!(*value, json!(7));
}

#[test]
fn a_forced_null_leaves_no_other_spelling_to_fall_back_to() {
    assert_eq!(
        forced(json!({"customer_id": 5}), "customerId", "%nobody%"),
        json!({"customerId": null})
    );
}

#[rstest]
#[case("null", Value::Null)]
#[case("0", json!("0"))]
#[case("%", Value::Null)]
#[case("100%", json!("100%"))]
fn forced_values_are_placeholders_null_or_texts(#[case] value: &'static str, #[case] expected: Value) {
    assert_eq!(forced(json!({}), "a", value)["a"], expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn anything_is_merged(
        body in crate::testing::any_json(),
        query in "([a-z_.]{0,5}(\\[[a-z0-9]{0,3}\\]){0,2}(=[a-z%0-9+]{0,4})?&?){0,5}",
        variables in prop::collection::vec(("sku|entityId|a_b", ".{0,6}"), 0..4),
        verb in prop::sample::select(&Verb::ALL[..]),
    ) {
        let name = |name: &str| match name {
            "sku" => "sku",
            "entityId" => "entityId",
            _ => "a_b",
        };
        let path: Vec<(&'static str, String)> = variables
            .into_iter()
            .map(|(variable, value)| (name(&variable), value))
            .collect();
        let sources = Sources {
            path: path.clone(),
            query: wire::query::parse(&query).unwrap(),
            body,
        };
        let mut input = Input::merge(&SAVE, verb, sources);
        for (name, _) in &path {
            let last = path.iter().rev().find(|(other, _)| other == name).unwrap();
            prop_assert_eq!(&input.0[*name], &Value::from(last.1.as_str()));
        }
        let names = ["product.sku", "parts.a.b", "customerId"];
        for name in names {
            input.force(&[Forced { name, value: "x" }], &mut |_| Value::Null);
        }
        prop_assert_eq!(&input.0["customerId"], "x");
    }
}
