//! A process with the catalog's domains, on a new installation or on a recorded database.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use contract::port::{Access, Head, Stores};
use contract::{
    App, AttributeTypes, BoxFuture, Call, Caller, Clock, Cx, Input, Operation, Random, Registry, Result,
    Services, StoreScope,
};
use db::{Db, Options};
use eav::Eav;
use eav::port::SetUse;
use eav::source::Sources;
use serde_json::Value;
use store::Scopes;
use testkit::mariadb::MariaDb;
use wire::json::JsonSink;

use crate::data::stock_item::StockItem;
use crate::port::Stock;
use crate::repo::product::ProductRow;

/// The process, and what it keeps on disk.
pub(crate) struct Stand {
    pub(crate) app: App,
    pub(crate) scopes: Arc<Scopes>,
    /// The media folder.
    pub(crate) media: tempfile::TempDir,
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

/// A shop that keeps no stock.
impl Stock for Fake {
    fn load_many<'a>(
        &'a self,
        _: &'a mut Cx<'_>,
        _: &'a StoreScope,
        _: &'a [ProductRow],
    ) -> BoxFuture<'a, Result<HashMap<i64, StockItem>>> {
        Box::pin(async { Ok(HashMap::new()) })
    }

    fn save<'a>(
        &'a self,
        _: &'a mut Cx<'_>,
        _: &'a StoreScope,
        _: &'a ProductRow,
        _: bool,
        _: Option<StockItem>,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn rename<'a>(&'a self, _: &'a mut Cx<'_>, _: &'a str, _: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn delete<'a>(&'a self, _: &'a mut Cx<'_>, _: &'a ProductRow) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

const ADDITIONAL: &[eav::Additional] = &[crate::ATTRIBUTES];

impl Stand {
    async fn new(db: Db) -> Self {
        let media = tempfile::tempdir().unwrap();
        let scopes = Arc::new(Scopes::load(&db).await.unwrap());
        let eav = Arc::new(Eav::load(&db, ADDITIONAL).await.unwrap());
        let types: Arc<dyn AttributeTypes> = eav.clone();
        let stock: Arc<dyn Stock> = Arc::new(Fake);
        let set_use: Arc<dyn SetUse> = Arc::new(crate::ProductsOfSet);
        let stores: Arc<dyn Stores> = scopes.clone();
        let services = Services::default()
            .with(scopes.clone())
            .with(Arc::new(crate::media::MediaStore::new(media.path().to_owned())))
            .with(store::StaticFiles { version: None })
            .with(eav)
            .with(types)
            .with(Sources::new([crate::sources(), tax::sources()]))
            .with(set_use)
            .with(stock);
        let app = App {
            db,
            clock: Arc::new(Fake),
            random: Arc::new(Fake),
            registry: Registry::new(crate::OPERATIONS).unwrap(),
            access: Arc::new(Fake),
            stores,
            services,
        };
        Self { app, scopes, media }
    }

    /// A call's context in a store view, `all` for the default scope.
    pub(crate) fn cx(&self, store: &str) -> Cx<'_> {
        Cx::new(&self.app, Caller::Admin(1), self.scope(store))
    }

    /// The scope of a store code.
    pub(crate) fn scope(&self, store: &str) -> StoreScope {
        self.scopes.by_code(store).unwrap()
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
        let (route, caller, scope) = (&operation.routes[0], Caller::Admin(1), self.scope(store));
        let reply = self
            .app
            .call(
                operation,
                route,
                &Call::from_inside(caller, scope),
                Input(members),
            )
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
        customer::schema::TABLES,
        crate::schema::TABLES,
    ]
    .concat();
    db::schema::install(&db, &tables).await.unwrap();
    let mut session = db.session();
    store::install(&mut session, "http://127.0.0.1/").await.unwrap();
    directory::install(&mut session).await.unwrap();
    eav::install(&mut session).await.unwrap();
    tax::install(&mut session).await.unwrap();
    customer::install(&mut session).await.unwrap();
    crate::install(&mut session).await.unwrap();
    session.commit().await.unwrap();
    drop(session);
    Stand::new(db).await
}

#[tokio::test]
async fn memory_knows_the_attributes_of_products_and_categories() {
    both(async |stand| {
        let metadata = eav::metadata(&stand.cx("all")).unwrap();
        let product = metadata.entity_type("catalog_product").unwrap();
        assert_eq!(product.default_set_id, 4);
        let name = product.attribute("name").unwrap();
        assert_eq!(name.scope, eav::metadata::AttributeScope::Store);
        assert!(name.is_required && name.properties.flag("is_visible"));
        assert_eq!(name.properties.get("search_weight"), Some("5"));
        let first = product.attributes_of_set(4);
        assert!(
            first
                .iter()
                .any(|attribute| attribute.code == "quantity_and_stock_status")
        );
        assert!(
            metadata
                .entity_type("catalog_category")
                .unwrap()
                .attribute("is_active")
                .is_some()
        );
    })
    .await;
}

#[tokio::test]
async fn values_are_saved_and_fall_back_to_the_default_scope() {
    both(async |stand| {
        let metadata = eav::metadata(&stand.cx("all")).unwrap();
        let category = metadata.entity_type("catalog_category").unwrap();
        let (name, price) = (
            category.attribute("name").unwrap(),
            category.attribute("filter_price_range").unwrap(),
        );
        let tables = eav::values::ValueTables::new("catalog_category_entity");
        let write = |attribute, stores: &[i64], value: Option<&str>, delete| eav::values::Write {
            entity_id: 2,
            attribute,
            stores: stores.to_vec(),
            value: value.map(str::to_owned),
            delete,
        };
        let mut cx = stand.cx("default");
        let session = cx.session();
        let writes = [
            write(name, &[0], Some("Root"), false),
            write(name, &[1], Some("Wurzel"), false),
            write(price, &[0], Some("12.5"), false),
        ];
        eav::values::save(session, &tables, &writes).await.unwrap();
        let values = eav::values::load(session, &tables, &[2], 1).await.unwrap();
        assert_eq!(values.get(2, name.id), Some("Wurzel"));
        assert_eq!(values.default_value(2, name.id), Some(Some("Root")));
        assert_eq!(values.get(2, price.id), Some("12.500000"));
        let writes = [write(name, &[1], None, true)];
        eav::values::save(session, &tables, &writes).await.unwrap();
        let values = eav::values::load(session, &tables, &[2], 1).await.unwrap();
        assert_eq!(values.get(2, name.id), Some("Root"));
        assert_eq!(values.own(2, name.id), None);
        session.rollback().await.unwrap();
    })
    .await;
}
