//! What is left in the database by calls that end in different ways.

use super::support::Server;

fn post(path: &str, body: &str) -> String {
    format!("POST /rest/V1/{path}\nContent-Type: application/json\n\n{body}")
}

#[tokio::test]
async fn a_call_that_fails_leaves_nothing_behind() {
    let server = Server::start().await;
    assert_eq!(server.ask(&post("rows", r#"{"name":"a"}"#)).await.seen(), "200 1");
    assert_eq!(
        server
            .ask(&post("rows", r#"{"name":"b","fault":"No."}"#))
            .await
            .seen(),
        r#"400 {"message":"No."}"#
    );
    assert_eq!(server.ask(&post("rows", r#"{"name":"c"}"#)).await.seen(), "200 2");
}

#[tokio::test]
async fn a_call_that_panics_is_answered_and_leaves_nothing_behind() {
    let server = Server::start().await;
    assert_eq!(server.ask(&post("rows", r#"{"name":"a"}"#)).await.seen(), "200 1");
    for _ in 0..3 {
        assert_eq!(
            server.ask(&post("panic", "{}")).await.seen(),
            r#"500 {"message":"Internal Error. Details are available in Magento log file. Report ID: webapi-0000000000000"}"#
        );
    }
    assert_eq!(server.ask(&post("rows", r#"{"name":"b"}"#)).await.seen(), "200 2");
}

#[tokio::test]
async fn calls_at_the_same_time_do_not_lose_rows() {
    let server = Server::start().await;
    let requests = (0..20)
        .map(|i| post("rows", &format!(r#"{{"name":"{i}"}}"#)))
        .collect::<Vec<_>>();
    let answers = futures::future::join_all(requests.iter().map(|request| server.ask(request))).await;
    let mut counts: Vec<i64> = answers
        .iter()
        .map(|answer| answer.body.parse().unwrap())
        .collect();
    counts.sort_unstable();
    assert_eq!(counts, (1..=20).collect::<Vec<_>>());
}
