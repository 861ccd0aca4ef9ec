use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn read(literal: &str) -> Result<Value, ParseError> {
    parse(&format!("<?php\nreturn [{literal}];\n")).map(|value| match value {
        Value::Array(items) => items.into_iter().next().map_or(Value::Null, |(_, value)| value),
        other => other,
    })
}

#[rstest]
#[case("'a'", Value::Text("a".to_owned()))]
#[case(r"'it\'s \\ \n'", Value::Text(r"it's \ \n".to_owned()))]
#[case(r#""a\n\t\\\"\$x \q é""#, Value::Text("a\n\t\\\"$x \\q é".to_owned()))]
#[case(r#""\x41\101\u{e9}$ {a}""#, Value::Text("AAé$ {a}".to_owned()))]
#[case("'two\nlines'", Value::Text("two\nlines".to_owned()))]
#[case("42", Value::Int(42))]
#[case("-42", Value::Int(-42))]
#[case("0x1F", Value::Int(31))]
#[case("0755", Value::Int(493))]
#[case("1_000", Value::Int(1000))]
#[case("1.5", Value::Float(1.5))]
#[case("1e-3", Value::Float(0.001))]
#[case("99999999999999999999", Value::Float(1e20))]
#[case("TRUE", Value::Bool(true))]
#[case("False", Value::Bool(false))]
#[case("NULL", Value::Null)]
fn literals_are_read(#[case] literal: &str, #[case] value: Value) {
    assert!(read(literal).unwrap() == value, "{literal}");
}

#[test]
fn both_array_forms_comments_and_trailing_commas_are_read() {
    let text = "\u{feff}<?php\ndeclare(strict_types=1);\n# one\n// two\n/* three */\nreturn array(\n  'a' => array('b' => \
                ['c' => 1,],), // end\n  5 => 'x', 'y',\n);\n?>\nanything";
    let value = parse(text).unwrap();
    assert!(value.at(&["a", "b", "c"]) == Some(&Value::Int(1)));
    assert!(value.at(&["6"]) == Some(&Value::Text("y".to_owned())));
    assert!(value.at(&["a", "x"]).is_none());
    assert!(value.at(&["5", "x"]).is_none());
}

#[test]
fn the_last_of_equal_keys_wins() {
    let value = parse("<?php return ['a' => 1, 'b' => 2, 'a' => 3];").unwrap();
    assert!(value.at(&["a"]) == Some(&Value::Int(3)));
}

#[rstest]
#[case("", 1, "the file does not begin with <?php")]
#[case("<?php\n$a = 1;", 2, "a variable; only literal values are read")]
#[case("<?php\n\nreturn 5;", 3, "the file does not return an array")]
#[case(
    "<?php return ['a' => getenv('X')];",
    1,
    "a value is expected; only literal values are read"
)]
#[case("<?php return [\n'a' => 'b' . 'c'];", 2, "a number that is not understood")]
#[case(
    "<?php return [\n\n'a' 'b'];",
    3,
    "a comma or the end of the array is expected"
)]
#[case(
    "<?php return [\n'a' => \"x $b\"];",
    2,
    "a variable inside a string; only literal values are read"
)]
#[case("<?php return [\n'a", 2, "a string without an end")]
#[case("<?php /* x", 1, "a comment without an end")]
#[case("<?php return [[] => 1];", 1, "this value cannot be a key")]
#[case("<?php return [1", 1, "a comma or the end of the array is expected")]
fn what_is_not_a_literal_is_refused_with_its_line(
    #[case] text: &str,
    #[case] line: usize,
    #[case] what: &'static str,
) {
    assert_eq!(parse(text).unwrap_err(), ParseError { line, what });
}

#[test]
fn deep_nesting_is_refused() {
    let text = format!("<?php return {}{};", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(parse(&text).unwrap_err().what, "arrays are nested too deeply");
}

#[test]
fn debug_output_shows_no_values() {
    assert_eq!(format!("{:?}", read("'hunter2'").unwrap()), "Text");
}

proptest! {
    #[test]
    fn parsing_never_panics(text in ".*") {
        let _ = parse(&text);
        let _ = parse(&format!("<?php return [{text}"));
    }

    #[test]
    fn parsing_pieces_never_panics(pieces in proptest::collection::vec(
        proptest::sample::select(vec![
            "[", "]", "array(", ")", "=>", ",", "'", "\"", "\\", "\\x", "\\u{", "}", "$", "{", "-", "1", "0x", "0", ".",
            "e", "é", "//", "/*", "*/", "#", "?>", "\n", "null", " ", "7",
        ]), 0..40)) {
        let _ = parse(&format!("<?php return [{}", pieces.concat()));
    }

    #[test]
    fn any_text_comes_back_from_single_quotes(text in ".*") {
        let quoted = format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
        prop_assert!(read(&quoted).unwrap() == Value::Text(text));
    }

    #[test]
    fn any_number_comes_back(number in (i64::MIN + 1)..i64::MAX) {
        prop_assert!(read(&number.to_string()).unwrap() == Value::Int(number));
    }
}
