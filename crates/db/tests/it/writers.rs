//! The SQLite writer: many callers, one connection, shared commits.

use crate::support::{both, sqlite};
use db::{Db, Error, Options, params};
use std::time::Duration;

const ADD: &str = "INSERT INTO {parent} (code) VALUES (?)";

async fn count(db: &Db) -> i64 {
    db.session()
        .fetch_one("SELECT COUNT(*) FROM {parent}", &[])
        .await
        .unwrap()
}

/// 1,000 callers, every tenth with a code that is taken: each gets its own answer, and nothing is lost.
async fn crowd(db: Db) {
    let tasks: Vec<_> = (0..1000)
        .map(|i| {
            let db = db.clone();
            tokio::spawn(async move {
                let code = if i % 10 == 9 {
                    "taken".to_owned()
                } else {
                    format!("code {i}")
                };
                let mut session = db.session();
                let first = session.execute(ADD, params![format!("extra {i}")]).await;
                let second = match first {
                    Ok(_) => session.execute(ADD, params![code]).await,
                    Err(error) => Err(error),
                };
                match second {
                    Ok(_) => session.commit().await,
                    Err(error) => session.rollback().await.and(Err(error)),
                }
            })
        })
        .collect();
    let mut failed = 0;
    for (i, task) in tasks.into_iter().enumerate() {
        match task.await.unwrap() {
            Ok(()) => {
                let codes = params![format!("extra {i}"), format!("code {i}")];
                let sql = "SELECT COUNT(*) FROM {parent} WHERE code IN (?, ?)";
                assert_eq!(
                    db.session().fetch_one::<i64>(sql, codes).await.unwrap(),
                    if i % 10 == 9 { 1 } else { 2 }
                );
            }
            Err(Error::Duplicate { .. }) => {
                assert_eq!(i % 10, 9);
                failed += 1;
            }
            Err(other) => panic!("{i}: {other:?}"),
        }
    }
    assert_eq!(failed, 99, "one of the hundred got the code");
    assert_eq!(count(&db).await, 2 * 901);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_writers_lose_nothing() {
    both(crowd).await;
}

#[tokio::test]
async fn a_thousand_writers_on_one_thread_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    crowd(sqlite(&folder).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callers_that_give_up_do_not_stop_the_queue() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    for round in 0..50 {
        let tasks: Vec<_> = (0..20)
            .map(|i| {
                let db = db.clone();
                tokio::spawn(async move {
                    let mut session = db.session();
                    session
                        .execute(ADD, params![format!("{round} {i}")])
                        .await
                        .unwrap();
                    if i % 3 == 0 {
                        tokio::task::yield_now().await;
                    }
                    session.commit().await
                })
            })
            .collect();
        for (i, task) in tasks.iter().enumerate() {
            if i % 4 == 1 {
                task.abort();
            }
        }
        for (i, task) in tasks.into_iter().enumerate() {
            if i % 4 != 1 {
                tokio::time::timeout(Duration::from_secs(10), task)
                    .await
                    .unwrap()
                    .unwrap()
                    .unwrap();
            }
        }
    }
    assert!(count(&db).await >= 50 * 15);
}

#[tokio::test]
async fn a_waiting_caller_that_gives_up_leaves_no_group_behind() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    let mut first = db.session();
    first.execute(ADD, params!["a"]).await.unwrap();
    let mut second = db.session();
    // `first` relies on `second`, who waits, to commit the group.
    let waiting = tokio::time::timeout(Duration::from_millis(50), second.begin());
    let (finished, gave_up) = tokio::join!(
        tokio::time::timeout(Duration::from_secs(5), first.commit()),
        async {
            tokio::task::yield_now().await;
            waiting.await
        }
    );
    finished.unwrap().unwrap();
    drop(gave_up);
    drop(second);
    assert_eq!(count(&db).await, 1);
}

#[tokio::test]
async fn a_session_dropped_in_a_panic_passes_its_turn_on() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    let inner = db.clone();
    let task = tokio::spawn(async move {
        let mut session = inner.session();
        session.execute(ADD, params!["a"]).await.unwrap();
        panic!("on purpose");
    });
    assert!(task.await.is_err());
    db.transaction(async |s| s.execute(ADD, params!["b"]).await)
        .await
        .unwrap();
    assert_eq!(count(&db).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_writer_in_another_process_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    // A second handle has connections of its own, as another process has.
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    let other = Db::open(Options {
        prefix: "t_".into(),
        ..Options::new(url)
    })
    .await
    .unwrap();
    let before = db.change_counter().await.unwrap();
    let mut held = other.session();
    held.execute(ADD, params!["held"]).await.unwrap();
    let writing = {
        let db = db.clone();
        tokio::spawn(async move {
            db.transaction(async |s| s.execute(ADD, params!["waits"]).await)
                .await
        })
    };
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!writing.is_finished());
    held.commit().await.unwrap();
    writing.await.unwrap().unwrap();
    assert_eq!(count(&db).await, 2);
    assert_eq!(count(&other).await, 2);
    assert_ne!(db.change_counter().await.unwrap(), before);
}

#[tokio::test]
async fn the_change_counter_moves_with_commits_only() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    let start = db.change_counter().await.unwrap();
    let mut session = db.session();
    session.execute(ADD, params!["a"]).await.unwrap();
    session.rollback().await.unwrap();
    assert_eq!(db.change_counter().await.unwrap(), start);
    session.execute(ADD, params!["a"]).await.unwrap();
    session.commit().await.unwrap();
    let after = db.change_counter().await.unwrap();
    assert_ne!(after, start);
    assert_eq!(db.change_counter().await.unwrap(), after);
}

#[tokio::test]
async fn a_full_disk_fails_its_callers_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    let mut session = db.session();
    session.begin().await.unwrap();
    let pages: i64 = session.fetch_one("PRAGMA page_count", &[]).await.unwrap();
    session
        .fetch_one::<i64>(&format!("PRAGMA max_page_count = {}", pages + 2), &[])
        .await
        .unwrap();
    session.rollback().await.unwrap();
    let fill = "INSERT INTO {thing} (name, note) VALUES ('full', ?)";
    let failed = db
        .transaction(async |s| s.execute(fill, params!["x".repeat(60_000)]).await)
        .await;
    assert!(matches!(failed, Err(Error::Unavailable(_))), "{failed:?}");
    session.begin().await.unwrap();
    session
        .fetch_one::<i64>("PRAGMA max_page_count = 1000000", &[])
        .await
        .unwrap();
    session.execute(fill, params!["x".repeat(60_000)]).await.unwrap();
    session.commit().await.unwrap();
}

#[tokio::test]
async fn a_closed_database_answers_with_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    db.transaction(async |s| s.execute(ADD, params!["a"]).await)
        .await
        .unwrap();
    let other = db.clone();
    db.close().await.unwrap();
    assert!(matches!(other.ping().await, Err(Error::Unavailable(_))));
    assert!(matches!(
        other.session().begin().await,
        Err(Error::Unavailable(_))
    ));
    assert_eq!(
        std::fs::metadata(folder.path().join("test.db-wal")).map_or(0, |m| m.len()),
        0
    );
}

#[tokio::test]
async fn ids_of_a_failed_transaction_are_not_given_again() {
    both(async |db: Db| {
        let mut session = db.session();
        let first = session.execute(ADD, params!["first"]).await.unwrap().last_id;
        session.commit().await.unwrap();
        session.execute(ADD, params!["lost"]).await.unwrap();
        session.rollback().await.unwrap();
        let next = session.execute(ADD, params!["next"]).await.unwrap().last_id;
        session.commit().await.unwrap();
        assert_eq!(next, first + 2);
        assert_eq!(count(&db).await, 2);
    })
    .await;
}

/// Tables that were empty when the file was opened fill up in one process: the planner must learn of it.
#[tokio::test]
async fn statistics_follow_tables_that_grow() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    let mut session = db.session();
    for i in 0..3_000 {
        session.execute(ADD, params![format!("code {i}")]).await.unwrap();
    }
    session.commit().await.unwrap();
    // The next one waits for the statistics, which are renewed after the commit is told.
    session.execute(ADD, params!["last"]).await.unwrap();
    session.commit().await.unwrap();
    let sql = "SELECT stat FROM sqlite_stat1 WHERE tbl = 't_parent'";
    let known: Vec<String> = session.fetch_all(sql, &[]).await.unwrap();
    assert!(known.iter().any(|stat| stat.starts_with("3000")), "{known:?}");
}
