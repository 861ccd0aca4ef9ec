//! A process with the stock's domains, on a new installation.

use std::sync::Arc;

use catalog::ProductRow;
use contract::port::{Access, Head, Stores};
use contract::{
    App, BoxFuture, Call, Caller, Clock, Cx, Input, Operation, Random, Registry, Result, Services, StoreScope,
};
use db::{Db, FromRow, Options, params};
use eav::Eav;
use serde_json::Value;
use store::Scopes;
use testkit::mariadb::MariaDb;
use wire::json::JsonSink;

/// The process.
pub(crate) struct Stand {
    pub(crate) app: App,
    pub(crate) scope: StoreScope,
}

struct Fake;

impl Access for Fake {
    fn identify(&self, _: Option<&str>, _: i64) -> Option<Caller> {
        Some(Caller::Admin(1))
    }

    fn look_up<'a>(
        &'a self,
        _: &'a Head<'a>,
        _: i64,
        _: &'a StoreScope,
        _: &'a mut db::Session,
    ) -> BoxFuture<'a, Result<Caller>> {
        Box::pin(async { Ok(Caller::Admin(1)) })
    }

    fn allows(&self, _: Caller, _: &str) -> bool {
        true
    }
}

impl Clock for Fake {
    fn now(&self) -> jiff::Timestamp {
        "2026-11-21T20:00:00Z".parse().unwrap()
    }
}

impl Random for Fake {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

impl Stand {
    async fn new(db: Db) -> Self {
        let tables = [
            store::schema::TABLES,
            eav::schema::TABLES,
            catalog::schema::TABLES,
            crate::schema::TABLES,
        ]
        .concat();
        db::schema::install(&db, &tables).await.unwrap();
        let mut session = db.session();
        store::install(&mut session, "http://127.0.0.1/").await.unwrap();
        eav::install(&mut session).await.unwrap();
        catalog::install(&mut session).await.unwrap();
        crate::install(&mut session).await.unwrap();
        session.commit().await.unwrap();
        let scopes = Arc::new(Scopes::load(&db).await.unwrap());
        let eav = Arc::new(Eav::load(&db, &[catalog::ATTRIBUTES]).await.unwrap());
        let stores: Arc<dyn Stores> = scopes.clone();
        let app = App {
            db,
            clock: Arc::new(Fake),
            random: Arc::new(Fake),
            registry: Registry::new(crate::OPERATIONS).unwrap(),
            access: Arc::new(Fake),
            stores,
            services: Services::default().with(scopes.clone()).with(eav),
        };
        Self {
            app,
            scope: scopes.by_code("default").unwrap(),
        }
    }

    /// A call's context.
    pub(crate) fn cx(&self) -> Cx<'_> {
        Cx::new(&self.app, Caller::Admin(1), self.scope.clone())
    }

    /// Makes a call by the operation's first route, committed if it succeeds; the answer as JSON.
    pub(crate) async fn call(&self, operation: &'static Operation, input: Value) -> Result<Value> {
        let Value::Object(members) = input else {
            unreachable!("an input is an object");
        };
        let (route, caller) = (&operation.routes[0], Caller::Admin(1));
        let reply = self
            .app
            .call(
                operation,
                route,
                &Call::from_inside(caller, self.scope.clone()),
                Input(members),
            )
            .await?;
        let mut sink = JsonSink::new();
        reply.write(&mut sink);
        Ok(serde_json::from_slice(&sink.into_bytes()).unwrap())
    }
}

/// Runs a test on SQLite, then on MariaDB if there is one.
pub(crate) async fn both(test: impl AsyncFn(&Stand)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    test(&Stand::new(Db::open(Options::new(url)).await.unwrap()).await).await;
    let Some(server) = MariaDb::or_skip().unwrap() else {
        return;
    };
    let database = server.fresh_database().await.unwrap();
    test(&Stand::new(Db::open(Options::new(&database.url)).await.unwrap()).await).await;
}

/// As [`both`], for tests whose calls run at the same time.
pub(crate) async fn both_shared(test: impl AsyncFn(Arc<Stand>)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    test(Arc::new(
        Stand::new(Db::open(Options::new(url)).await.unwrap()).await,
    ))
    .await;
    let Some(server) = MariaDb::or_skip().unwrap() else {
        return;
    };
    let database = server.fresh_database().await.unwrap();
    let db = Db::open(Options::new(&database.url)).await.unwrap();
    test(Arc::new(Stand::new(db).await)).await;
}

/// A product in the catalog's tables.
pub(crate) async fn product(cx: &mut Cx<'_>, id: i64, type_id: &str, status: i64) -> ProductRow {
    let sku = format!("sku-{id}");
    let sql = "INSERT INTO {catalog_product_entity} (entity_id, attribute_set_id, type_id, sku) VALUES (?, 4, ?, ?)";
    let values = params![id, type_id, &sku];
    cx.session().execute(sql, values).await.unwrap();
    let metadata = eav::metadata(cx).unwrap();
    let attribute = metadata
        .entity_type("catalog_product")
        .unwrap()
        .attribute("status")
        .unwrap();
    let sql = "INSERT INTO {catalog_product_entity_int} (attribute_id, store_id, entity_id, value) VALUES (?, 0, ?, ?)";
    let values = params![attribute.id, id, status];
    cx.session().execute(sql, values).await.unwrap();
    ProductRow {
        id,
        sku,
        type_id: type_id.to_owned(),
        ..ProductRow::default()
    }
}

/// The rows that a statement finds.
pub(crate) async fn rows<T: FromRow + Send + 'static>(cx: &mut Cx<'_>, sql: &str) -> Vec<T> {
    cx.session().fetch_all(sql, params![]).await.unwrap()
}
