//! Transactions, errors and statements, the same on both engines.

use crate::support::{both, mysql, sqlite};
use db::{Db, Error, Param, Session, dialect, params};
use rust_decimal::Decimal;
use std::sync::atomic::{AtomicU32, Ordering};

async fn add(session: &mut Session, code: &str) -> db::Result<i64> {
    Ok(session
        .execute("INSERT INTO {parent} (code) VALUES (?)", params![code])
        .await?
        .last_id)
}

async fn codes(db: &Db) -> Vec<String> {
    db.session()
        .fetch_all("SELECT code FROM {parent} ORDER BY parent_id", &[])
        .await
        .unwrap()
}

#[tokio::test]
async fn only_what_is_committed_stays() {
    both(async |db: Db| {
        let mut session = db.session();
        assert!(!session.in_transaction());
        assert_eq!(add(&mut session, "a").await.unwrap(), 1);
        assert!(session.in_transaction());
        assert!(codes(&db).await.is_empty(), "seen before the commit");
        session.commit().await.unwrap();
        assert!(!session.in_transaction());
        assert_eq!(codes(&db).await, ["a"]);

        add(&mut session, "b").await.unwrap();
        session.rollback().await.unwrap();
        add(&mut session, "c").await.unwrap();
        drop(session);
        assert_eq!(codes(&db).await, ["a"]);

        // The next writer gets its turn.
        let mut session = db.session();
        add(&mut session, "d").await.unwrap();
        session.commit().await.unwrap();
        assert_eq!(codes(&db).await, ["a", "d"]);
    })
    .await;
}

#[tokio::test]
async fn a_failing_statement_leaves_the_transaction_usable() {
    both(async |db: Db| {
        let mut session = db.session();
        add(&mut session, "a").await.unwrap();
        assert!(
            matches!(add(&mut session, "A").await, Err(Error::Duplicate { key }) if key == "PARENT_CODE")
        );
        let sql = "INSERT INTO {parent} (parent_id) VALUES (1)";
        assert!(matches!(session.execute(sql, &[]).await, Err(Error::Duplicate { key }) if key == "PRIMARY"));
        add(&mut session, "b").await.unwrap();
        session.commit().await.unwrap();
        assert_eq!(codes(&db).await, ["a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn foreign_keys_hold_and_cascade() {
    both(async |db: Db| {
        let mut session = db.session();
        let parent = add(&mut session, "a").await.unwrap();
        let sql = "INSERT INTO {thing} (name, parent_id, big) VALUES (?, ?, 5)";
        session.execute(sql, params!["x", parent]).await.unwrap();
        assert!(matches!(
            session.execute(sql, params!["y", 99]).await,
            Err(Error::ForeignKey)
        ));
        session.execute("DELETE FROM {parent}", &[]).await.unwrap();
        assert_eq!(
            session
                .fetch_one::<i64>("SELECT COUNT(*) FROM {thing}", &[])
                .await
                .unwrap(),
            0
        );
    })
    .await;
}

#[tokio::test]
async fn zero_is_an_id_like_any_other() {
    both(async |db: Db| {
        let mut session = db.session();
        session
            .execute("INSERT INTO {parent} (parent_id, code) VALUES (0, 'admin')", &[])
            .await
            .unwrap();
        let sql = "SELECT parent_id FROM {parent} WHERE code = 'admin'";
        assert_eq!(session.fetch_one::<i64>(sql, &[]).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn rows_count_what_an_update_matches() {
    both(async |db: Db| {
        let mut session = db.session();
        add(&mut session, "a").await.unwrap();
        let update = "UPDATE {parent} SET sort = 7";
        let done = session.execute(update, &[]).await.unwrap();
        assert_eq!((done.rows, done.last_id), (1, 0));
        assert_eq!(
            session
                .execute("DELETE FROM {parent} WHERE code = 'z'", &[])
                .await
                .unwrap()
                .rows,
            0
        );
    })
    .await;
}

#[tokio::test]
async fn statements_are_counted() {
    both(async |db: Db| {
        let mut session = db.session();
        assert_eq!(session.statements(), 0);
        session.begin().await.unwrap();
        add(&mut session, "a").await.unwrap();
        let _ = add(&mut session, "a").await;
        session.fetch_optional::<i64>("SELECT 1", &[]).await.unwrap();
        session.commit().await.unwrap();
        assert_eq!(session.statements(), 3);
    })
    .await;
}

#[tokio::test]
async fn tables_carry_the_prefix() {
    both(async |db: Db| {
        let mut session = db.session();
        assert_eq!(
            session
                .fetch_one::<i64>("SELECT COUNT(*) FROM t_parent", &[])
                .await
                .unwrap(),
            0
        );
        assert!(
            session
                .fetch_one::<i64>("SELECT COUNT(*) FROM parent", &[])
                .await
                .is_err()
        );
    })
    .await;
}

/// Letter case and accents do not make keys differ, but values.
#[tokio::test]
async fn upserts_write_what_differs_in_a_letter() {
    both(async |db: Db| {
        let mut session = db.session();
        let columns = ["name", "parent_id", "note", "price"];
        let upsert = dialect::upsert(db.engine(), "thing", &columns, &columns[..2], &columns[2..]);
        let parent = "INSERT INTO {parent} (code) VALUES ('p')";
        let parent = session.execute(parent, &[]).await.unwrap().last_id;
        let price = |text: &str| db::at_scale(text.parse().unwrap(), 4);
        for (note, cost) in [
            (Some("ete"), "1.5"),
            (Some("Été"), "1.50"),
            (None, "1.5"),
            (Some("Été"), "1.25"),
        ] {
            let values = params!["n", parent, note, price(cost)];
            session.execute(&upsert, values).await.unwrap();
            let sql = "SELECT note, price FROM {thing}";
            let rows: Vec<(Option<String>, Decimal)> = session.fetch_all(sql, &[]).await.unwrap();
            assert_eq!(rows, [(note.map(str::to_owned), price(cost))]);
        }
    })
    .await;
}

#[tokio::test]
async fn upserts_insert_once_and_update_then() {
    both(async |db: Db| {
        let mut session = db.session();
        let engine = db.engine();
        let upsert = dialect::upsert(engine, "parent", &["code", "sort"], &["code"], &["sort"]);
        session.execute(&upsert, params!["a", 1]).await.unwrap();
        session.execute(&upsert, params!["A", 2]).await.unwrap();
        let keep = dialect::upsert(engine, "parent", &["code", "sort"], &["code"], &[]);
        session.execute(&keep, params!["a", 3]).await.unwrap();
        let ignore = dialect::insert_ignore(engine, "parent", &["code", "sort"]);
        assert_eq!(session.execute(&ignore, params!["a", 4]).await.unwrap().rows, 0);
        assert_eq!(session.execute(&ignore, params!["b", 5]).await.unwrap().rows, 1);
        let sql = format!(
            "SELECT code, sort FROM {{parent}} ORDER BY code{}",
            dialect::for_update(engine)
        );
        let rows: Vec<(String, i32)> = session.fetch_all(&sql, &[]).await.unwrap();
        assert_eq!(rows, [("a".to_owned(), 2), ("b".to_owned(), 5)]);
    })
    .await;
}

#[tokio::test]
async fn an_update_that_changes_a_row_sets_its_time() {
    both(async |db: Db| {
        let mut session = db.session();
        let old = "2001-01-01 00:00:00";
        let sql = "INSERT INTO {thing} (name, price, updated_at) VALUES ('a', 1.5, ?)";
        session.execute(sql, params![old]).await.unwrap();
        let time = "SELECT updated_at FROM {thing}";
        assert_eq!(session.fetch_one::<String>(time, &[]).await.unwrap(), old);
        session
            .execute("UPDATE {thing} SET price = 1.50", &[])
            .await
            .unwrap();
        assert_eq!(
            session.fetch_one::<String>(time, &[]).await.unwrap(),
            old,
            "nothing changed"
        );
        session
            .execute(
                "UPDATE {thing} SET name = 'A', updated_at = '2002-02-02 00:00:00'",
                &[],
            )
            .await
            .unwrap();
        assert_eq!(
            session.fetch_one::<String>(time, &[]).await.unwrap(),
            "2002-02-02 00:00:00"
        );
        session
            .execute("UPDATE {thing} SET name = 'a'", &[])
            .await
            .unwrap();
        assert!(session.fetch_one::<String>(time, &[]).await.unwrap().as_str() > "2020");
    })
    .await;
}

#[tokio::test]
async fn a_transaction_commits_or_leaves_nothing_and_may_run_in_a_task() {
    both(async |db: Db| {
        let task = db.clone();
        let id = tokio::spawn(async move { task.transaction(async |session| add(session, "a").await).await });
        assert_eq!(id.await.unwrap().unwrap(), 1);
        let failed: db::Result<()> = db
            .transaction(async |session| {
                add(session, "b").await?;
                Err(Error::NoRow)
            })
            .await;
        assert!(matches!(failed, Err(Error::NoRow)));
        assert_eq!(codes(&db).await, ["a"]);
    })
    .await;
}

#[tokio::test]
async fn retries_after_a_deadlock_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    let runs = AtomicU32::new(0);
    let failed: db::Result<()> = db
        .transaction(async |_| {
            runs.fetch_add(1, Ordering::Relaxed);
            Err(Error::Deadlock)
        })
        .await;
    assert!(matches!(failed, Err(Error::Deadlock)));
    assert_eq!(runs.load(Ordering::Relaxed), 6);
}

#[tokio::test]
async fn two_transactions_in_a_deadlock_both_succeed() {
    mysql(async |db: Db| {
        db.transaction(async |s| {
            add(s, "a").await?;
            add(s, "b").await
        })
        .await
        .unwrap();
        let met = tokio::sync::Barrier::new(2);
        let runs = AtomicU32::new(0);
        let work = async |first: &str, second: &str| {
            let mut waited = false;
            db.transaction(async |session: &mut Session| {
                runs.fetch_add(1, Ordering::Relaxed);
                let sql = "UPDATE {parent} SET sort = sort + 1 WHERE code = ?";
                session.execute(sql, params![first]).await?;
                if !std::mem::replace(&mut waited, true) {
                    met.wait().await;
                }
                session.execute(sql, params![second]).await
            })
            .await
        };
        let (one, two) = tokio::join!(work("a", "b"), work("b", "a"));
        one.unwrap();
        two.unwrap();
        assert_eq!(runs.load(Ordering::Relaxed), 3, "one of them runs twice");
        let sorts: Vec<i64> = db
            .session()
            .fetch_all("SELECT sort FROM {parent}", &[])
            .await
            .unwrap();
        assert_eq!(sorts, [9, 9]);
    })
    .await;
}

#[tokio::test]
async fn after_a_deadlock_only_a_rollback_is_left() {
    mysql(async |db: Db| {
        let (mut one, mut two) = (db.session(), db.session());
        add(&mut one, "a").await.unwrap();
        add(&mut two, "b").await.unwrap();
        let (left, right) = tokio::join!(add(&mut one, "b"), add(&mut two, "a"));
        let (lost, won) = if left.is_err() {
            (&mut one, &mut two)
        } else {
            (&mut two, &mut one)
        };
        assert!(matches!(left.and(right), Err(Error::Deadlock)));
        assert!(matches!(add(lost, "c").await, Err(Error::Aborted)));
        assert!(matches!(lost.commit().await, Err(Error::Aborted)));
        won.commit().await.unwrap();
        add(lost, "c").await.unwrap();
        lost.commit().await.unwrap();
        assert_eq!(codes(&db).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_dead_connection_is_replaced_outside_a_transaction() {
    mysql(async |db: Db| {
        let mut session = db.session();
        let id: i64 = session.fetch_one("SELECT CONNECTION_ID()", &[]).await.unwrap();
        let mut killer = db.session();
        killer.execute(&format!("KILL {id}"), &[]).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        assert_ne!(
            session
                .fetch_one::<i64>("SELECT CONNECTION_ID()", &[])
                .await
                .unwrap(),
            id
        );

        add(&mut session, "a").await.unwrap();
        let id: i64 = session.fetch_one("SELECT CONNECTION_ID()", &[]).await.unwrap();
        killer.execute(&format!("KILL {id}"), &[]).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        assert!(matches!(add(&mut session, "b").await, Err(Error::Unavailable(_))));
        assert!(matches!(session.commit().await, Err(Error::Aborted)));
        assert!(codes(&db).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn wrong_options_are_refused() {
    for url in [
        "postgres://x",
        "sqlite:",
        "sqlite::memory:",
        "mysql://localhost",
        "sqlite:/no/such/folder/x.db",
    ] {
        assert!(Db::open(db::Options::new(url)).await.is_err(), "{url}");
    }
    let options = db::Options {
        prefix: "a`b".into(),
        ..db::Options::new("sqlite:x")
    };
    assert!(matches!(Db::open(options).await, Err(Error::Usage(_))));
}

#[tokio::test]
async fn a_password_may_be_percent_encoded() {
    mysql(async |db: Db| {
        let server = testkit::mariadb::MariaDb::shared().unwrap().unwrap();
        let mut session = db.session();
        let name: String = session.fetch_one("SELECT DATABASE()", &[]).await.unwrap();
        for sql in [
            "CREATE USER `x` IDENTIFIED BY 'p@ss/w:r%'",
            "GRANT SELECT ON *.* TO `x`",
        ] {
            session
                .execute(&sql.replace("`x`", &format!("`{name}`@`127.0.0.1`")), &[])
                .await
                .unwrap();
        }
        let (_, host) = server.server_url().rsplit_once('@').unwrap();
        let url = format!("mysql://{name}:p%40ss%2Fw%3Ar%25@{host}/{name}");
        let other = Db::open(db::Options::new(url)).await.unwrap();
        other.ping().await.unwrap();
        other.close().await.unwrap();
        session
            .execute(&format!("DROP USER `{name}`@`127.0.0.1`"), &[])
            .await
            .unwrap();
    })
    .await;
}

/// Parameters are utf8mb4, Magento's columns utf8mb3: a conversion of the column would read every row.
#[tokio::test]
async fn a_search_by_text_uses_the_index() {
    mysql(async |db: Db| {
        let mut session = db.session();
        for n in 0..300 {
            add(&mut session, &format!("code {n}")).await.unwrap();
        }
        add(&mut session, "é").await.unwrap();
        session.commit().await.unwrap();
        for code in ["code 7", "é"] {
            session.execute("FLUSH STATUS", &[]).await.unwrap();
            let sql = "SELECT parent_id FROM {parent} WHERE code = ?";
            session.fetch_all::<i64>(sql, params![code]).await.unwrap();
            let sql = "SHOW SESSION STATUS LIKE 'Handler_read_%next'";
            let reads: Vec<(String, String)> = session.fetch_all(sql, &[]).await.unwrap();
            assert!(
                reads.iter().all(|(_, n)| n.parse::<u32>().unwrap() < 10),
                "{code}: {reads:?}"
            );
        }
        // What utf8mb3 cannot hold at all is refused, alone and among others.
        for list in ["?", "?, 'b'", "?, 'b', 'c'"] {
            let sql = "SELECT parent_id FROM {parent} WHERE code IN (".to_owned() + list + ")";
            let emoji = session.fetch_all::<i64>(&sql, params!["\u{1f600}"]).await;
            assert!(matches!(emoji, Err(Error::Value { .. })), "{list}");
        }
    })
    .await;
}

#[tokio::test]
async fn slow_reads_see_what_quick_ones_see() {
    both(async |db: Db| {
        let mut session = db.session();
        add(&mut session, "a").await.unwrap();
        let sql = "SELECT code FROM {parent} WHERE code = ?";
        let inside: Vec<String> = session.fetch_all_slowly(sql, params!["a"]).await.unwrap();
        assert_eq!(inside, ["a"], "a transaction sees its own rows");
        session.commit().await.unwrap();
        let outside: Vec<String> = session.fetch_all_slowly(sql, params!["a"]).await.unwrap();
        assert_eq!(outside, ["a"]);
        assert_eq!(session.statements(), 3);
        let wrong = session
            .fetch_all_slowly::<String>("SELECT nothing FROM {parent}", params![])
            .await;
        assert!(wrong.is_err());
    })
    .await;
}

#[tokio::test]
async fn rows_are_inserted_many_at_a_time() {
    both(async |db: Db| {
        let mut session = db.session();
        let values: Vec<Param> = (0..701).map(|n| Param::from(format!("code {n}"))).collect();
        db::bulk::insert(&mut session, "parent", &["code"], &values)
            .await
            .unwrap();
        assert_eq!(session.statements(), 3);
        session.commit().await.unwrap();
        assert_eq!(codes(&db).await.len(), 701);
        let torn = db::bulk::insert(&mut session, "parent", &["code", "sort"], &values).await;
        assert!(torn.is_err());
    })
    .await;
}
