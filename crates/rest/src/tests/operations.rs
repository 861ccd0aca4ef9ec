//! Operations to call.

use contract::search::SearchCriteria;
use contract::{Cx, DataObject, Error, Kind, Operation, Result, operation};
use rust_decimal::Decimal;

/// A thing.
#[derive(Debug, Default, DataObject)]
#[data("test-data-thing-interface")]
pub(crate) struct Thing {
    /// SKU.
    sku: String,
    /// Price.
    price: Option<Decimal>,
    /// Its parts.
    parts: Option<Vec<Thing>>,
}

/// Things found.
#[derive(Debug, Default, DataObject)]
#[data("test-data-thing-search-results-interface")]
pub(crate) struct Found {
    /// The things.
    items: Vec<Thing>,
    /// What was asked for.
    search_criteria: SearchCriteria,
    /// How many there are.
    total_count: i64,
}

pub(crate) static OPERATIONS: &[&Operation] = &[
    &WHERE_AM_I,
    &WHO_AM_I,
    &GET,
    &GET_LIST,
    &SAVE,
    &DELETE,
    &NOTHING,
    &SECURE,
    &OPEN_ON_REQUEST,
    &ADD_ROW,
    &PANICS,
    &CONFLICTS,
    &BREAKS,
];

/// Those of them that do not fail on purpose.
pub(crate) static SOUND: &[&Operation] = &[
    &WHERE_AM_I,
    &WHO_AM_I,
    &GET,
    &GET_LIST,
    &SAVE,
    &DELETE,
    &NOTHING,
    &SECURE,
    &OPEN_ON_REQUEST,
    &ADD_ROW,
];

/// Tells the store view.
#[operation("testScopeV1", "Tests.")]
#[route(GET "/V1/where" => "anonymous")]
async fn where_am_i(cx: &mut Cx<'_>) -> Result<String> {
    Ok(cx.scope().code.to_string())
}

/// Tells the customer.
#[operation("testScopeV1")]
#[route(GET "/V1/who" => "self", force("customerId" = "%customer_id%"))]
async fn who_am_i(_: &mut Cx<'_>, customer_id: i64) -> Result<i64> {
    Ok(customer_id)
}

/// Gets a thing.
#[operation("testThingRepositoryV1", "Things.")]
#[route(GET "/V1/things/:sku" => "Test::things")]
async fn get(_: &mut Cx<'_>, sku: String) -> Result<Thing> {
    if sku == "nosuch" {
        return Err(Error::no_such_entity("sku", sku));
    }
    Ok(Thing {
        sku,
        price: Some(Decimal::new(125_000, 4)),
        parts: Some(Vec::new()),
    })
}

/// Finds things.
#[operation("testThingRepositoryV1")]
#[route(GET "/V1/things" => "Test::things")]
async fn get_list(_: &mut Cx<'_>, search_criteria: SearchCriteria) -> Result<Found> {
    Ok(Found {
        search_criteria,
        ..Found::default()
    })
}

/// Saves a thing.
#[operation("testThingRepositoryV1")]
#[route(POST "/V1/things" => "Test::things")]
#[route(PUT "/V1/things/:sku" => "Test::things")]
async fn save(_: &mut Cx<'_>, thing: Thing, save_options: Option<bool>) -> Result<Thing> {
    let _ = save_options;
    Ok(thing)
}

/// Deletes a thing.
#[operation("testThingRepositoryV1")]
#[route(DELETE "/V1/things/:sku" => "Test::things")]
async fn delete(_: &mut Cx<'_>, sku: String) -> Result<bool> {
    Ok(!sku.is_empty())
}

/// Does nothing.
#[operation("testThingRepositoryV1")]
#[route(POST "/V1/nothing" => "anonymous")]
async fn nothing(_: &mut Cx<'_>) -> Result<()> {
    Ok(())
}

/// Asks for HTTPS.
#[operation("testSecureV1")]
#[route(GET "/V1/secure" => "Test::secure", https_only)]
async fn secure(_: &mut Cx<'_>) -> Result<bool> {
    Ok(true)
}

/// May be open.
#[operation("testSecureV1")]
#[route(GET "/V1/insecure" => "Test::secure", allow_insecure)]
async fn open_on_request(_: &mut Cx<'_>) -> Result<bool> {
    Ok(true)
}

/// Writes a row, then fails or panics if it is told to, and tells how many there are.
#[operation("testRowV1")]
#[route(POST "/V1/rows" => "anonymous")]
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
        None => Ok(session.fetch_one("SELECT COUNT(*) FROM notes", &[]).await?),
    }
}

/// Writes a row and panics.
#[operation("testRowV1")]
#[route(POST "/V1/panic" => "anonymous")]
async fn panics(cx: &mut Cx<'_>) -> Result<()> {
    cx.session()
        .execute("INSERT INTO notes (name) VALUES ('panic')", &[])
        .await?;
    panic!("on purpose")
}

/// Met another transaction.
#[operation("testRowV1")]
#[route(POST "/V1/conflict" => "anonymous")]
async fn conflicts(_: &mut Cx<'_>) -> Result<()> {
    Err(Error::new(Kind::Conflict, "deadlock in table secrets"))
}

/// Has SQL that is wrong.
#[operation("testRowV1")]
#[route(GET "/V1/breaks" => "anonymous")]
async fn breaks(cx: &mut Cx<'_>) -> Result<i64> {
    Ok(cx.session().fetch_one("SELECT secret FROM nowhere", &[]).await?)
}
