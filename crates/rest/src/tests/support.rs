//! A process with stand-ins for the domains.

use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use contract::port::{Access, Head, Stores};
use contract::{
    App, BoxFuture, Caller, Clock, Error, Operation, Random, Registry, Result, Services, StoreScope,
};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use tower::ServiceExt as _;

use crate::{Connection, Options};

/// Knows a few callers, four views and the configuration it is given.
#[derive(Default, Clone)]
pub(crate) struct Fake {
    pub(crate) config: Vec<(&'static str, &'static str)>,
}

impl Access for Fake {
    fn identify(&self, authorization: Option<&str>, _: i64) -> Option<Caller> {
        match authorization {
            None => Some(Caller::Guest),
            Some("Bearer admin") => Some(Caller::Admin(1)),
            Some("Bearer limited") => Some(Caller::Admin(2)),
            Some("Bearer customer") => Some(Caller::Customer(7)),
            Some(_) => None,
        }
    }

    fn look_up<'a>(
        &'a self,
        head: &'a Head<'a>,
        _: i64,
        _: &'a StoreScope,
        _: &'a mut db::Session,
    ) -> BoxFuture<'a, Result<Caller>> {
        let oauth = head.authorization.unwrap_or_default().starts_with("OAuth ");
        Box::pin(async move {
            if oauth {
                Err(Error::unauthorized(
                    "The signature is invalid. Verify and try again.",
                ))
            } else {
                Ok(Caller::Guest)
            }
        })
    }

    fn allows(&self, caller: Caller, resource: &str) -> bool {
        match caller {
            Caller::Admin(1) => true,
            Caller::Customer(_) => resource == "self",
            _ => false,
        }
    }
}

/// A view by code.
fn view(code: &str) -> Option<StoreScope> {
    let store_id = match code {
        "all" => 0,
        "default" => 1,
        "de" => 2,
        "old" => 3,
        _ => return None,
    };
    Some(StoreScope {
        store_id,
        website_id: store_id.min(1),
        group_id: store_id.min(1),
        code: if code == "all" { "admin" } else { code }.into(),
    })
}

impl Stores for Fake {
    fn by_code(&self, code: &str) -> Option<StoreScope> {
        view(code)
    }

    fn by_cookie(&self, code: &str) -> Option<StoreScope> {
        view(code).filter(|view| matches!(view.store_id, 1 | 2))
    }

    fn default_scope(&self) -> StoreScope {
        view("default").unwrap()
    }

    fn config(&self, path: &str, _: &StoreScope) -> Option<Arc<str>> {
        self.default_config(path)
    }

    fn default_config(&self, path: &str) -> Option<Arc<str>> {
        let found = self.config.iter().find(|(known, _)| *known == path);
        found.map(|(_, value)| (*value).into())
    }
}

impl Clock for Fake {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }
}

impl Random for Fake {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

/// A surface on an empty database.
pub(crate) struct Server {
    pub(crate) app: Arc<App>,
    router: Router,
    _folder: tempfile::TempDir,
}

async fn empty(folder: &tempfile::TempDir) -> db::Db {
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    db::Db::open(db::Options::new(url)).await.unwrap()
}

fn app(db: db::Db, fake: Fake, operations: &[&'static Operation]) -> App {
    App {
        db,
        clock: Arc::new(fake.clone()),
        random: Arc::new(fake.clone()),
        registry: Registry::new(&[operations]).unwrap(),
        access: Arc::new(fake.clone()),
        stores: Arc::new(fake),
        services: Services::default(),
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Server {
    /// All test operations, no configuration.
    pub(crate) async fn start() -> Self {
        Self::with(super::operations::OPERATIONS, &[], Options::default()).await
    }

    pub(crate) async fn with(
        operations: &[&'static Operation],
        config: &[(&'static str, &'static str)],
        options: Options,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fake = Fake {
            config: config.to_vec(),
        };
        let db = empty(&folder).await;
        Self::new(folder, app(db, fake, operations), options)
    }

    /// All test operations on another database.
    pub(crate) fn on(db: db::Db) -> Self {
        let app = app(db, Fake::default(), super::operations::OPERATIONS);
        Self::new(tempfile::tempdir().unwrap(), app, Options::default())
    }

    /// All test operations, with a clock of the test's own.
    pub(crate) async fn at(clock: Arc<dyn Clock>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = empty(&folder).await;
        let app = App {
            clock,
            ..app(db, Fake::default(), super::operations::OPERATIONS)
        };
        Self::new(folder, app, Options::default())
    }

    fn new(folder: tempfile::TempDir, app: App, options: Options) -> Self {
        let app = Arc::new(app);
        Self {
            router: crate::router(app.clone(), options),
            app,
            _folder: folder,
        }
    }

    pub(crate) async fn send(&self, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(Connection {
            peer: Ipv4Addr::LOCALHOST.into(),
            encrypted: false,
        });
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// Sends a request written as `METHOD /path`, then headers, a line each, and behind an empty line the body.
    pub(crate) async fn ask(&self, text: &str) -> Answer {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut lines = head.lines().map(str::trim);
        let (method, target) = lines.next().unwrap().split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(target);
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap();
            request = request.header(name, value);
        }
        self.send(request.body(Body::from(body.trim().to_owned())).unwrap())
            .await
    }
}

impl Answer {
    /// Status and body, for a look at both.
    pub(crate) fn seen(&self) -> String {
        format!("{} {}", self.status.as_u16(), self.body)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}
