//! Callers, rights, transactions.

use std::sync::atomic::{AtomicU64, Ordering};

use rstest::rstest;
use serde_json::json;

use super::*;
use crate::BoxFuture;
use crate::operation;
use crate::testing::{app, call, error_text, scope};

/// Writes a row, then fails if it is told to.
#[operation("testV1")]
#[route(POST "/V1/rows" => "Test::all")]
async fn add_row(cx: &mut Cx<'_>, name: String, fault: Option<String>) -> Result<i64> {
    let session = cx.session();
    session
        .execute("CREATE TABLE IF NOT EXISTS notes (name TEXT)", &[])
        .await?;
    session
        .execute("INSERT INTO notes (name) VALUES (?)", &[name.into()])
        .await?;
    match fault {
        Some(fault) => Err(Error::invalid(fault)),
        None => count(session).await,
    }
}

/// Tells the customer.
#[operation("testV1")]
#[route(GET "/V1/me" => "self", force("customerId" = "%customer_id%"))]
async fn me(_: &mut Cx<'_>, customer_id: i64) -> Result<i64> {
    Ok(customer_id)
}

/// Tells what it sees.
#[operation("testV1")]
#[route(GET "/V1/seen" => "anonymous")]
async fn seen(cx: &mut Cx<'_>) -> Result<String> {
    let mut bytes = [0; 2];
    cx.random(&mut bytes);
    let counter = cx.service::<AtomicU64>()?.fetch_add(1, Ordering::Relaxed);
    let path = "general/locale/code";
    Ok(format!(
        "{:?} {} {} {bytes:?} {counter} {:?} {:?}",
        cx.caller(),
        cx.scope().code,
        cx.now(),
        cx.config(path),
        cx.default_config(path),
    ))
}

async fn count(session: &mut db::Session) -> Result<i64> {
    Ok(session.fetch_one("SELECT COUNT(*) FROM notes", &[]).await?)
}

#[tokio::test]
async fn a_call_that_fails_leaves_nothing_behind() {
    let (app, _folder) = app(&[&ADD_ROW], &[]).await;
    let add = |input| call(&app, &ADD_ROW, Caller::Guest, input);
    assert_eq!(add(json!({"name": "a"})).await.unwrap(), "1");
    let error = add(json!({"name": "b", "fault": "No."})).await.unwrap_err();
    assert_eq!(error_text(&error), "No.");
    assert_eq!(count(&mut app.db.session()).await.unwrap(), 1);
    assert_eq!(add(json!({"name": "c"})).await.unwrap(), "2");
}

#[rstest]
#[case(Caller::Customer(7), json!({}), Some("7"))]
#[case(Caller::Customer(7), json!({"customerId": 8, "customer_id": 9}), Some("7"))]
#[case(Caller::Admin(7), json!({}), None)]
#[case(Caller::Admin(7), json!({"customerId": 8}), None)]
#[case(Caller::Admin(7), json!({"customer_id": 8}), None)]
#[case(Caller::Guest, json!({"customer_id": 8}), None)]
#[tokio::test]
async fn a_forced_customer_is_the_caller_or_nobody(
    #[case] caller: Caller,
    #[case] input: Value,
    #[case] expected: Option<&str>,
) {
    let (app, _folder) = app(&[&ME], &[]).await;
    match (call(&app, &ME, caller, input).await, expected) {
        (Ok(reply), Some(expected)) => assert_eq!(reply, expected),
        (Err(error), None) => assert_eq!(
            error_text(&error),
            "\"%fieldName\" is required. Enter and try again. | fieldName=\"customerId\""
        ),
        (result, expected) => panic!("{result:?} instead of {expected:?}"),
    }
}

#[tokio::test]
async fn a_call_sees_its_process() {
    let (mut app, _folder) = app(&[&SEEN], &[("general/locale/code", "de_DE")]).await;
    let error = call(&app, &SEEN, Caller::Guest, json!({})).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Internal);
    app.services = app.services.with(AtomicU64::new(1)).with(AtomicU64::new(5));
    assert_eq!(
        call(&app, &SEEN, Caller::Integration(3), json!({}))
            .await
            .unwrap(),
        "\"Integration(3) default 1970-01-01T00:00:00Z [7, 7] 5 Some(\\\"de_DE\\\") Some(\\\"de_DE\\\")\""
    );
}

/// Meets another transaction as often as it is told to, and tells how often it was called.
#[operation("testV1")]
#[route(POST "/V1/conflict" => "anonymous")]
#[route(GET "/V1/conflict" => "anonymous")]
async fn conflict(cx: &mut Cx<'_>, times: i64) -> Result<i64> {
    let calls = cx.service::<AtomicU64>()?.fetch_add(1, Ordering::Relaxed) + 1;
    let calls = i64::try_from(calls).unwrap_or(i64::MAX);
    if calls > times {
        return Ok(calls);
    }
    Err(db::Error::Deadlock.into())
}

/// Answer or class of the error, and the number of calls made.
async fn conflicting(engine: &str, route: usize, times: i64) -> (Result<String, Kind>, u64) {
    let (mut app, folder) = app(&[&CONFLICT], &[]).await;
    if engine == "mysql" {
        // Never connected to: the call asks the database nothing.
        let url = "mysql://nobody:nothing@127.0.0.1:1/none";
        app.db = db::Db::open(db::Options::new(url)).await.unwrap();
    }
    app.services = app.services.with(AtomicU64::new(0));
    let input = Input(std::iter::once(("times".to_owned(), json!(times))).collect());
    let reply = app
        .call(
            &CONFLICT,
            &CONFLICT.routes[route],
            &Call::from_inside(Caller::Guest, scope()),
            input,
        )
        .await;
    drop(folder);
    let calls = app.services.get::<AtomicU64>().unwrap().load(Ordering::Relaxed);
    let reply = reply.map(|reply| crate::testing::reply_json(&reply));
    (reply.map_err(|error| error.kind()), calls)
}

#[rstest]
#[case::at_once("mysql", 0, 0, Ok("1".to_owned()), 1)]
#[case::at_the_third_try("mysql", 0, 2, Ok("3".to_owned()), 3)]
#[case::at_the_last_try("mysql", 0, 3, Ok("4".to_owned()), 4)]
#[case::never("mysql", 0, 4, Err(Kind::Conflict), 4)]
#[case::reads_are_not_repeated("mysql", 1, 1, Err(Kind::Conflict), 1)]
#[case::sqlite_has_one_writer("sqlite", 0, 1, Err(Kind::Conflict), 1)]
#[tokio::test]
async fn writes_are_made_again_after_a_conflict(
    #[case] engine: &str,
    #[case] route: usize,
    #[case] times: i64,
    #[case] expected: Result<String, Kind>,
    #[case] calls: u64,
) {
    assert_eq!(conflicting(engine, route, times).await, (expected, calls));
}

#[rstest]
#[case(None, Ok(Caller::Guest))]
#[case(Some("Bearer admin"), Ok(Caller::Admin(1)))]
#[case(Some("Bearer nobody"), Ok(Caller::Guest))]
#[case(Some("OAuth bad"), Err(Kind::Unauthorized))]
#[tokio::test]
async fn callers_are_known_or_looked_up(
    #[case] authorization: Option<&str>,
    #[case] expected: Result<Caller, Kind>,
) {
    let (app, _folder) = app(&[], &[]).await;
    let head = Head {
        authorization,
        ..Head::default()
    };
    let caller = app.identify(&head, &scope()).await;
    assert_eq!(caller.map_err(|error| error.kind()), expected);
}

#[rstest]
#[case("anonymous", false, "", Caller::Guest, true)]
#[case("Test::all", false, "", Caller::Guest, false)]
#[case("Test::all", false, "", Caller::Admin(1), true)]
#[case("Test::other", false, "", Caller::Admin(1), false)]
#[case("Test::all", true, "1", Caller::Guest, true)]
#[case("Test::all", true, "0", Caller::Guest, false)]
#[case("Test::all", false, "1", Caller::Guest, false)]
#[tokio::test]
async fn rights_are_checked_unless_the_route_is_open(
    #[case] resource: &'static str,
    #[case] allow_insecure: bool,
    #[case] setting: &'static str,
    #[case] caller: Caller,
    #[case] expected: bool,
) {
    let (app, _folder) = app(&[], &[("webapi/webapisecurity/allow_insecure", setting)]).await;
    let route = Route {
        verb: crate::Verb::Get,
        path: "/V1/x",
        resource,
        allow_insecure,
        https_only: false,
        forced: &[],
    };
    match app.authorize(&route, caller, &scope()).await {
        Ok(()) => assert!(expected),
        Err(error) => {
            assert!(!expected);
            assert_eq!(
                error_text(&error),
                format!("The consumer isn't authorized to access %resources. | resources=\"{resource}\"")
            );
        }
    }
}

/// Tells what the server knows of the customer.
#[operation("testV1")]
#[route(PUT "/V1/home" => "self",
    force("customerId" = "%customer_id%"),
    force("groupId" = "%customer_group_id%"),
    force("websiteId" = "%customer_website_id%"),
    force("storeId" = "%customer_store_id%"))]
async fn home(
    _: &mut Cx<'_>,
    customer_id: i64,
    group_id: Option<i64>,
    website_id: Option<i64>,
    store_id: Option<i64>,
) -> Result<String> {
    Ok(format!("{customer_id} {group_id:?} {website_id:?} {store_id:?}"))
}

/// Knows customer 7, of website 1.
struct One;

impl Customers for One {
    fn account<'a>(
        &'a self,
        id: i64,
        _: &'a mut db::Session,
    ) -> BoxFuture<'a, Result<Option<CustomerAccount>>> {
        let account = CustomerAccount {
            website_id: 1,
            store_id: 4,
            group_id: 3,
        };
        Box::pin(async move { Ok((id == 7).then_some(account)) })
    }
}

#[rstest]
#[case::at_home(Caller::Customer(7), 1, 1, "1", true)]
#[case::on_another_website(Caller::Customer(7), 5, 2, "1", false)]
#[case::of_all_websites(Caller::Customer(7), 5, 2, "0", true)]
#[case::in_all(Caller::Customer(7), 0, 0, "0", false)]
#[case::unknown(Caller::Customer(8), 1, 1, "0", false)]
#[case::an_admin(Caller::Admin(7), 1, 1, "0", false)]
#[case::a_guest(Caller::Guest, 1, 1, "0", false)]
#[tokio::test]
async fn a_customer_is_at_home_on_the_own_website(
    #[case] caller: Caller,
    #[case] store_id: i64,
    #[case] website_id: i64,
    #[case] share: &'static str,
    #[case] expected: bool,
) {
    let (mut app, _folder) = app(&[&HOME], &[("customer/account_share/scope", share)]).await;
    let scope = StoreScope {
        store_id,
        website_id,
        ..scope()
    };
    // Nobody is at home where nobody knows customers.
    assert!(app.authorize(&HOME.routes[0], caller, &scope).await.is_err());
    app.services = app.services.with::<Arc<dyn Customers>>(Arc::new(One));
    let allowed = app.authorize(&HOME.routes[0], caller, &scope).await;
    assert_eq!(allowed.is_ok(), expected);
}

#[tokio::test]
async fn what_is_forced_of_an_account_is_the_servers() {
    let (mut app, _folder) = app(&[&HOME], &[]).await;
    app.services = app.services.with::<Arc<dyn Customers>>(Arc::new(One));
    let sent = json!({"customerId": 8, "groupId": 1, "group_id": 1, "websiteId": 2, "store_id": 2});
    let told = call(&app, &HOME, Caller::Customer(7), sent.clone())
        .await
        .unwrap();
    assert_eq!(told, "\"7 Some(3) Some(1) Some(4)\"");
    let told = call(&app, &HOME, Caller::Customer(8), sent).await.unwrap();
    assert_eq!(told, "\"8 None None None\"");
}

#[test]
fn the_clock_goes_and_the_random_source_is_random() {
    assert!(SystemClock.now() > Timestamp::UNIX_EPOCH);
    let (mut a, mut b) = ([0; 32], [0; 32]);
    SystemRandom.fill(&mut a);
    SystemRandom.fill(&mut b);
    assert_ne!(a, b);
}
