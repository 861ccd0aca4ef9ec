//! Random searches: both engines agree, and agree with Magento's own conditions on MySQL.

use super::items::{COLUMNS, CONDITIONS, fill, find, one};
use crate::support::{mysql, sqlite};
use db::search::{Filter, Group, Kind, Search};
use db::{Db, Param};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::cell::Cell;

/// Values near to what the rows hold, and any others.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "", "red", "RÈD", "a,b", "b", "5", "5abc", "-5.5", "1e2", "19.99", "100", "%", "_", "\\", "r%",
            "2024-01-01", "2024-01-01 12:30:00", "2024-01-01T00:30:00+02:00", "2024-02-30", "1999-12-31%",
            "strasse", "straße", "%.0.0.1", "^r.d", "[0-9]+", ",", "0", "2", "é",
        ]).prop_map(str::to_owned),
        2 => "[a-eR0-9éÉàßÄ ,%_\\\\.*^$+()-]{0,8}",
        1 => "-?[0-9]{0,9}(\\.[0-9]{0,6})?(e[0-9]{1,3})?[a-z]?",
        1 => "(19|20|99)[0-9]{2}-[01]?[0-9]-[0-3]?[0-9]([T ][0-2]?[0-9](:[0-5][0-9]){0,2}(\\.[0-9]{0,3})?)?(Z|[+]0[0-9]:00)?",
        1 => "[ -~\\u{a0}-\\u{17f}]{0,12}",
    ]
}

fn search(any: impl Strategy<Value = String>) -> impl Strategy<Value = Search> {
    let fields: Vec<&str> = COLUMNS.iter().map(|column| column.field).collect();
    let filter = (
        prop::sample::select(fields),
        prop::sample::select(CONDITIONS),
        prop::option::weighted(0.9, any),
    )
        .prop_map(|(field, condition, value)| Filter::new(field, condition, value.as_deref()));
    let group = prop::collection::vec(filter, 0..3).prop_map(Group);
    prop::collection::vec(group, 0..3).prop_map(|groups| Search {
        groups,
        ..Search::default()
    })
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    })
}

#[test]
fn any_search_finds_the_same_rows_on_both_engines() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let lite = sqlite(&folder).await;
        fill(&lite).await;
        let compared = Cell::new(false);
        let run = |cases, other: Option<&Db>| {
            let any = prop_oneof![9 => value(), 1 => any::<String>()];
            let run = runner(cases).run(&search(any), |search| {
                let both = wait(async {
                    let mine = find(&lite, &search).await;
                    let theirs = match other {
                        Some(db) => Some(find(db, &search).await),
                        None => None,
                    };
                    (mine, theirs)
                });
                let mine = both.0.map_err(|e| TestCaseError::fail(format!("SQLite: {e}")))?;
                if let Some(theirs) = both.1 {
                    let theirs = theirs.map_err(|e| TestCaseError::fail(format!("MySQL: {e}")))?;
                    prop_assert_eq!(mine, theirs, "left: SQLite, right: MySQL");
                }
                Ok(())
            });
            run.unwrap();
        };
        mysql(async |db: Db| {
            fill(&db).await;
            run(1500, Some(&db));
            compared.set(true);
        })
        .await;
        if !compared.get() {
            run(300, None);
        }
    });
}

/// Waits inside a synchronous closure that runs on a worker of the runtime.
fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(future))
}

/// The condition as Magento writes it, for MySQL to understand; `None` where we differ on purpose.
fn as_magento(filter: &Filter, condition: &str) -> Option<(String, Vec<Param>)> {
    let column = COLUMNS.iter().find(|column| column.field == filter.field)?;
    let (sql, value) = (column.sql, filter.value.clone().unwrap_or_default());
    if column.kind == Kind::Time
        || condition == "regexp"
        || (condition == "ntoa" && column.kind != Kind::Number)
    {
        return None;
    }
    let text = match condition {
        "eq" => format!("{sql} = ?"),
        "neq" => format!("{sql} != ?"),
        "like" => format!("{sql} LIKE ?"),
        "nlike" => format!("{sql} NOT LIKE ?"),
        "gt" => format!("{sql} > ?"),
        "gteq" => format!("{sql} >= ?"),
        "lt" => format!("{sql} < ?"),
        "lteq" => format!("{sql} <= ?"),
        "finset" => format!("FIND_IN_SET(?, {sql})"),
        "nfinset" => format!("NOT FIND_IN_SET(?, {sql})"),
        "ntoa" => format!("INET_NTOA({sql}) LIKE ?"),
        "in" | "nin" => {
            let values: Vec<Param> = value.split(',').map(Param::from).collect();
            let not = if condition == "nin" { "NOT " } else { "" };
            let marks = db::dialect::placeholders(values.len());
            return Some((format!("{sql} {not}IN ({marks})"), values));
        }
        _ => return None,
    };
    Some((text, vec![Param::Text(value)]))
}

#[test]
fn mysql_finds_the_same_rows_by_magentos_conditions() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(mysql(async |db: Db| {
        fill(&db).await;
        let fields: Vec<&str> = COLUMNS.iter().map(|column| column.field).collect();
        let any = (
            prop::sample::select(fields),
            prop::sample::select(CONDITIONS),
            value(),
        );
        let run = runner(1500).run(&any, |(field, condition, value)| {
            let filter = Filter::new(field, condition, Some(&value));
            let Some((text, params)) = as_magento(&filter, condition) else {
                return Ok(());
            };
            let sql = format!("SELECT item_id FROM {{item}} WHERE {text} ORDER BY item_id");
            let (magento, ours) = wait(async {
                let magento: db::Result<Vec<i64>> = db.session().fetch_all(&sql, &params).await;
                (magento, find(&db, &one(filter)).await)
            });
            prop_assert_eq!(ours.unwrap(), magento.unwrap(), "left: ours, right: Magento's");
            Ok(())
        });
        run.unwrap();
    }));
}
