//! What changes a fingerprint.

use crate::support::{mysql, sqlite};
use db::schema::{Column, Table, install};
use db::{Db, Fingerprint, Param, Watched, params};

const USER: Table = Table::new("user", "")
    .columns(&[
        Column::int("user_id").unsigned().identity(),
        Column::smallint("is_active").default("1"),
        Column::varchar("name", 40).nullable(),
        Column::text("note").nullable(),
    ])
    .primary_key(&["user_id"]);

const WATCHED: &[Watched] = &[Watched::Rows("user", &["user_id", "is_active", "name", "note"])];

async fn run(db: &Db, sql: &str, params: &[Param]) {
    let mut session = db.session();
    session.execute(sql, params).await.unwrap();
    session.commit().await.unwrap();
}

async fn taken(db: &Db) -> Fingerprint {
    db.fingerprint(WATCHED).await.unwrap()
}

async fn add(db: &Db, id: i64, active: i64) {
    let sql = "INSERT INTO {user} (user_id, is_active) VALUES (?, ?)";
    run(db, sql, params![id, active]).await;
}

async fn set_active(db: &Db, id: i64, active: i64) {
    let sql = "UPDATE {user} SET is_active = ? WHERE user_id = ?";
    run(db, sql, params![active, id]).await;
}

/// A sum of CRC32 stays the same here.
#[tokio::test]
async fn a_value_swapped_between_two_rows_is_a_change() {
    mysql(async |db: Db| {
        install(&db, &[&USER]).await.unwrap();
        add(&db, 1440, 1).await;
        add(&db, 2881, 0).await;
        let before = taken(&db).await;
        set_active(&db, 1440, 0).await;
        set_active(&db, 2881, 1).await;
        assert_ne!(taken(&db).await, before);
        set_active(&db, 1440, 1).await;
        set_active(&db, 2881, 0).await;
        assert_eq!(taken(&db).await, before, "the same rows again");
    })
    .await;
}

#[tokio::test]
async fn values_that_look_alike_differ() {
    mysql(async |db: Db| {
        install(&db, &[&USER]).await.unwrap();
        add(&db, 1, 1).await;
        let mut seen: Vec<(Fingerprint, _)> = Vec::new();
        for pair in [
            (None, None),
            (None, Some("~")),
            (None, Some("-")),
            (None, Some("")),
            (Some("~"), None),
            (Some("-"), None),
            (Some(""), None),
            (Some(""), Some("")),
            (Some("a|b"), Some("c")),
            (Some("a"), Some("b|c")),
            (Some("a|1:b"), Some("c")),
            (Some("a"), Some("b|1:c")),
            (Some("a|-"), None),
            (Some("a"), Some("")),
            (Some("A"), Some("")),
            (Some("a "), Some("")),
            (Some("\u{e4}"), Some("\u{20ac}")),
            (Some("\u{e4}"), Some("\u{20ad}")),
        ] {
            let sql = "UPDATE {user} SET name = ?, note = ? WHERE user_id = 1";
            run(&db, sql, params![pair.0, pair.1]).await;
            let now = taken(&db).await;
            let same = seen.iter().find(|(before, _)| *before == now);
            assert!(same.is_none(), "{pair:?} and {same:?}");
            seen.push((now, pair));
        }
    })
    .await;
}

#[tokio::test]
async fn rows_that_come_and_go_are_changes_on_both_engines() {
    async fn test(db: Db) {
        install(&db, &[&USER]).await.unwrap();
        let empty = taken(&db).await;
        assert_eq!(taken(&db).await, empty);
        add(&db, 0, 0).await;
        let one = taken(&db).await;
        assert_ne!(one, empty);
        add(&db, 7, 1).await;
        assert_ne!(taken(&db).await, one);
    }
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    test(db.clone()).await;
    db.close().await.unwrap();
    mysql(test).await;
}

#[tokio::test]
async fn sums_see_rows_that_come_go_and_grow() {
    mysql(async |db: Db| {
        install(&db, &[&USER]).await.unwrap();
        let sums = async || {
            let watched = [Watched::Sums("user", &["user_id", "is_active"])];
            db.fingerprint(&watched).await.unwrap()
        };
        let empty = sums().await;
        add(&db, 7, 1).await;
        let one = sums().await;
        assert_ne!(one, empty);
        set_active(&db, 7, 2).await;
        assert_ne!(sums().await, one);
        set_active(&db, 7, 1).await;
        assert_eq!(sums().await, one);
    })
    .await;
}
