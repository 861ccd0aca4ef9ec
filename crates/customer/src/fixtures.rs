//! A process with the domain of customers, on a new installation or on a recorded database.

use std::path::Path;
use std::sync::Arc;

use contract::port::{Access, Head, Stores};
use contract::{
    App, AttributeTypes, BoxFuture, Call, Caller, Clock, Cx, Input, Operation, Random, Registry, Result,
    Services, StoreScope,
};
use db::{Db, Options};
use eav::Eav;
use eav::source::Sources;
use serde_json::Value;
use store::Scopes;
use testkit::mariadb::MariaDb;
use wire::json::JsonSink;

/// The process.
pub(crate) struct Stand {
    pub(crate) app: App,
    pub(crate) scopes: Arc<Scopes>,
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

const ADDITIONAL: &[eav::Additional] = &[crate::ATTRIBUTES];

impl Stand {
    async fn new(db: Db) -> Self {
        let scopes = Arc::new(Scopes::load(&db).await.unwrap());
        let eav = Arc::new(Eav::load(&db, ADDITIONAL).await.unwrap());
        let types: Arc<dyn AttributeTypes> = eav.clone();
        let stores: Arc<dyn Stores> = scopes.clone();
        let services = Services::default()
            .with(scopes.clone())
            .with(eav)
            .with(types)
            .with(Sources::new([crate::sources(), tax::sources()]));
        let app = App {
            db,
            clock: Arc::new(Fake),
            random: Arc::new(Fake),
            registry: Registry::new(crate::OPERATIONS).unwrap(),
            access: Arc::new(Fake),
            stores,
            services,
        };
        Self { app, scopes }
    }

    /// A call's context in a store view, `all` for the default scope.
    pub(crate) fn cx(&self, store: &str) -> Cx<'_> {
        Cx::new(&self.app, Caller::Admin(1), self.scopes.by_code(store).unwrap())
    }

    /// Makes a call by the operation's first route, committed if it succeeds; the answer as JSON.
    pub(crate) async fn call(
        &self,
        operation: &'static Operation,
        store: &str,
        input: Value,
    ) -> Result<Value> {
        let Value::Object(members) = input else {
            unreachable!("an input is an object");
        };
        let scope = self.scopes.by_code(store).unwrap();
        let call = Call::from_inside(Caller::Admin(1), scope);
        let reply = self
            .app
            .call(operation, &operation.routes[0], &call, Input(members))
            .await?;
        let mut sink = JsonSink::new();
        reply.write(&mut sink);
        Ok(serde_json::from_slice(&sink.into_bytes()).unwrap())
    }
}

/// Runs a test on a new installation on SQLite, then on one on MariaDB if there is one.
pub(crate) async fn both(test: impl AsyncFn(&Stand)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    let db = Db::open(Options::new(url)).await.unwrap();
    test(&installed(db).await).await;
    let Some(server) = MariaDb::or_skip().unwrap() else {
        return;
    };
    let database = server.fresh_database().await.unwrap();
    let db = Db::open(Options::new(&database.url)).await.unwrap();
    test(&installed(db).await).await;
}

/// Runs a test on a recorded database (`populated`, `multistore`, …) if it is here.
pub(crate) async fn recorded(dump: &str, test: impl AsyncFn(&Stand)) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/magento")
        .join(format!("{dump}.sql.gz"));
    if !file.exists() {
        testkit::skip("../shared is not here");
        return;
    }
    let Some(server) = MariaDb::or_skip().unwrap() else {
        return;
    };
    let database = server.fresh_database().await.unwrap();
    server.load_dump(&database.name, file).await.unwrap();
    let db = Db::open(Options::new(&database.url)).await.unwrap();
    test(&Stand::new(db).await).await;
}

async fn installed(db: Db) -> Stand {
    let tables = [
        store::schema::TABLES,
        directory::schema::TABLES,
        eav::schema::TABLES,
        tax::schema::TABLES,
        crate::schema::TABLES,
        identity::schema::TABLES,
    ]
    .concat();
    db::schema::install(&db, &tables).await.unwrap();
    let mut session = db.session();
    store::install(&mut session, "http://127.0.0.1/").await.unwrap();
    directory::install(&mut session).await.unwrap();
    eav::install(&mut session).await.unwrap();
    tax::install(&mut session).await.unwrap();
    crate::install(&mut session).await.unwrap();
    session.commit().await.unwrap();
    drop(session);
    Stand::new(db).await
}
