use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::tests::support::Fake;

#[rstest]
#[case("/rest/V1/modules", Some("V1/modules"))]
#[case("//rest/V1/modules/", Some("V1/modules"))]
#[case("/rest/V1/modules//", Some("V1/modules"))]
#[case("/rest//V1/modules", Some("/V1/modules"))]
#[case("/index.php/rest/V1/modules", Some("V1/modules"))]
#[case("/index.php//rest/V1", Some("V1"))]
#[case("/rest", Some(""))]
#[case("/rest/", Some(""))]
#[case("/index.phprest/V1", None)]
#[case("/index.php", None)]
#[case("/REST/V1/modules", None)]
#[case("/restful/V1", None)]
#[case("/V1/modules", None)]
#[case("/", None)]
#[case("", None)]
fn the_surface_begins_at_rest(#[case] path: &str, #[case] expected: Option<&str>) {
    assert_eq!(below_rest(path), expected);
}

/// The path table of `spec/webapi.md §1`: store view and meaning of what stands below `/rest/`.
#[rstest]
#[case::no_code("V1/modules", 1, Target::Call("V1/modules"))]
#[case::code("de/V1/modules", 2, Target::Call("V1/modules"))]
#[case::default_code("default/V1/modules", 1, Target::Call("V1/modules"))]
#[case::inactive_view("old/V1/modules", 3, Target::Call("V1/modules"))]
#[case::all_views("all/V1/modules", 0, Target::Call("V1/modules"))]
#[case::admin_is_no_code("admin/V1/modules", 1, Target::Unprocessable)]
#[case::unknown_code("nosuch/V1/modules", 1, Target::Unprocessable)]
#[case::codes_have_a_case("DE/V1/modules", 1, Target::Unprocessable)]
#[case::all_has_a_case("ALL/V1/modules", 1, Target::Unprocessable)]
#[case::two_codes("de/default/V1/modules", 2, Target::Unprocessable)]
#[case::nothing("", 1, Target::Unprocessable)]
#[case::code_only("de", 2, Target::Unprocessable)]
#[case::lower_case_version("v1/modules", 1, Target::Unprocessable)]
#[case::no_version("modules", 1, Target::Unprocessable)]
#[case::letter_only("V/modules", 1, Target::Unprocessable)]
#[case::any_number("V3/modules", 1, Target::Call("V3/modules"))]
#[case::version_only("V1", 1, Target::Call("V1"))]
#[case::more_than_a_number("V1x/modules", 1, Target::Call("V1x/modules"))]
#[case::empty_segment("/V1/modules", 1, Target::Unprocessable)]
#[case::empty_segment_after_the_code("de//V1/modules", 2, Target::Unprocessable)]
#[case::asynchronous("async/V1/products", 1, Target::Unprocessable)]
#[case::bulk("de/async/bulk/V1/products", 2, Target::Unprocessable)]
#[case::asynchronous_schema("async/schema", 1, Target::Unprocessable)]
fn paths_name_a_view_and_a_call(#[case] below: &str, #[case] store_id: i64, #[case] expected: Target<'_>) {
    let (scope, rest) = resolve(below, None, &Fake::default());
    assert_eq!(scope.store_id, store_id);
    assert_eq!(target(rest, ""), expected);
}

#[rstest]
#[case("schema", "/rest/schema", "/rest")]
#[case("schema", "/rest/de/schema", "/rest/de")]
#[case("schema/", "/index.php/rest/schema/", "/index.php/rest")]
#[case("schemas", "/rest/schemas", "/rest")]
fn the_schema_knows_its_base_path(#[case] path: &str, #[case] whole: &str, #[case] base_path: &str) {
    assert_eq!(target(path, whole), Target::Schema { base_path });
}

#[rstest]
#[case("V1/x", Some("de"), 2)]
#[case("V1/x", Some("nosuch"), 1)]
#[case("V1/x", Some("old"), 1)]
#[case("V1/x", Some("all"), 1)]
#[case("default/V1/x", Some("de"), 1)]
#[case("all/V1/x", Some("de"), 0)]
fn a_cookie_names_the_view_when_the_path_does_not(
    #[case] below: &str,
    #[case] cookie: Option<&str>,
    #[case] store_id: i64,
) {
    assert_eq!(resolve(below, cookie, &Fake::default()).0.store_id, store_id);
}

#[rstest]
#[case("a=1; store=de; b=2", Some("de"))]
#[case("store=de", Some("de"))]
#[case("store = de ", Some("de"))]
#[case("store=a=b", Some("a=b"))]
#[case("xstore=de", None)]
#[case("store", None)]
#[case("", None)]
fn cookies_are_found_among_others(#[case] header: &str, #[case] expected: Option<&str>) {
    assert_eq!(cookie(header, "store"), expected);
}

proptest! {
    #[test]
    fn any_path_is_understood(path in "(/|rest|index\\.php|V1|all|de|schema|.){0,12}", name in ".{0,5}") {
        let below = below_rest(&path).unwrap_or(&path);
        let (_, rest) = resolve(below, cookie(&path, &name), &Fake::default());
        prop_assert!(below.ends_with(rest));
        if let Target::Call(call) = target(rest, &path) {
            prop_assert!(call.starts_with('V'));
        }
    }
}
