//! Changes of Magnetite's own tables.

use crate::support::both;
use db::migration::{Migration, Step, apply};
use db::schema::{Column, Table};
use db::{Db, Error};

const NOTE: Table = Table::new("magnetite_note", "Notes")
    .columns(&[
        Column::int("note_id").unsigned().identity(),
        Column::varchar("text", 100),
    ])
    .primary_key(&["note_id"]);

const FIRST: Migration = Migration {
    number: 1,
    name: "notes",
    steps: &[Step::Create(&NOTE)],
};
const SECOND: Migration = Migration {
    number: 2,
    name: "authors",
    steps: &[
        Step::Sql("ALTER TABLE {magnetite_note} ADD COLUMN author_id INTEGER"),
        Step::Each {
            sqlite: "INSERT INTO {magnetite_note} (text, author_id) VALUES ('first', 1); \
                     INSERT INTO {magnetite_note} (text, author_id) VALUES ('{x', 2)",
            mysql: "INSERT INTO {magnetite_note} (text, author_id) VALUES ('first', 1), ('{x', 2)",
        },
    ],
};
const NOW: &str = "2024-01-02 03:04:05";

#[tokio::test]
async fn each_is_applied_once_and_recorded() {
    both(async |db: Db| {
        assert_eq!(apply(&db, &[FIRST], NOW).await.unwrap(), [1]);
        assert_eq!(apply(&db, &[FIRST, SECOND], NOW).await.unwrap(), [2]);
        assert!(apply(&db, &[FIRST, SECOND], NOW).await.unwrap().is_empty());
        let mut session = db.session();
        let rows: Vec<(i64, String, String)> = session
            .fetch_all(
                "SELECT number, name, applied_at FROM {magnetite_migration} ORDER BY number",
                &[],
            )
            .await
            .unwrap();
        assert_eq!(
            rows,
            [
                (1, "notes".to_owned(), NOW.to_owned()),
                (2, "authors".to_owned(), NOW.to_owned())
            ]
        );
        let texts: Vec<String> = session
            .fetch_all("SELECT text FROM {magnetite_note}", &[])
            .await
            .unwrap();
        assert_eq!(texts, ["first", "{x"]);
    })
    .await;
}

#[tokio::test]
async fn nodes_that_start_together_apply_it_once() {
    both(async |db: Db| {
        let (one, two) = tokio::join!(
            apply(&db, &[FIRST, SECOND], NOW),
            apply(&db, &[FIRST, SECOND], NOW)
        );
        let mut applied = [one.unwrap(), two.unwrap()];
        applied.sort();
        assert_eq!(applied, [vec![], vec![1, 2]]);
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_afterwards_or_is_not_ours_is_refused() {
    const CHANGED: Migration = Migration {
        number: 1,
        name: "notes",
        steps: &[Step::Sql("SELECT 1")],
    };
    const FOREIGN: Migration = Migration {
        number: 3,
        name: "bad",
        steps: &[Step::Sql("DROP TABLE {magnetite_note}, {thing}")],
    };
    both(async |db: Db| {
        apply(&db, &[FIRST], NOW).await.unwrap();
        for bad in [&[CHANGED] as &[Migration], &[FIRST, FOREIGN], &[SECOND, FIRST]] {
            assert!(matches!(apply(&db, bad, NOW).await, Err(Error::Schema(_))));
        }
    })
    .await;
}
