//! Searches find the same rows on both engines, and those that MySQL itself finds.

mod items;
mod random;

use crate::support::{both, sqlite};
use db::search::{Filter, Group, Search, Sort, UnknownField};
use db::{Db, Engine, Param};
use items::{COLUMNS, CONDITIONS, check, count, fill, find, one};
use std::cell::Cell;

#[tokio::test]
async fn text_compares_without_case_and_accents() {
    check(&[
        ("name", "eq", Some("RED"), &[1, 2, 3]),
        ("NAME", "", Some("réd "), &[1, 2, 3]),
        ("name", "neq", Some("red"), &[4, 6, 7, 8, 9]),
        ("name", "EQ", Some("red"), &[1, 2, 3]),
        ("name", "moreq", Some("red"), &[1, 2, 3]),
        ("name", "is", Some("red"), &[1, 2, 3]),
        ("name", "eq", None, &[4]),
        ("name", "neq", None, &[1, 2, 3, 6, 7, 8, 9]),
        ("name", "gt", Some("re"), &[1, 2, 3, 7]),
        ("name", "gteq", Some("red"), &[1, 2, 3, 7]),
        ("name", "lt", Some("5ABC"), &[4, 6, 9]),
        ("name", "to", Some("5ABC"), &[4, 6, 8, 9]),
        ("name", "null", None, &[5]),
        ("name", "notnull", Some("x"), &[1, 2, 3, 4, 6, 7, 8, 9]),
        ("name", "seq", Some(""), &[5]),
        ("name", "sneq", None, &[1, 2, 3, 4, 6, 7, 8, 9]),
        ("name", "seq", Some("red"), &[1, 2, 3]),
        ("name", "sneq", Some("red"), &[4, 6, 7, 8, 9]),
        ("name", "in", Some("red,1E2"), &[1, 2, 3, 9]),
        ("name", "in", Some(" red, 1E2"), &[]),
        ("name", "in", Some(""), &[4]),
        ("name", "nin", Some("red,1e2,"), &[6, 7, 8]),
        ("shown", "eq", Some("ÄPFEL,ZWEI"), &[7]),
    ])
    .await;
}

#[tokio::test]
async fn patterns_find_parts_of_text() {
    check(&[
        ("name", "like", Some("r%"), &[1, 2, 3]),
        ("name", "like", Some("r_d"), &[1, 3]),
        ("name", "nlike", Some("r%"), &[4, 6, 7, 8, 9]),
        ("name", "like", Some("100\\%\\_a\\\\b"), &[6]),
        ("name", "like", Some(""), &[4]),
        ("name", "fulltext", Some("A"), &[6, 7, 8]),
        ("name", "fulltext", None, &[1, 2, 3, 4, 6, 7, 8, 9]),
        ("qty", "like", Some("%0%"), &[2, 4, 8]),
        ("price", "like", Some("5.0%"), &[6, 9]),
        ("created_at", "like", Some("2024-01-01%"), &[1, 2, 8]),
        ("name", "regexp", Some("^r.d$"), &[1, 3]),
        ("name", "regexp", Some("[0-9]{3}|abc"), &[6, 8]),
        ("name", "regexp", Some("^$"), &[4]),
        ("name", "regexp", None, &[1, 2, 3, 4, 6, 7, 8, 9]),
        ("note", "regexp", Some("b.c"), &[]),
        ("note", "regexp", Some(r"\bÄPFEL\b"), &[7]),
        ("qty", "regexp", Some("^-?5$"), &[1, 3, 9]),
        ("name", "regexp", Some("("), &[]),
        ("name", "regexp", Some(r"(.)\1"), &[]),
        ("note", "finset", Some("2"), &[1, 8]),
        ("note", "finset", Some("B"), &[2, 6]),
        ("note", "finset", Some("É"), &[2]),
        ("note", "finset", Some("1,2"), &[]),
        ("note", "finset", Some(""), &[4, 6]),
        ("note", "finset", None, &[4, 6]),
        ("note", "finset", Some("%"), &[]),
        ("note", "nfinset", Some("2"), &[2, 3, 4, 6, 7, 9]),
        ("note", "nfinset", Some("1,2"), &[1, 2, 3, 4, 6, 7, 8, 9]),
        ("ip", "ntoa", Some("127.0.%"), &[1]),
        ("ip", "ntoa", Some("%.%.%.%"), &[1, 2, 4, 7, 8, 9]),
        ("ip", "ntoa", Some("1.2.3.4"), &[8]),
        ("name", "ntoa", Some("%"), &[]),
    ])
    .await;
}

#[tokio::test]
async fn a_number_is_what_the_text_begins_with() {
    check(&[
        ("qty", "eq", Some("5abc"), &[1, 9]),
        ("qty", "eq", Some("abc"), &[2]),
        ("qty", "eq", None, &[2]),
        ("qty", "eq", Some(" 1e2"), &[4]),
        ("qty", "eq", Some("5.5"), &[]),
        ("qty", "gt", Some("4.5"), &[1, 4, 7, 8, 9]),
        ("qty", "lteq", Some("-1e400"), &[]),
        ("qty", "lt", Some("1e400"), &[1, 2, 3, 4, 6, 7, 8, 9]),
        ("qty", "gt", Some("1e-200"), &[1, 4, 6, 7, 8, 9]),
        (
            "qty",
            "lt",
            Some("99999999999999999999999999"),
            &[1, 2, 3, 4, 6, 7, 8, 9],
        ),
        ("qty", "in", Some("5,-5x,abc"), &[1, 2, 3, 9]),
        ("qty", "nin", Some("5,1e2"), &[2, 3, 6, 7, 8]),
        ("price", "eq", Some("19.990"), &[1]),
        ("price", "eq", Some("5"), &[9]),
        ("price", "neq", Some("5"), &[1, 2, 3, 4, 6, 7, 8]),
        ("price", "gteq", Some("19.99"), &[1, 4, 7]),
        ("price", "lt", Some("5.00005"), &[2, 3, 8, 9]),
        ("price", "gt", Some("9"), &[1, 4, 7]),
        ("flag", "eq", Some("1"), &[1, 3, 5, 7]),
        ("flag", "eq", Some("true"), &[2, 4, 6, 8, 9]),
        ("qty", "eq", Some("😀"), &[2]),
    ])
    .await;
}

#[tokio::test]
async fn times_compare_with_days_and_times() {
    check(&[
        ("created_at", "eq", Some("2024-01-01"), &[1]),
        ("seen_at", "eq", Some("2024-01-01 12:30"), &[2]),
        ("created_at", "neq", Some("2024-01-01"), &[2, 3, 4, 6, 7, 8, 9]),
        ("created_at", "gt", Some("2024-01-01"), &[2, 3, 6, 7, 8]),
        ("created_at", "from", Some("2024-01-01"), &[1, 2, 3, 6, 7, 8]),
        ("created_at", "lt", Some("2024-01-01"), &[4, 9]),
        ("created_at", "to", Some("2024-01-01"), &[1, 4, 9]),
        (
            "created_at",
            "gteq",
            Some("2024-01-01T00:30:00+02:00"),
            &[1, 2, 3, 6, 7, 8, 9],
        ),
        ("created_at", "lteq", Some("2024-02-30"), &[1, 2, 3, 4, 8, 9]),
        ("created_at", "gt", Some("2024-02-30"), &[6, 7]),
        (
            "created_at",
            "gt",
            Some("2024-01-01 00:00:00.5"),
            &[2, 3, 6, 7, 8],
        ),
        (
            "created_at",
            "lteq",
            Some("9999-12-31 23:59:59"),
            &[1, 2, 3, 4, 6, 7, 8, 9],
        ),
        ("created_at", "gt", Some("0000-00-00"), &[1, 2, 3, 4, 6, 7, 8, 9]),
        ("created_at", "in", Some("2024-01-01,junk,20240301"), &[1, 6]),
        (
            "created_at",
            "nin",
            Some("2024-01-01,junk,20240301"),
            &[2, 3, 4, 7, 8, 9],
        ),
        ("created_at", "eq", Some("junk"), &[]),
        ("created_at", "gt", Some("junk"), &[]),
        ("created_at", "lt", None, &[]),
        ("created_at", "neq", Some("junk"), &[1, 2, 3, 4, 6, 7, 8, 9]),
        ("created_at", "null", None, &[5]),
        ("day", "eq", Some("2024-01-01"), &[1, 8]),
        ("day", "eq", Some("2024-01-01 00:00:00"), &[1, 8]),
        ("day", "eq", Some("2024-01-01 12:30:00"), &[]),
        ("day", "gt", Some("2024-01-01"), &[2, 3, 6, 7]),
        ("day", "gteq", Some("2024-01-01 00:00:00"), &[1, 2, 3, 6, 7, 8]),
        ("day", "gteq", Some("2024-01-01 00:00:01"), &[2, 3, 6, 7]),
        ("day", "lt", Some("2024-01-01 00:00:01"), &[1, 4, 8, 9]),
        ("day", "lteq", Some("2024-01-01"), &[1, 4, 8, 9]),
        ("day", "lt", Some("2024-01-01"), &[4, 9]),
        ("day", "neq", Some("2024-01-01"), &[2, 3, 4, 6, 7, 9]),
    ])
    .await;
}

#[tokio::test]
async fn a_character_that_no_column_holds_is_no_error() {
    let all: &[i64] = &[1, 2, 3, 4, 6, 7, 8, 9];
    check(&[
        ("name", "eq", Some("😀"), &[]),
        ("name", "neq", Some("😀"), all),
        ("name", "in", Some("red,😀"), &[1, 2, 3]),
        ("name", "nin", Some("red,😀"), &[4, 6, 7, 8, 9]),
        ("name", "lt", Some("😀"), all),
        ("name", "gt", Some("😀"), &[]),
        ("name", "like", Some("r%😀"), &[]),
        ("name", "nlike", Some("r%😀"), all),
        ("name", "fulltext", Some("😀"), &[]),
        ("name", "regexp", Some("😀|red"), &[1, 2]),
        ("note", "finset", Some("😀"), &[]),
        ("note", "nfinset", Some("😀"), all),
        ("created_at", "like", Some("😀"), &[]),
        ("qty", "finset", Some("😀"), &[]),
        ("ip", "ntoa", Some("😀"), &[]),
        ("shown", "eq", Some("😀"), &[]),
    ])
    .await;
}

#[tokio::test]
async fn groups_are_joined_and_ranges_are_both() {
    both(async |db: Db| {
        fill(&db).await;
        let qty = |condition, value| Filter::new("qty", condition, Some(value));
        let groups = |groups: Vec<Vec<Filter>>| Search {
            groups: groups.into_iter().map(Group).collect(),
            ..Search::default()
        };
        let cases: Vec<(Search, &[i64])> = vec![
            (groups(vec![vec![qty("eq", "5"), qty("eq", "1")]]), &[1, 6, 9]),
            (
                groups(vec![vec![qty("eq", "5")], vec![], vec![qty("eq", "1")]]),
                &[],
            ),
            (groups(vec![vec![qty("to", "5"), qty("from", "1")]]), &[1, 6, 9]),
            (
                groups(vec![vec![qty("lteq", "-5"), qty("gteq", "100")]]),
                &[3, 4, 7, 8],
            ),
            (
                groups(vec![vec![qty("from", "100"), qty("lteq", "-5")]]),
                &[3, 4, 7, 8],
            ),
            (
                groups(vec![vec![qty("from", "100"), qty("from", "2")]]),
                &[1, 4, 7, 8, 9],
            ),
            (
                groups(vec![vec![qty("from", "100"), Filter::new("ip", "to", Some("1"))]]),
                &[2, 3, 4, 7, 8, 9],
            ),
            (
                groups(vec![
                    vec![qty("null", ""), qty("gt", "4")],
                    vec![Filter::new("flag", "eq", Some("1"))],
                ]),
                &[1, 5, 7],
            ),
        ];
        for (search, ids) in cases {
            assert_eq!(find(&db, &search).await.unwrap(), ids, "{search:?}");
            assert_eq!(count(&db, &search).await, i64::try_from(ids.len()).unwrap());
        }
    })
    .await;
}

#[tokio::test]
async fn rows_are_sorted_with_null_as_the_least() {
    both(async |db: Db| {
        fill(&db).await;
        let sort = |field: &str, ascending| Sort {
            field: field.into(),
            ascending,
        };
        let sorted = |sorts: Vec<Sort>| Search {
            sorts,
            ..Search::default()
        };
        let cases: Vec<(Search, &[i64])> = vec![
            (
                sorted(vec![sort("qty", true), sort("item_id", true)]),
                &[5, 3, 2, 6, 1, 9, 4, 8, 7],
            ),
            (sorted(vec![sort("price", false)]), &[7, 4, 1, 6, 9, 8, 2, 3, 5]),
            (
                sorted(vec![sort("name", false), sort("item_id", true)]),
                &[7, 1, 2, 3, 8, 9, 6, 4, 5],
            ),
            (
                sorted(vec![sort("day", true), sort("item_id", false)]),
                &[5, 4, 9, 8, 1, 2, 3, 6, 7],
            ),
            (
                // Of `flag` the last order counts, at its place.
                sorted(vec![
                    sort("flag", true),
                    sort("qty", true),
                    sort("FLAG", false),
                    sort("item_id", true),
                ]),
                &[5, 3, 2, 6, 1, 9, 4, 8, 7],
            ),
            (
                sorted(vec![sort("shown", true), sort("item_id", true)]),
                &[5, 3, 4, 1, 8, 9, 6, 7, 2],
            ),
        ];
        for (mut search, ids) in cases {
            assert_eq!(find(&db, &search).await.unwrap(), ids, "{search:?}");
            search.window = Some((3, 4));
            assert_eq!(find(&db, &search).await.unwrap(), ids[4..7]);
            search.window = Some((-1, -1));
            assert_eq!(find(&db, &search).await.unwrap(), [0; 0]);
            search.window = Some((i64::MAX, i64::MAX));
            assert_eq!(find(&db, &search).await.unwrap(), [0; 0]);
            assert_eq!(count(&db, &search).await, 9);
        }
    })
    .await;
}

#[tokio::test]
async fn large_searches_run() {
    both(async |db: Db| {
        fill(&db).await;
        let many: Vec<String> = (5..20_000).map(|n| n.to_string()).collect();
        let value = many.join(",");
        for field in ["qty", "name", "price"] {
            let search = one(Filter::new(field, "in", Some(&value)));
            let ids: &[i64] = match field {
                "qty" => &[1, 4, 9],
                "price" => &[4, 9],
                _ => &[],
            };
            assert_eq!(find(&db, &search).await.unwrap(), ids, "{field}");
        }
        let filters = (5..2000)
            .map(|n| Filter::new("qty", "eq", Some(&n.to_string())))
            .collect();
        let search = Search {
            groups: vec![Group(filters)],
            ..Search::default()
        };
        assert_eq!(find(&db, &search).await.unwrap(), [1, 4, 9]);
        let filters = (6..2000).map(|n| Group(vec![Filter::new("qty", "neq", Some(&n.to_string()))]));
        let search = Search {
            groups: filters.collect(),
            ..Search::default()
        };
        assert_eq!(find(&db, &search).await.unwrap(), [1, 2, 3, 6, 7, 8, 9]);
    })
    .await;
}

#[tokio::test]
async fn large_patterns_match_or_not_but_are_no_error() {
    let found: Cell<Option<Vec<Vec<i64>>>> = Cell::new(None);
    both(async |db: Db| {
        fill(&db).await;
        let mut all = Vec::new();
        for pattern in [
            r"^\w+(-\w+)*$".to_owned(),
            r"^\w{1,50}$".to_owned(),
            r"\w?".repeat(8),
            r"\w?".repeat(12),
            "(abc)?".repeat(1000),
            "(abc){0,1000}".to_owned(),
            "((a{0,1000}){0,1000}){0,1000}".to_owned(),
            "(a+)+(a+)+(a+)+$".to_owned(),
            ".{0,1000}".to_owned(),
            ".{0,1000}".repeat(20),
            "(".repeat(199) + "r" + &")".repeat(199),
            "(".repeat(201) + "r" + &")".repeat(201),
            "(x?".repeat(99) + &")".repeat(99),
            "(x|y?".repeat(66) + &")".repeat(66),
            "(?:x|(?:r?y)+)*(".repeat(60) + &")".repeat(60),
            "(?:x|(?:y?)?)*".repeat(100),
            r"[\p{L}--[a-z]]".to_owned(),
            r"[^\x00-\x{10FFFF}]|red".to_owned(),
            "(?m)^c$".to_owned(),
            r"\b{start}red".to_owned(),
            r"(?x) r e d # all".to_owned(),
            "[[:alpha:]]+[[:digit:]]".to_owned(),
        ] {
            let filter = Filter::new("name", "regexp", Some(&pattern));
            let ids = find(&db, &one(filter)).await;
            all.push(ids.unwrap_or_else(|e| panic!("{pattern:.40}: {e}")));
        }
        if let Some(before) = found.take() {
            assert_eq!(before, all);
        }
        assert_eq!(all[0], [1, 3, 7, 8, 9], "{all:?}");
        found.set(Some(all));
    })
    .await;
}

#[test]
fn unknown_fields_are_named_and_values_stay_out_of_the_text() {
    let unknown = |search: &Search| search.render(Engine::Sqlite, COLUMNS).unwrap_err();
    let mut search = one(Filter::new("Foo", "null", None));
    assert_eq!(unknown(&search), UnknownField("Foo".into()));
    search.groups.clear();
    search.sorts = vec![Sort {
        field: "bar".into(),
        ascending: true,
    }];
    assert_eq!(unknown(&search), UnknownField("bar".into()));
    search.drop_unknown_sorts(COLUMNS);
    assert_eq!(
        search.render(Engine::MySql, COLUMNS).unwrap(),
        db::search::Rendered::default()
    );

    for engine in [Engine::Sqlite, Engine::MySql] {
        for condition in CONDITIONS {
            for column in COLUMNS {
                let search = one(Filter::new(column.field, condition, Some("7654321' OR 1")));
                let found = search.render(engine, COLUMNS).unwrap();
                assert!(!found.filter.contains("7654321"), "{}", found.filter);
            }
        }
    }
    let search = one(Filter::new("qty", "in", Some("1,2,2,3,4,5")));
    let found = search.render(Engine::MySql, COLUMNS).unwrap();
    assert_eq!(
        found.filter, " WHERE qty IN (?, ?, ?, ?, ?, ?, ?, ?)",
        "filled up"
    );
    assert!(found.params[4..].iter().all(|param| *param == Param::Int(5)));
}

#[tokio::test]
async fn indexes_serve_searches() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    fill(&db).await;
    for (field, condition, value, index) in [
        ("name", "eq", "red", "ITEM_NAME"),
        ("name", "in", "red,blue", "ITEM_NAME"),
        ("qty", "gt", "5.5", "ITEM_QTY"),
        ("qty", "eq", "5", "ITEM_QTY"),
        ("price", "eq", "5", "ITEM_PRICE"),
        ("price", "lt", "5.5", "ITEM_PRICE"),
        ("created_at", "gteq", "2024-01-01", "ITEM_CREATED_AT"),
        ("created_at", "eq", "2024-01-01", "ITEM_CREATED_AT"),
    ] {
        let found = one(Filter::new(field, condition, Some(value)))
            .render(db.engine(), COLUMNS)
            .unwrap();
        let sql = format!("EXPLAIN QUERY PLAN SELECT * FROM {{item}}{}", found.filter);
        let plan: Vec<(i64, i64, i64, String)> = db.session().fetch_all(&sql, &found.params).await.unwrap();
        assert!(plan[0].3.contains(index), "{field} {condition}: {}", plan[0].3);
    }
    let sorts = vec![Sort {
        field: "name".into(),
        ascending: true,
    }];
    let search = Search {
        sorts,
        ..Search::default()
    };
    let found = search.render(db.engine(), COLUMNS).unwrap();
    let sql = format!("EXPLAIN QUERY PLAN SELECT `name` FROM {{item}}{}", found.order);
    let plan: Vec<(i64, i64, i64, String)> = db.session().fetch_all(&sql, &[]).await.unwrap();
    assert!(plan[0].3.contains("ITEM_NAME"), "{}", plan[0].3);
}
