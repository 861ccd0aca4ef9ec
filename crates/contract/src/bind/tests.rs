use proptest::prelude::*;
use rstest::rstest;
use rust_decimal::Decimal;
use serde_json::json;

use super::*;
use crate::custom_attributes::CustomAttributes;
use crate::extension::Extension;
use crate::testing::{any_json, bind, invalid, json as written, text};
use crate::types::Mixed;

/// Extension of a thing.
#[derive(Debug, Default, PartialEq, contract::DataObject)]
#[data("test-data-thing-extension-interface")]
struct ThingExtension {
    /// Colour.
    colour: Option<String>,
}

/// A thing with a member of every kind.
#[derive(Debug, Default, PartialEq, contract::DataObject)]
#[data("test-data-thing-interface")]
struct Thing {
    id: i64,
    sku: String,
    attribute_set_id: Option<i64>,
    price: Option<Decimal>,
    is_active: bool,
    note: Option<String>,
    #[data(read_only)]
    total: i64,
    owner: Owner,
    second_owner: Option<Owner>,
    parts: Option<Vec<Thing>>,
    always_parts: Vec<Thing>,
    words: Vec<String>,
    numbers: Vec<i64>,
    amounts: Vec<Decimal>,
    flags: Option<Vec<bool>>,
    anything: Mixed,
    #[data(key = "x_1")]
    with_digit: i64,
    extension_attributes: Extension<ThingExtension>,
    custom_attributes: CustomAttributes,
}

/// Somebody.
#[derive(Debug, Default, PartialEq, contract::DataObject)]
#[data("test-data-owner-interface")]
struct Owner {
    name: Option<String>,
}

fn thing(value: Value) -> Thing {
    bind(value).unwrap()
}

fn refused(value: Value) -> String {
    bind::<Thing>(value).unwrap_err()
}

fn unsupported(name: &str) -> String {
    format!("\"%fieldName\" is not supported. Correct the field name and try again. | fieldName=\"{name}\"")
}

// §6.3

#[rstest]
#[case("attribute_set_id")]
#[case("attributeSetId")]
#[case("AttributeSetId")]
#[case("attribute_setId")]
#[case("_attribute__set_id_")]
fn a_key_has_many_spellings(#[case] key: &str) {
    assert_eq!(thing(json!({key: 4})).attribute_set_id, Some(4));
}

#[rstest]
#[case("ATTRIBUTE_SET_ID", "ATTRIBUTESETID")]
#[case("attributesetid", "Attributesetid")]
#[case("attribute-set-id", "Attribute-set-id")]
#[case("attribute set id", "Attribute set id")]
fn other_spellings_are_unknown(#[case] key: &str, #[case] name: &str) {
    assert_eq!(refused(json!({key: 4})), unsupported(name));
}

#[test]
fn digits_need_no_underscore() {
    assert_eq!(thing(json!({"x_1": 4})).with_digit, 4);
    assert_eq!(thing(json!({"x1": 5})).with_digit, 5);
}

#[test]
fn of_two_spellings_the_later_wins() {
    assert_eq!(thing(json!({"sku": "a", "Sku": "b"})).sku, "b");
    assert_eq!(thing(json!({"Sku": "b", "sku": "a"})).sku, "a");
}

// §6.4

#[rstest]
#[case(json!({"foo_bar": 1}), "FooBar")]
#[case(json!({"foo_bar": null}), "FooBar")]
#[case(json!({"owner": {"bogus": 1}}), "Bogus")]
#[case(json!({"parts": [{"parts": [{"bogus": 1}]}]}), "Bogus")]
#[case(json!({"extension_attributes": {"bogus": 1}}), "Bogus")]
#[case(json!({"0": 1}), "0")]
#[case(json!({"": 1}), "")]
#[case(json!([1]), "0")]
#[case(json!({"owner": ["x"]}), "0")]
fn unknown_members_are_refused_without_their_levels(#[case] value: Value, #[case] name: &str) {
    assert_eq!(refused(value), unsupported(name));
}

// §6.5

#[rstest]
#[case(json!(null))]
#[case(json!(""))]
#[case(json!(0))]
#[case(json!(0.0))]
#[case(json!("0"))]
#[case(json!(false))]
#[case(json!([]))]
#[case(json!({}))]
fn empty_values_of_read_only_members_are_ignored(#[case] value: Value) {
    assert_eq!(thing(json!({"total": value})), Thing::default());
}

#[rstest]
#[case(json!(1))]
#[case(json!("0.0"))]
#[case(json!([0]))]
#[case(json!(true))]
fn other_values_of_read_only_members_are_refused(#[case] value: Value) {
    assert_eq!(refused(json!({"total": value})), unsupported("Total"));
}

// §6.6

#[test]
fn null_is_never_converted() {
    let members = Thing::DATA
        .fields
        .iter()
        .map(|field| (field.key.to_owned(), Value::Null));
    assert_eq!(thing(Value::Object(members.collect())), Thing::default());
}

#[test]
fn null_takes_an_optional_value_back() {
    assert_eq!(thing(json!({"note": "x", "Note": null})).note, None);
}

// §6.7

#[rstest]
#[case(json!("x"))]
#[case(json!(""))]
#[case(json!(5))]
#[case(json!(false))]
#[case(json!([]))]
fn a_scalar_is_an_empty_object(#[case] value: Value) {
    assert_eq!(thing(value.clone()), Thing::default());
    assert_eq!(
        thing(json!({"second_owner": value})).second_owner,
        Some(Owner::default())
    );
}

#[rstest]
#[case(json!("x"))]
#[case(json!(0))]
#[case(json!(true))]
fn a_scalar_is_no_list_of_objects_but_null(#[case] value: Value) {
    assert_eq!(thing(json!({"parts": value})).parts, None);
    assert_eq!(thing(json!({"always_parts": value})).always_parts, []);
}

// §6.8–6.9

#[rstest]
#[case(json!([{"sku": "a"}, {"sku": "b"}]))]
#[case(json!({"0": {"sku": "a"}, "1": {"sku": "b"}}))]
#[case(json!({"x": {"sku": "a"}, "y": {"sku": "b"}}))]
#[case(json!({"7": {"sku": "a"}, "3": {"sku": "b"}}))]
#[case(json!({"item": [{"sku": "a"}, {"sku": "b"}]}))]
#[case(json!({"item": {"0": {"sku": "a"}, "1": {"sku": "b"}}}))]
fn lists_have_many_forms(#[case] value: Value) {
    let parts = thing(json!({"parts": value})).parts.unwrap();
    let skus: Vec<&str> = parts.iter().map(|part| part.sku.as_str()).collect();
    assert_eq!(skus, ["a", "b"]);
}

#[test]
fn a_single_object_in_item_is_a_list_of_one() {
    let parts = thing(json!({"parts": {"item": {"sku": "a"}}})).parts.unwrap();
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].sku, "a");
    assert_eq!(thing(json!({"words": {"item": "a"}})).words, ["a"]);
    assert_eq!(thing(json!({"words": {"item": ["a", "b"]}})).words, ["a", "b"]);
}

#[test]
fn scalars_in_a_list_of_objects_are_empty_objects() {
    let parts = thing(json!({"parts": ["x", 5, null, {}]})).parts.unwrap();
    assert_eq!(parts.len(), 4);
    assert!(parts.iter().all(|part| *part == Thing::default()));
}

// §6.11–6.12

#[test]
fn each_level_is_named_as_sent() {
    let sent = json!({"filterGroups": [{"filters": [{"field": "a", "value": ["x"]}]}]});
    assert_eq!(
        bind::<crate::search::SearchCriteria>(sent).unwrap_err(),
        "Error occurred during \"filterGroups\" processing. Error occurred during \"filters\" processing. \
         Error occurred during \"value\" processing. The \"array\" value's type is invalid. \
         The \"string\" type was expected. Verify and try again."
    );
    let sent = json!({"filter_groups": [{"filters": [{"value": {"a": 1}}]}]});
    assert_eq!(
        bind::<crate::search::SearchCriteria>(sent).unwrap_err(),
        "Error occurred during \"filter_groups\" processing. Error occurred during \"filters\" processing. \
         Error occurred during \"value\" processing. The \"array\" value's type is invalid. \
         The \"string\" type was expected. Verify and try again."
    );
}

#[test]
fn one_level_is_named_once() {
    assert_eq!(
        refused(json!({"price": "x"})),
        format!(
            "Error occurred during \"price\" processing. {}",
            invalid("x", "float")
        )
    );
    assert_eq!(
        refused(json!({"Words": 5})),
        format!(
            "Error occurred during \"Words\" processing. {}",
            invalid("integer", "string[]")
        )
    );
}

#[test]
fn the_first_fault_in_the_order_of_the_body_is_told() {
    assert!(refused(json!({"price": "x", "id": "y"})).contains("\"x\""));
    assert!(refused(json!({"id": "y", "price": "x"})).contains("\"y\""));
    assert_eq!(refused(json!({"bogus": 1, "id": "y"})), unsupported("Bogus"));
    assert!(refused(json!({"id": "y", "bogus": 1})).contains("\"y\""));
}

// §15

#[test]
fn long_lists_of_objects_are_refused_when_limits_are_on() {
    let cx = BindCx {
        limits: Some(InputLimits {
            complex_array: 2,
            page_size: 5,
            default_page_size: 20,
        }),
        ..BindCx::default()
    };
    let bound = |value| Thing::bind(value, &cx).map_err(text);
    assert!(bound(json!({"parts": [{}, {}]})).is_ok());
    assert_eq!(
        bound(json!({"parts": [{}, {}, {}]})).unwrap_err(),
        "Maximum items of type \"%type\" is %max | type=\"test-data-thing-interface\", max=2"
    );
    assert!(bound(json!({"words": ["a", "b", "c"]})).is_ok());
}

// Beyond the rules.

/// Parts within parts, as deep as told.
fn nested(levels: usize) -> Value {
    let text = format!("{}{{}}{}", "{\"parts\":[".repeat(levels), "]}".repeat(levels));
    wire::json::parse(text.as_bytes()).unwrap()
}

#[test]
fn deep_nesting_is_refused_before_it_uses_up_the_stack() {
    // The thread has the stack of a server's worker.
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(|| {
        assert!(written(&thing(nested(31))).starts_with('{'));
        for levels in [32, 255] {
            assert_eq!(refused(nested(levels)), "The data objects are nested too deeply.");
        }
        let mixed = json!({"anything": nested(254)});
        assert!(written(&thing(mixed)).len() > 254);
    });
    thread.unwrap().join().unwrap();
}

#[test]
fn keys_and_accessors_of_the_macro_follow_the_naming_rules() {
    for table in [
        Thing::DATA,
        Owner::DATA,
        ThingExtension::DATA,
        crate::search::SearchCriteria::DATA,
        crate::search::Filter::DATA,
    ] {
        for field in table.fields {
            assert_eq!(field.accessor, naming::upper_camel(field.key));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_json_is_bound_or_refused(value in any_json()) {
        if let Ok(bound) = bind::<Thing>(value) {
            prop_assert!(written(&bound).is_ascii());
        }
    }

    #[test]
    fn a_bound_object_written_and_bound_again_is_the_same(
        sku in ".{0,8}",
        id in any::<i64>(),
        is_active in any::<bool>(),
        cents in any::<i32>(),
        words in prop::collection::vec(".{0,8}", 0..4),
    ) {
        let first = Thing {
            id,
            sku,
            is_active,
            price: Some(Decimal::new(cents.into(), 2)),
            words,
            ..Thing::default()
        };
        let text = written(&first);
        prop_assert_eq!(thing(wire::json::parse(text.as_bytes()).unwrap()), first);
    }
}
