//! The table of `spec/webapi.md §6.10`, row by row.

use rstest::rstest;
use serde_json::json;

use super::*;
use crate::testing::{bind, invalid};

#[rstest]
#[case(json!(5), 5)]
#[case(json!("5"), 5)]
#[case(json!(" 7"), 7)]
#[case(json!("7 "), 7)]
#[case(json!("1e3"), 1000)]
#[case(json!(1.9), 1)]
#[case(json!(-1.9), -1)]
#[case(json!("1.9"), 1)]
#[case(json!("-1"), -1)]
#[case(json!("+1"), 1)]
#[case(json!("01"), 1)]
#[case(json!(9_223_372_036_854_775_807_i64), i64::MAX)]
#[case(json!("1e999"), 0)]
fn numbers_become_whole(#[case] value: Value, #[case] expected: i64) {
    assert_eq!(bind(value), Ok(expected));
}

#[rstest]
#[case(json!(""), "")]
#[case(json!("abc"), "abc")]
#[case(json!("12abc"), "12abc")]
#[case(json!("0x1A"), "0x1A")]
#[case(json!(true), "1")]
#[case(json!(false), "")]
#[case(json!([]), "array")]
#[case(json!([4]), "array")]
#[case(json!({"a": 1}), "array")]
fn what_is_no_number_is_refused_as_int(#[case] value: Value, #[case] shown: &str) {
    assert_eq!(bind::<i64>(value), Err(invalid(shown, "int")));
}

#[rstest]
#[case(json!(5), "5")]
#[case(json!("5"), "5")]
#[case(json!(" 7 "), "7")]
#[case(json!("1e3"), "1000")]
#[case(json!("1E+3"), "1000")]
#[case(json!("1.5e-1"), "0.15")]
#[case(json!("1.9"), "1.9")]
#[case(json!(".5"), "0.5")]
#[case(json!("-.5"), "-0.5")]
#[case(json!("+.5"), "0.5")]
#[case(json!("1."), "1")]
#[case(json!("1.e3"), "1000")]
#[case(json!(".5e1"), "5")]
#[case(json!("000000000000000000000000000000000012"), "12")]
#[case(json!(0.1), "0.1")]
#[case(json!(1e-5), "0.00001")]
#[case(json!("123456789.123456"), "123456789.123456")]
#[case(json!("0.12345678901234567890123456789012345"), "0.1234567890123456789012345679")]
#[case(json!("1e-60"), "0")]
#[case(json!("-1.26e-27"), "-0.0000000000000000000000000013")]
#[case(json!(18_446_744_073_709_551_615_u64), "18446744073709551615")]
fn numbers_become_decimal(#[case] value: Value, #[case] expected: &str) {
    let bound: Decimal = bind(value).unwrap();
    assert_eq!(bound.normalize().to_string(), expected);
}

#[rstest]
#[case(json!(""), "")]
#[case(json!("1,5"), "1,5")]
#[case(json!("x"), "x")]
#[case(json!(true), "1")]
#[case(json!(false), "")]
#[case(json!([1]), "array")]
#[case(json!("1e400"), "1e400")]
fn what_is_no_number_is_refused_as_float(#[case] value: Value, #[case] shown: &str) {
    assert_eq!(bind::<Decimal>(value), Err(invalid(shown, "float")));
}

#[rstest]
#[case(json!("x"), "x")]
#[case(json!(""), "")]
#[case(json!(true), "1")]
#[case(json!(false), "")]
#[case(json!(1.0), "1")]
#[case(json!(1.5), "1.5")]
#[case(json!(5), "5")]
fn scalars_become_text(#[case] value: Value, #[case] expected: &str) {
    assert_eq!(bind::<String>(value).as_deref(), Ok(expected));
}

#[rstest]
#[case(json!([]))]
#[case(json!(["x"]))]
#[case(json!({"a": 1}))]
fn arrays_are_refused_as_text(#[case] value: Value) {
    assert_eq!(bind::<String>(value), Err(invalid("array", "string")));
}

#[rstest]
#[case(json!(true), true)]
#[case(json!(1), true)]
#[case(json!("1"), true)]
#[case(json!("true"), true)]
#[case(json!("TRUE"), true)]
#[case(json!("Yes"), true)]
#[case(json!("on"), true)]
#[case(json!(false), false)]
#[case(json!(0), false)]
#[case(json!(2), false)]
#[case(json!("2"), false)]
#[case(json!("abc"), false)]
#[case(json!("false"), false)]
#[case(json!(""), false)]
fn few_scalars_are_true(#[case] value: Value, #[case] expected: bool) {
    assert_eq!(bind(value), Ok(expected));
}

#[test]
fn arrays_are_refused_as_bool() {
    assert_eq!(bind::<bool>(json!([true])), Err(invalid("array", "bool")));
    assert_eq!(bind::<bool>(json!({})), Err(invalid("array", "bool")));
}

#[test]
fn elements_are_cast_without_a_check() {
    assert_eq!(
        bind(json!([
            "x", "5", "12abc", " 7", 1.9, true, false, null, "1e2x", "\u{a0}", ""
        ])),
        Ok(vec![0_i64, 5, 12, 7, 1, 1, 0, 0, 100, 0, 0])
    );
    assert_eq!(
        bind(json!(["x", "1.50", "12abc", true, null, ".5x", "-1e1"])),
        Ok(["0", "1.50", "12", "1", "0", "0.5", "-10"]
            .map(|d| d.parse::<Decimal>().unwrap())
            .to_vec())
    );
    assert_eq!(
        bind(json!([true, false, 1.0, null, "x"])),
        Ok(["1", "", "1", "", "x"].map(ToOwned::to_owned).to_vec())
    );
    // Even the word "false" is true here, as any text but "" and "0".
    assert_eq!(
        bind(json!(["false", "0", "", 0, 2, null, true])),
        Ok(vec![true, false, false, false, true, false, true])
    );
}

#[rstest]
#[case(json!("x"), "string")]
#[case(json!(5), "integer")]
#[case(json!(1.5), "double")]
#[case(json!(true), "boolean")]
fn a_scalar_is_no_list_of_scalars(#[case] value: Value, #[case] php_type: &str) {
    assert_eq!(bind::<Vec<i64>>(value.clone()), Err(invalid(php_type, "int[]")));
    assert_eq!(bind::<Vec<String>>(value), Err(invalid(php_type, "string[]")));
}

#[test]
fn arrays_are_no_elements_of_scalar_lists() {
    assert_eq!(
        bind::<Vec<String>>(json!([["x"]])),
        Err(invalid("array", "string"))
    );
    assert_eq!(bind::<Vec<i64>>(json!([{}])), Err(invalid("array", "int")));
    assert_eq!(bind::<Vec<bool>>(json!([[]])), Err(invalid("array", "bool")));
    assert_eq!(bind::<Vec<Decimal>>(json!([[]])), Err(invalid("array", "float")));
}

#[rstest]
#[case(json!(null))]
#[case(json!(1.50))]
#[case(json!("x"))]
#[case(json!([1, {"a": []}]))]
#[case(json!({"a": {"b": null}}))]
fn mixed_takes_anything_unchanged(#[case] value: Value) {
    assert_eq!(bind(value.clone()), Ok(Mixed(value)));
}
