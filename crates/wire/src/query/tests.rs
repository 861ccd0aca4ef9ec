use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::goldens;

fn read(query: &str) -> Value {
    let Ok(map) = parse(query);
    Value::Object(map)
}

#[rstest]
#[case::plain("a=1&b=2", json!({"a": "1", "b": "2"}))]
#[case::nested("a[b][0]=x", json!({"a": {"b": {"0": "x"}}}))]
#[case::encoded_brackets("a%5Bb%5D%5B0%5D=x", json!({"a": {"b": {"0": "x"}}}))]
#[case::append("a[]=x&a[]=y", json!({"a": {"0": "x", "1": "y"}}))]
#[case::append_after_a_key("a[5]=x&a[]=y&a[x]=z&a[]=w", json!({"a": {"5": "x", "6": "y", "x": "z", "7": "w"}}))]
#[case::append_after_a_negative_key("a[-5]=x&a[]=y", json!({"a": {"-5": "x", "0": "y"}}))]
#[case::leading_zeros_are_no_integer("a[05]=x&a[]=y", json!({"a": {"05": "x", "0": "y"}}))]
#[case::append_arrays("a[][b]=1&a[][b]=2", json!({"a": {"0": {"b": "1"}, "1": {"b": "2"}}}))]
#[case::blank_index("a[ ]=1&a[+]=2", json!({"a": {"0": "1", "1": "2"}}))]
#[case::blank_before_index("a[ b]=1", json!({"a": {" b": "1"}}))]
#[case::dots_and_blanks("a.b+c=1", json!({"a_b_c": "1"}))]
#[case::dots_inside_brackets("a[b.c d]=1", json!({"a": {"b.c d": "1"}}))]
#[case::leading_blanks("++a=1", json!({"a": "1"}))]
#[case::unclosed("a[b=x", json!({"a_b": "x"}))]
#[case::unclosed_and_more("a[b.c d[e=x", json!({"a_b_c_d_e": "x"}))]
#[case::unclosed_later("a[b][c=x", json!({"a": {"b": "x"}}))]
#[case::unclosed_after_append("a[][c=x", json!({"a": {"0": "x"}}))]
#[case::bracket_in_index("a[b[c]=x", json!({"a": {"b[c": "x"}}))]
#[case::text_after_index("a[b]c=x&d[e]f[g]=y", json!({"a": {"b": "x"}, "d": {"e": "y"}}))]
#[case::only_closing("a]=x", json!({"a]": "x"}))]
#[case::no_name("=x&[a]=y&[]=z&+=w", json!({}))]
#[case::no_value("searchCriteria", json!({"searchCriteria": ""}))]
#[case::empty_value("searchCriteria=", json!({"searchCriteria": ""}))]
#[case::empty_parts("&&a=1&&b=2&", json!({"a": "1", "b": "2"}))]
#[case::equals_in_value("a=b=c", json!({"a": "b=c"}))]
#[case::last_wins("a=1&b=2&a=3", json!({"a": "3", "b": "2"}))]
#[case::scalar_to_array("a=1&a[b]=2", json!({"a": {"b": "2"}}))]
#[case::array_to_scalar("a[b]=1&a=2", json!({"a": "2"}))]
#[case::raw_percent("a=%Vase%&b=%25", json!({"a": "%Vase%", "b": "%"}))]
#[case::plus_and_space("a=x+y%20z", json!({"a": "x y z"}))]
#[case::encoded_separator("a=1%26b%3D2", json!({"a": "1&b=2"}))]
#[case::nul_in_name("a%00b[c]=1", json!({"a": "1"}))]
#[case::bad_utf8("%ff=%fe", json!({"\u{fffd}": "\u{fffd}"}))]
#[case::last_integer("a[9223372036854775807]=x&a[]=y", json!({"a": {"9223372036854775807": "x"}}))]
fn parts_are_read_as_php_reads_them(#[case] query: &str, #[case] expected: Value) {
    assert_eq!(read(query), expected);
}

#[test]
fn a_duplicate_keeps_the_first_place() {
    assert_eq!(
        read("a=1&b=2&a=3&c[x]=1&b=4").to_string(),
        r#"{"a":"3","b":"4","c":{"x":"1"}}"#
    );
}

#[test]
fn the_1001st_variable_is_ignored() {
    let query: String = (0..1500).map(|n| format!("v{n}=1&&")).collect();
    assert_eq!(read(&query).as_object().unwrap().len(), 1000);
}

#[test]
fn more_than_64_brackets_remove_the_variable() {
    let deep = |brackets: usize| format!("a[x]=1&b=2&a{}=3", "[x]".repeat(brackets));
    assert!(read(&deep(64))["a"]["x"].is_object());
    assert_eq!(read(&deep(65)), json!({"b": "2"}));
    let unclosed = format!("c=1&c{}[y=3", "[x]".repeat(64));
    assert_eq!(read(&unclosed), json!({}));
}

#[test]
fn a_megabyte_of_brackets_is_read_at_once() {
    let long = "[".repeat(1_000_000);
    assert_eq!(read(&format!("a{long}=1")).as_object().unwrap().len(), 1);
    assert_eq!(read(&format!("a{}=1", "[x]".repeat(300_000))), json!({}));
    let unclosed: String = (0..1000).map(|n| format!("a{n}{}&", "[]".repeat(60))).collect();
    assert_eq!(read(&unclosed).as_object().unwrap().len(), 1000);
}

#[test]
fn recorded_searches_are_read() {
    let mut searches = 0;
    for row in goldens::rows("replay")
        .into_iter()
        .chain(goldens::rows("ms-replay"))
    {
        let Some((_, query)) = row.path.split_once('?') else {
            continue;
        };
        let value = read(query);
        if query.contains("filterGroups") && row.response_status == 200 {
            let groups = value["searchCriteria"]["filterGroups"]
                .as_object()
                .expect(&row.path);
            assert!(
                groups.values().all(|group| group["filters"].is_object()),
                "{}",
                row.path
            );
            searches += 1;
        }
    }
    assert!(searches > 0 || goldens::absent());
}

proptest! {
    #[test]
    fn any_text_is_read(query in ".{0,300}") {
        let _ = read(&query);
    }

    #[test]
    fn bracketed_text_is_read(query in "[ab\\[\\]=&.+%0-9 ]{0,200}") {
        let _ = read(&query);
    }

    #[test]
    fn plain_pairs_come_back(pairs in proptest::collection::vec(("[a-z]{1,6}", "[a-zA-Z0-9]{0,6}"), 0..20)) {
        let query: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let expected: Map<String, Value> =
            pairs.into_iter().map(|(key, value)| (key, Value::String(value))).collect();
        prop_assert_eq!(read(&query.join("&")), Value::Object(expected));
    }
}
