use std::fmt::Write as _;

use crate::tree::Node;

const ROOT: &str = "response";
const ITEM: &str = "item";
/// The serialiser of the original indents no further than this many levels.
const MAX_INDENT: usize = 30;

/// Writes an answer as an XML document (spec/webapi.md §8).
///
/// Two blanks per level; lists become `<item>` elements; `null` is an empty element with an end tag, an empty list or
/// object has none. The document names no encoding, so what is not ASCII is a character reference. Characters that
/// XML forbids are left out, where the original loses the whole text.
#[must_use]
pub fn write(body: &Node) -> String {
    let mut out = String::from("<?xml version=\"1.0\"?>\n");
    element(&mut out, ROOT, body, 0);
    out
}

fn element(out: &mut String, name: &str, value: &Node, level: usize) {
    indent(out, level);
    match value {
        Node::Null => leaf(out, name, ""),
        Node::Bool(value) => leaf(out, name, if *value { "true" } else { "false" }),
        Node::Int(value) => leaf(out, name, &value.to_string()),
        // JSON writes the exponent with `e`, a cast to string with `E`.
        Node::Float(text) => leaf(out, name, &text.replace('e', "E")),
        Node::Str(text) => leaf(out, name, text),
        Node::Object(members) if numbered(members) => {
            children(out, name, level, members.iter().map(|(_, value)| (ITEM, value)));
        }
        Node::Object(members) => {
            let names: Vec<String> = members.iter().map(|(key, _)| element_name(key)).collect();
            let values = members.iter().map(|(_, value)| value);
            children(out, name, level, names.iter().map(String::as_str).zip(values));
        }
        Node::List(items) => children(out, name, level, items.iter().map(|item| (ITEM, item))),
    }
}

fn leaf(out: &mut String, name: &str, text: &str) {
    start(out, name);
    escape(out, text);
    end(out, name);
}

fn children<'a>(
    out: &mut String,
    name: &str,
    level: usize,
    items: impl Iterator<Item = (&'a str, &'a Node)>,
) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        out.push('<');
        out.push_str(name);
        out.push_str("/>\n");
        return;
    }
    start(out, name);
    out.push('\n');
    for (name, value) in items {
        element(out, name, value, level + 1);
    }
    indent(out, level);
    end(out, name);
}

fn start(out: &mut String, name: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
}

fn end(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

fn indent(out: &mut String, level: usize) {
    for _ in 0..level.min(MAX_INDENT) {
        out.push_str("  ");
    }
}

fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\t' | '\n' | ' '..='\x7F' => out.push(letter),
            '\0'..='\x1F' if letter != '\r' => {}
            '\u{FFFE}' | '\u{FFFF}' => {}
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(out, "&#x{:X};", u32::from(letter));
            }
        }
    }
}

/// Whether all keys are digits: such an object is a list to XML.
fn numbered(members: &[(String, Node)]) -> bool {
    !members.is_empty()
        && members
            .iter()
            .all(|(key, _)| !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit()))
}

/// A key as an element's name: blanks and `:` become `_`, `_` at the ends and what is neither a word character nor
/// `-` go, a leading digit or `-` gets `item_` in front. Where nothing is left (an error to the original) it is
/// `item`.
fn element_name(key: &str) -> String {
    let kept: String = key
        .chars()
        .map(|letter| if matches!(letter, ' ' | ':') { '_' } else { letter })
        .filter(|letter| {
            letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.') || !letter.is_ascii()
        })
        .collect();
    let trimmed = kept.trim_matches('_');
    let prohibited = trimmed.starts_with(['.', '-']);
    let mut name: String = trimmed
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
        .collect();
    if name.is_empty() && !prohibited {
        return ITEM.to_owned();
    }
    if prohibited || name.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        name.insert_str(0, "item_");
    }
    name
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::{Value, goldens, xml};

    fn xml(body: Value) -> String {
        write(&Node::from(body))
    }

    #[test]
    fn all_kinds_of_values_have_their_form() {
        let body = json!({
            "null": null, "yes": true, "no": false, "int": -1, "float": 1e25, "empty": "", "text": "a\tb\nc",
            "list": [1, "x", null, [], [2]], "none": [], "object": {"a": {}},
        });
        assert_snapshot!(xml(body), @r#"
        <?xml version="1.0"?>
        <response>
          <null></null>
          <yes>true</yes>
          <no>false</no>
          <int>-1</int>
          <float>1.0E+25</float>
          <empty></empty>
          <text>a	b
        c</text>
          <list>
            <item>1</item>
            <item>x</item>
            <item></item>
            <item/>
            <item>
              <item>2</item>
            </item>
          </list>
          <none/>
          <object>
            <a/>
          </object>
        </response>
        "#);
    }

    #[rstest]
    #[case(json!(true), "<response>true</response>")]
    #[case(json!(null), "<response></response>")]
    #[case(json!([]), "<response/>")]
    #[case(json!("<b>&\"'/</b>"), "<response>&lt;b&gt;&amp;\"'/&lt;/b&gt;</response>")]
    #[case(json!("Ü€😀\r\u{7f}\u{1}\u{ffff}"), "<response>&#xDC;&#x20AC;&#x1F600;&#xD;\u{7f}</response>")]
    fn a_scalar_stands_in_the_root(#[case] body: Value, #[case] expected: &str) {
        assert_eq!(xml(body), format!("<?xml version=\"1.0\"?>\n{expected}\n"));
    }

    #[rstest]
    #[case("store_id", "store_id")]
    #[case("a b:c", "a_b_c")]
    #[case("a!\"#$%&'()*+/;<=>?@[\\]^`{|}~b", "ab")]
    #[case("_a_", "a")]
    #[case("1a", "item_1a")]
    #[case(".a", "item_a")]
    #[case("-a", "item_-a")]
    #[case("a.b", "ab")]
    #[case("é1", "item_1")]
    #[case("", "item")]
    #[case("___", "item")]
    fn keys_become_element_names(#[case] key: &str, #[case] expected: &str) {
        assert_eq!(element_name(key), expected);
    }

    #[test]
    fn an_object_with_numbers_for_keys_is_a_list() {
        assert_eq!(
            xml(json!({"1": "x", "3": "y"})),
            "<?xml version=\"1.0\"?>\n<response>\n  <item>x</item>\n  <item>y</item>\n</response>\n"
        );
    }

    #[test]
    fn indentation_ends_at_30_levels() {
        let mut body = json!("x");
        for _ in 0..40 {
            body = json!({"a": body});
        }
        let deepest = xml(body)
            .lines()
            .map(|line| line.len() - line.trim_start().len())
            .max();
        assert_eq!(deepest, Some(60));
    }

    /// The tree that a recorded answer was written from, up to the kinds of scalars.
    fn tree(element: Value, empty_is_list: bool) -> Node {
        match element {
            Value::Object(mut members) if members.len() == 1 && members.contains_key(ITEM) => {
                match members.remove(ITEM).unwrap_or_default() {
                    Value::Array(items) => {
                        Node::List(items.into_iter().map(|item| tree(item, false)).collect())
                    }
                    item => Node::List(vec![tree(item, false)]),
                }
            }
            Value::Object(members) => Node::Object(
                members
                    .into_iter()
                    .map(|(key, value)| (key, tree(value, false)))
                    .collect(),
            ),
            Value::Null if empty_is_list => Node::List(vec![]),
            Value::Null => Node::Str(String::new()),
            other => Node::from(other),
        }
    }

    #[test]
    fn recorded_answers_are_written_again_byte_for_byte() {
        let mut answers = 0;
        for file in ["auth", "replay"] {
            for row in goldens::rows(file) {
                if !row.response_type.starts_with("application/xml") {
                    continue;
                }
                // An empty list is told from an empty text only by its tag.
                let body = row.response_body.replace("/>", ">\u{e000}</>");
                let body = close_marked(&body);
                let value = xml::read(body.as_bytes()).unwrap_or_else(|_| panic!("{}: {body}", row.name));
                assert_eq!(
                    write(&unmark(tree(value, true))),
                    row.response_body,
                    "{}",
                    row.name
                );
                answers += 1;
            }
        }
        assert!(answers > 10 || goldens::absent(), "{answers}");
    }

    /// Gives every `<name>MARK</>` its end tag.
    fn close_marked(body: &str) -> String {
        let mut out = String::new();
        for (index, part) in body.split(">\u{e000}</>").enumerate() {
            if index > 0 {
                let name = out.rsplit('<').next().unwrap_or_default().to_owned();
                let _ = write!(out, ">\u{e000}</{name}>");
            }
            out.push_str(part);
        }
        out
    }

    fn unmark(node: Node) -> Node {
        match node {
            Node::Str(text) if text == "\u{e000}" => Node::List(vec![]),
            Node::Object(members) => Node::Object(members.into_iter().map(|(k, v)| (k, unmark(v))).collect()),
            Node::List(items) => Node::List(items.into_iter().map(unmark).collect()),
            other => other,
        }
    }

    proptest! {
        #[test]
        fn any_text_is_written_as_well_formed_ascii(key in ".{0,10}", text in ".{0,40}") {
            let written = write(&Node::Object(vec![(key, Node::Str(text))]));
            prop_assert!(written.is_ascii());
            prop_assert!(xml::read(written.as_bytes()).is_ok(), "{}", written);
        }
    }
}
