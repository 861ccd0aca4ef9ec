use crate::InputLimits;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::testing::{bind, json as written, text};

/// What a query string asks for.
fn criteria(query: &str) -> Result<SearchCriteria, String> {
    let mut parameters = wire::query::parse(query).unwrap();
    bind(parameters.shift_remove("searchCriteria").unwrap())
}

/// The echo of what a query string asks for; `s` stands for `searchCriteria`.
fn echo(query: &str) -> String {
    written(
        &criteria(
            &query
                .replace("s[", "searchCriteria[")
                .replace("s=", "searchCriteria="),
        )
        .unwrap(),
    )
}

fn with_limits(query: &str) -> Result<SearchCriteria, String> {
    let cx = BindCx {
        limits: Some(LIMITS),
        ..BindCx::default()
    };
    let mut parameters = wire::query::parse(query).unwrap();
    let value = parameters.shift_remove("searchCriteria").unwrap();
    SearchCriteria::bind(value, &cx).map_err(text)
}

const LIMITS: InputLimits = InputLimits {
    complex_array: 2,
    page_size: 5,
    default_page_size: 4,
};

// §13.1

#[rstest]
#[case("searchCriteria")]
#[case("searchCriteria=")]
#[case("searchCriteria=all")]
#[case("searchCriteria[]")]
#[case("searchCriteria[filterGroups]=")]
fn present_but_empty_means_everything(#[case] query: &str) {
    let query = if query == "searchCriteria[]" {
        // A list with one empty text: its key 0 is no member.
        assert!(criteria(query).unwrap_err().contains("fieldName=\"0\""));
        "searchCriteria"
    } else {
        query
    };
    assert_eq!(criteria(query), Ok(SearchCriteria::default()));
    assert_eq!(written(&criteria(query).unwrap()), r#"{"filter_groups":[]}"#);
}

// §13.2

#[rstest]
#[case(
    "searchCriteria[filter_groups][0][filters][0][condition_type]=gt&searchCriteria[sort_orders][0][field]=a&searchCriteria[page_size]=2&searchCriteria[current_page]=3"
)]
#[case(
    "searchCriteria[filterGroups][0][filters][0][conditionType]=gt&searchCriteria[sortOrders][0][field]=a&searchCriteria[pageSize]=2&searchCriteria[currentPage]=3"
)]
fn both_spellings_are_understood(#[case] query: &str) {
    assert_eq!(
        written(&criteria(query).unwrap()),
        r#"{"filter_groups":[{"filters":[{"field":null,"value":null,"condition_type":"gt"}]}],"sort_orders":[{"field":"a","direction":null}],"page_size":2,"current_page":3}"#
    );
}

#[rstest]
#[case("s[pageSize]=1&s[page_size]=2", r#"{"filter_groups":[],"page_size":2}"#)]
#[case("s[page_size]=2&s[pageSize]=1", r#"{"filter_groups":[],"page_size":1}"#)]
#[case(
    "s[filterGroups][0][filters][0][field]=a&s[filter_groups][0][filters][0][value]=b",
    r#"{"filter_groups":[{"filters":[{"field":null,"value":"b","condition_type":"eq"}]}]}"#
)]
fn of_two_spellings_the_later_wins_entirely(#[case] query: &str, #[case] expected: &str) {
    assert_eq!(echo(query), expected);
}

// §13.3

#[rstest]
#[case("searchCriteria[foo_bar]=1", "FooBar")]
#[case("searchCriteria[PAGE_SIZE]=1", "PAGESIZE")]
#[case("searchCriteria[filterGroups][0][bogus]=1", "Bogus")]
#[case("searchCriteria[filterGroups][0][filters][0][bogus]=1", "Bogus")]
#[case("searchCriteria[sortOrders][0][dir]=1", "Dir")]
fn unknown_members_are_refused(#[case] query: &str, #[case] name: &str) {
    assert_eq!(
        criteria(query).unwrap_err(),
        format!(
            "\"%fieldName\" is not supported. Correct the field name and try again. | fieldName=\"{name}\""
        )
    );
}

#[test]
fn indices_may_be_any_keys() {
    assert_eq!(
        echo(
            "s[filterGroups][x][filters][9][field]=a&s[filterGroups][x][filters][1][field]=b&s[filterGroups][][filters][][field]=c"
        ),
        r#"{"filter_groups":[{"filters":[{"field":"a","value":null,"condition_type":"eq"},{"field":"b","value":null,"condition_type":"eq"}]},{"filters":[{"field":"c","value":null,"condition_type":"eq"}]}]}"#
    );
}

#[test]
fn without_an_index_each_member_is_an_empty_filter() {
    assert_eq!(
        echo("s[filterGroups][0][filters][field]=a&s[filterGroups][0][filters][value]=b"),
        r#"{"filter_groups":[{"filters":[{"field":null,"value":null,"condition_type":"eq"},{"field":null,"value":null,"condition_type":"eq"}]}]}"#
    );
}

#[rstest]
#[case("s[filterGroups][0]=x")]
#[case("s[filterGroups][0][filters]=x")]
#[case("s[filterGroups][0][filters]=")]
fn a_group_without_filters_shows_none(#[case] query: &str) {
    assert_eq!(echo(query), r#"{"filter_groups":[{"filters":[]}]}"#);
}

// §13.4–13.5: the meanings are tested where they are, in `db::search`.

#[test]
fn criteria_become_a_search() {
    let criteria: SearchCriteria = bind(json!({
        "filter_groups": [
            {"filters": [
                {"field": "a", "value": "1", "condition_type": "from"},
                {"field": "a", "value": "2", "condition_type": "to"},
            ]},
            {"filters": [{"field": "b"}]},
        ],
        "sort_orders": [{"field": "a", "direction": "asc"}, {"field": "b"}],
        "page_size": 5,
        "current_page": 2,
    }))
    .unwrap();
    let search = criteria.to_search();
    let filter = db::search::Filter::new;
    let range = db::search::Group(vec![filter("a", "from", Some("1")), filter("a", "to", Some("2"))]);
    assert_eq!(
        search.groups,
        [range, db::search::Group(vec![filter("b", "eq", None)])]
    );
    let sorts: Vec<_> = search
        .sorts
        .iter()
        .map(|sort| (sort.field.as_str(), sort.ascending))
        .collect();
    assert_eq!(sorts, [("a", true), ("b", false)]);
    assert_eq!(search.window, Some((5, 5)));
}

#[rstest]
#[case("", "eq")]
#[case("&s[filterGroups][0][filters][0][conditionType]=", "eq")]
#[case("&s[filterGroups][0][filters][0][conditionType]=moreq", "moreq")]
#[case("&s[filterGroups][0][filters][0][conditionType]=EQ", "EQ")]
fn the_condition_is_echoed_as_sent(#[case] query: &str, #[case] expected: &str) {
    assert_eq!(
        echo(&format!("s[filterGroups][0][filters][0][field]=a{query}")),
        format!(
            r#"{{"filter_groups":[{{"filters":[{{"field":"a","value":null,"condition_type":"{expected}"}}]}}]}}"#
        )
    );
}

// §13.6

#[test]
fn a_value_is_a_text() {
    assert_eq!(
        criteria("searchCriteria[filterGroups][0][filters][0][value][]=1").unwrap_err(),
        "Error occurred during \"filterGroups\" processing. Error occurred during \"filters\" processing. \
         Error occurred during \"value\" processing. The \"array\" value's type is invalid. \
         The \"string\" type was expected. Verify and try again."
    );
}

// §13.8

#[rstest]
#[case("asc", "ASC", true)]
#[case("ASC", "ASC", true)]
#[case("Desc", "DESC", false)]
fn directions_are_written_in_capitals(#[case] sent: &str, #[case] shown: &str, #[case] ascending: bool) {
    let order: SortOrder = bind(json!({"field": "name", "direction": sent})).unwrap();
    assert_eq!(
        written(&order),
        format!(r#"{{"field":"name","direction":"{shown}"}}"#)
    );
    assert_eq!(order.direction.is_ascending(), ascending);
}

#[test]
fn without_a_direction_the_order_is_descending() {
    let order: SortOrder = bind(json!({"field": "name"})).unwrap();
    assert!(!order.direction.is_ascending());
}

#[rstest]
#[case("up")]
#[case("")]
#[case("ASC ")]
fn other_directions_are_refused(#[case] sent: &str) {
    assert_eq!(
        criteria(&format!("searchCriteria[sortOrders][0][direction]={sent}")).unwrap_err(),
        "The sort order has to be specified as %1 for ascending order or %2 for descending order. \
         | [\"ASC\",\"DESC\"]"
    );
}

#[rstest]
#[case("table.column")]
#[case("a b")]
#[case("a`")]
#[case("name;")]
#[case("é")]
fn sort_fields_have_letters_digits_and_underscores_only(#[case] field: &str) {
    assert_eq!(
        bind::<SortOrder>(json!({"field": field})).unwrap_err(),
        format!("Sort order field %1 contains restricted symbols | [\"{field}\"]")
    );
}

// §13.9

#[rstest]
#[case(json!({}), None)]
#[case(json!({"page_size": 0}), None)]
#[case(json!({"page_size": 0, "current_page": 3}), None)]
#[case(json!({"current_page": 3}), None)]
#[case(json!({"page_size": 20}), Some((20, 0)))]
#[case(json!({"page_size": 20, "current_page": 1}), Some((20, 0)))]
#[case(json!({"page_size": 20, "current_page": 3}), Some((20, 40)))]
#[case(json!({"page_size": 20, "current_page": 0}), Some((20, 0)))]
#[case(json!({"page_size": 20, "current_page": -5}), Some((20, 0)))]
#[case(json!({"page_size": -3}), Some((1, 0)))]
#[case(json!({"page_size": -3, "current_page": 2}), Some((1, 1)))]
#[case(json!({"page_size": i64::MAX, "current_page": i64::MAX}), Some((i64::MAX, i64::MAX)))]
fn pages_are_windows_of_rows(#[case] sent: Value, #[case] expected: Option<(i64, i64)>) {
    let criteria: SearchCriteria = bind(sent).unwrap();
    assert_eq!(criteria.to_search().window, expected);
}

#[rstest]
#[case("pageSize", "abc")]
#[case("page_size", "")]
#[case("currentPage", "x1")]
fn pages_are_numbers(#[case] key: &str, #[case] value: &str) {
    assert_eq!(
        criteria(&format!("searchCriteria[{key}]={value}")).unwrap_err(),
        format!(
            "Error occurred during \"{key}\" processing. The \"{value}\" value's type is invalid. \
             The \"int\" type was expected. Verify and try again."
        )
    );
}

// §13.12 and §24.2

#[test]
fn the_worked_example_is_echoed() {
    let query = "searchCriteria[filterGroups][0][filters][0][field]=name\
        &searchCriteria[filterGroups][0][filters][0][value]=%25bag%25\
        &searchCriteria[filterGroups][0][filters][0][conditionType]=like\
        &searchCriteria[filterGroups][1][filters][0][field]=price\
        &searchCriteria[filterGroups][1][filters][0][value]=40\
        &searchCriteria[sortOrders][0][field]=name&searchCriteria[pageSize]=2";
    assert_eq!(
        written(&criteria(query).unwrap()),
        r#"{"filter_groups":[{"filters":[{"field":"name","value":"%bag%","condition_type":"like"}]},{"filters":[{"field":"price","value":"40","condition_type":"eq"}]}],"sort_orders":[{"field":"name","direction":null}],"page_size":2}"#
    );
}

#[rstest]
#[case("s[currentPage]=0", r#"{"filter_groups":[],"current_page":0}"#)]
#[case("s[pageSize]=1.9", r#"{"filter_groups":[],"page_size":1}"#)]
#[case("s[sortOrders]=", r#"{"filter_groups":[]}"#)]
#[case(
    "s[sortOrders][0]=",
    r#"{"filter_groups":[],"sort_orders":[{"field":null,"direction":null}]}"#
)]
fn only_what_was_sent_is_echoed(#[case] query: &str, #[case] expected: &str) {
    assert_eq!(echo(query), expected);
}

// §15

#[rstest]
#[case("pageSize")]
#[case("page_size")]
fn large_pages_are_refused_when_limits_are_on(#[case] key: &str) {
    let sized = |size: &str| with_limits(&format!("searchCriteria[{key}]={size}"));
    assert_eq!(sized("5").unwrap().page_size, PageSize(Some(5)));
    assert_eq!(
        sized("6").unwrap_err(),
        "Maximum SearchCriteria pageSize is %max | max=5"
    );
    assert!(criteria(&format!("searchCriteria[{key}]=1000000")).is_ok());
}

#[test]
fn with_limits_the_page_size_has_a_default_that_is_echoed() {
    let criteria = with_limits("searchCriteria=").unwrap();
    assert_eq!(written(&criteria), r#"{"filter_groups":[],"page_size":4}"#);
    assert_eq!(criteria.to_search().window, Some((4, 0)));
    let all = with_limits("searchCriteria[pageSize]=0").unwrap();
    assert_eq!(all.to_search().window, None);
}

#[test]
fn long_lists_of_filters_are_refused_when_limits_are_on() {
    let query = "searchCriteria[filterGroups][0][filters][0]=&searchCriteria[filterGroups][0][filters][1]=";
    assert!(with_limits(query).is_ok());
    assert_eq!(
        with_limits(&format!("{query}&searchCriteria[filterGroups][0][filters][2]=")).unwrap_err(),
        "Maximum items of type \"%type\" is %max | type=\"framework-filter\", max=2"
    );
}
