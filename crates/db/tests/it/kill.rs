//! What was acknowledged is on disk, even when the process is killed.

use db::{Db, Options, params};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

const FILE: &str = "MAGNETITE_TEST_KILL";
const ADD: &str = "INSERT INTO {parent} (code) VALUES (?)";

/// The process that gets killed: run by the test below only.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn child() {
    let Ok(url) = std::env::var(FILE) else { return };
    let db = Db::open(Options {
        prefix: "t_".into(),
        ..Options::new(url)
    })
    .await
    .unwrap();
    let writers: Vec<_> = (0..16)
        .map(|writer| {
            let db = db.clone();
            tokio::spawn(async move {
                for n in 0.. {
                    let code = format!("{writer}-{n}");
                    let owned = code.clone();
                    db.transaction(async move |s| s.execute(ADD, params![&owned]).await)
                        .await
                        .unwrap();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "ack {code}").unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
}

#[tokio::test]
async fn a_kill_loses_no_acknowledged_row() {
    let folder = tempfile::tempdir().unwrap();
    let db = crate::support::sqlite(&folder).await;
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    let mut acknowledged = Vec::new();
    for wanted in [1, 40, 700] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["kill::child", "--exact", "--nocapture"])
            .env(FILE, &url)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let mut seen = 0;
        for line in lines {
            // A kill may cut the last line short; a full one ends in the counter of some writer.
            let Some((_, code)) = line.split_once("ack ") else {
                continue;
            };
            acknowledged.push(code.to_owned());
            seen += 1;
            if seen == wanted {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(seen >= wanted);
        let mut session = db.session();
        for code in &acknowledged {
            let sql = "SELECT COUNT(*) FROM {parent} WHERE code = ?";
            assert_eq!(
                session.fetch_one::<i64>(sql, params![code]).await.unwrap(),
                1,
                "{code} is gone"
            );
        }
        assert_eq!(
            session
                .fetch_one::<String>("PRAGMA integrity_check", &[])
                .await
                .unwrap(),
            "ok"
        );
        db.transaction(async |s| s.execute("DELETE FROM {parent}", &[]).await)
            .await
            .unwrap();
        acknowledged.clear();
    }
}
