use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::goldens;

#[rstest]
#[case::root_name_is_dropped("<any><a>1</a></any>", json!({"a": "1"}))]
#[case::declaration("<?xml version=\"1.0\"?><r><a>1</a></r>", json!({"a": "1"}))]
#[case::bom("\u{feff}<r>1</r>", json!("1"))]
#[case::scalar_root("<r>x</r>", json!("x"))]
#[case::empty_root("<request/>", json!(null))]
#[case::empty_element("<r><a/><b></b></r>", json!({"a": null, "b": null}))]
#[case::blank_text("<r>\n  <a> </a>\n</r>", json!({"a": ""}))]
#[case::text_keeps_its_blanks("<r><a> x </a></r>", json!({"a": " x "}))]
#[case::only_a_comment("<r><a><!-- c --></a></r>", json!({"a": ""}))]
#[case::comment_between_texts("<r>a<!-- c -->b</r>", json!("b"))]
#[case::siblings("<r><a>1</a><b>x</b><a>2</a><a>3</a></r>", json!({"a": ["1", "2", "3"], "b": "x"}))]
#[case::object_siblings("<r><a><i>1</i></a><a><i>2</i></a></r>", json!({"a": [{"i": "1"}, {"i": "2"}]}))]
#[case::object_then_text("<r><a><i>1</i></a><a>2</a></r>", json!({"a": [{"i": "1"}, "2"]}))]
#[case::two_texts_then_object("<r><a>1</a><a>2</a><a><i>3</i></a></r>", json!({"a": [["1", "2"], {"i": "3"}]}))]
#[case::null_sibling_first("<r><a/><a>2</a></r>", json!({"a": "2"}))]
#[case::null_sibling_last("<r><a>2</a><a/></r>", json!({"a": ["2", null]}))]
#[case::cdata("<r><a><![CDATA[<b>&amp;]]></a></r>", json!({"a": "<b>&amp;"}))]
#[case::empty_cdata("<r><a><![CDATA[]]></a></r>", json!({"a": ""}))]
#[case::entities("<r>&lt;&gt;&amp;&quot;&apos;&#65;&#x20AC;</r>", json!("<>&\"'A€"))]
#[case::attributes("<r><a x=\"1\" y='&lt;2'>v</a></r>", json!({"a": {"_value": "v", "_attribute": {"x": "1", "y": "<2"}}}))]
#[case::attribute_without_value("<r><a x=\"1\"/></r>", json!({"a": {"_value": null, "_attribute": {"x": "1"}}}))]
#[case::namespaces("<r xmlns=\"u\" xmlns:p=\"v\"><p:a p:x=\"1\">v</p:a></r>", json!({"p:a": {"_value": "v", "_attribute": {"x": "1"}}}))]
#[case::line_ends("<r>a\r\nb\rc</r>", json!("a\nb\nc"))]
#[case::doctype("<!DOCTYPE r [<!ELEMENT r ANY>]><r>1</r>", json!("1"))]
#[case::instructions("<?a b?><r>1<?c d?></r><!-- end -->\n", json!("1"))]
#[case::zero_before_elements("<r>0<a>1</a></r>", json!({"a": "1"}))]
#[case::text_after_elements("<r><a>1</a>x</r>", json!("x"))]
fn well_formed_text_is_read(#[case] text: &str, #[case] expected: Value) {
    assert_eq!(read(text.as_bytes()), Ok(expected));
}

#[rstest]
#[case::empty("")]
#[case::no_element("x")]
#[case::declaration_only("<?xml version=\"1.0\"?>")]
#[case::cut("<login><user")]
#[case::not_closed("<r><a></a>")]
#[case::crossed("<r><a></r></a>")]
#[case::two_roots("<r/><r/>")]
#[case::text_after("<r/>x")]
#[case::cdata_after("<r/><![CDATA[x]]>")]
#[case::reference_after("<r/>&#32;")]
#[case::unknown_entity("<r>&nbsp;</r>")]
#[case::own_entity("<!DOCTYPE r [<!ENTITY e \"x\">]><r>&e;</r>")]
#[case::external_entity("<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><r>&e;</r>")]
#[case::late_doctype("<r/><!DOCTYPE r>")]
#[case::bare_ampersand("<r>a & b</r>")]
#[case::bad_reference("<r>&#1;</r>")]
#[case::surrogate_reference("<r>&#xD800;</r>")]
#[case::control_character("<r>\u{1}</r>")]
#[case::double_attribute("<r a=\"1\" a=\"2\"/>")]
#[case::attribute_without_quotes("<r a=1/>")]
#[case::bad_name("<1/>")]
#[case::comment_in_comment("<r><!-- a -- b --></r>")]
#[case::element_after_text("<r>x<a>1</a></r>")]
#[case::json("{\"a\":1}")]
fn other_text_is_a_decoding_error(#[case] text: &str) {
    assert_eq!(read(text.as_bytes()), Err(DecodingError));
}

#[test]
fn bytes_that_are_not_utf_8_are_an_error() {
    assert_eq!(read(b"<r>\xFF</r>"), Err(DecodingError));
}

#[test]
fn the_512th_level_is_read_and_the_next_is_not() {
    let nested = |levels: usize| format!("{}1{}", "<a>".repeat(levels), "</a>".repeat(levels));
    assert!(read(nested(512).as_bytes()).is_ok());
    assert_eq!(read(nested(513).as_bytes()), Err(DecodingError));
    assert_eq!(read("<a>".repeat(1_000_000).as_bytes()), Err(DecodingError));
}

#[test]
fn entity_bombs_are_not_expanded() {
    let bomb = "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><r>&b;</r>";
    assert_eq!(read(bomb.as_bytes()), Err(DecodingError));
}

#[test]
fn recorded_bodies_are_read_as_recorded() {
    let mut bodies = 0;
    for row in goldens::rows("auth").into_iter().chain(goldens::rows("replay")) {
        if !row
            .header("Content-Type")
            .is_some_and(|header| header.ends_with("xml"))
        {
            continue;
        }
        let refused = row.response_body.contains("Decoding error.");
        assert_eq!(read(row.body.as_bytes()).is_err(), refused, "{}", row.name);
        bodies += 1;
    }
    assert!(bodies >= 2 || goldens::absent(), "{bodies}");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&body);
    }

    #[test]
    fn xml_like_text_is_read_or_refused(body in "([<>/&;a=\"'!\\-\\[\\]# ?]|<a>|</a>|<!\\[CDATA\\[|\\]\\]>|&lt;|<!--|-->){0,40}") {
        let _ = read(format!("<r>{body}</r>").as_bytes());
    }
}

#[test]
fn two_million_elements_and_attributes_are_read_and_more_are_not() {
    let elements = |count: usize| format!("<a>{}</a>", "<b/>".repeat(count - 1));
    assert!(read(elements(2_000_000).as_bytes()).is_ok());
    assert_eq!(read(elements(2_000_001).as_bytes()), Err(DecodingError));
    let attributes = format!("<a>{}</a>", r#"<b c="1"/>"#.repeat(1_000_000));
    assert_eq!(read(attributes.as_bytes()), Err(DecodingError));
}

#[test]
fn many_attributes_of_one_element_take_time_in_proportion() {
    let many = |more: &str| {
        let attributes: String = (0..200_000).map(|index| format!(" a{index}=\"\"")).collect();
        format!("<a{attributes}{more}/>")
    };
    let value = read(many("").as_bytes()).unwrap();
    assert_eq!(value["_attribute"].as_object().map(Map::len), Some(200_000));
    assert_eq!(
        read(many(" a7=\"\"").as_bytes()),
        Err(DecodingError),
        "a second one of that name"
    );
}
