//! What the tests of this crate share: a process with stand-ins for the domains, and short forms.

use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;
use wire::Value;
use wire::json::JsonSink;

use crate::app::{App, Clock, Random, Services};
use crate::bind::{BindCx, BindError};
use crate::cx::{Call, Caller, StoreScope};
use crate::error::{Error, Parameters, Result};
use crate::input::Input;
use crate::operation::{BoxFuture, Operation, Reply};
use crate::port::{Access, Head, Stores};
use crate::registry::Registry;
use crate::types::WireValue;

/// The value as JSON text.
pub(crate) fn json<T: WireValue>(value: &T) -> String {
    let mut sink = JsonSink::new();
    value.write(&mut sink);
    String::from_utf8(sink.into_bytes()).unwrap()
}

/// The reply as JSON text.
pub(crate) fn reply_json(reply: &Reply) -> String {
    let mut sink = JsonSink::new();
    reply.write(&mut sink);
    String::from_utf8(sink.into_bytes()).unwrap()
}

/// Binds without limits and attribute types.
pub(crate) fn bind<T: WireValue>(value: Value) -> Result<T, String> {
    T::bind(value, &BindCx::default()).map_err(text)
}

/// What is said of a value of the wrong type.
pub(crate) fn invalid(shown: &str, expected: &str) -> String {
    format!(
        "The \"{shown}\" value's type is invalid. The \"{expected}\" type was expected. Verify and try again."
    )
}

/// Message and, behind a bar, parameters.
pub(crate) fn text(error: BindError) -> String {
    error_text(&Error::from(error))
}

/// Message and, behind a bar, parameters.
pub(crate) fn error_text(error: &Error) -> String {
    let message = &error.detail().message;
    match &error.detail().parameters {
        Parameters::None => message.clone().into_owned(),
        Parameters::Positional(values) => format!("{message} | {}", Value::from(values.clone())),
        Parameters::Named(pairs) => {
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            format!("{message} | {}", pairs.join(", "))
        }
    }
}

/// Everything in one: nobody is known, everybody may, one store view, no configuration but what it is given.
#[derive(Default)]
pub(crate) struct Fake {
    pub(crate) config: Vec<(&'static str, &'static str)>,
}

impl Access for Fake {
    fn identify(&self, authorization: Option<&str>, _: i64) -> Option<Caller> {
        authorization.is_none().then_some(Caller::Guest)
    }

    fn look_up<'a>(
        &'a self,
        head: &'a Head<'a>,
        _: i64,
        _: &'a StoreScope,
        _: &'a mut db::Session,
    ) -> BoxFuture<'a, Result<Caller>> {
        Box::pin(async move {
            match head.authorization.unwrap_or_default() {
                "Bearer admin" => Ok(Caller::Admin(1)),
                "OAuth bad" => Err(Error::unauthorized("The signature is invalid.")),
                _ => Ok(Caller::Guest),
            }
        })
    }

    fn allows(&self, caller: Caller, resource: &str) -> bool {
        matches!(caller, Caller::Admin(_)) && resource == "Test::all"
    }
}

impl Stores for Fake {
    fn by_code(&self, _: &str) -> Option<StoreScope> {
        None
    }

    fn by_cookie(&self, _: &str) -> Option<StoreScope> {
        None
    }

    fn default_scope(&self) -> StoreScope {
        scope()
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

/// The default store view.
pub(crate) fn scope() -> StoreScope {
    StoreScope {
        store_id: 1,
        website_id: 1,
        group_id: 1,
        code: "default".into(),
    }
}

/// A process on an empty database, which lives as long as the folder.
pub(crate) async fn app(
    operations: &[&'static Operation],
    config: &[(&'static str, &'static str)],
) -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    let fake = || Fake {
        config: config.to_vec(),
    };
    let app = App {
        db: db::Db::open(db::Options::new(url)).await.unwrap(),
        clock: Arc::new(fake()),
        random: Arc::new(fake()),
        registry: Registry::new(&[operations]).unwrap(),
        access: Arc::new(fake()),
        stores: Arc::new(fake()),
        services: Services::default(),
    };
    (app, folder)
}

/// Calls the operation by its first route.
pub(crate) async fn call(
    app: &App,
    operation: &'static Operation,
    caller: Caller,
    input: Value,
) -> Result<String> {
    let Value::Object(members) = input else {
        unreachable!("an input is an object");
    };
    let route = &operation.routes[0];
    let reply = app
        .call(
            operation,
            route,
            &Call::from_inside(caller, scope()),
            Input(members),
        )
        .await?;
    Ok(reply_json(&reply))
}

/// Any JSON; its keys are often those of the data objects in tests.
pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    const KEYS: &[&str] = &[
        "id",
        "sku",
        "attribute_set_id",
        "price",
        "isActive",
        "note",
        "total",
        "owner",
        "second_owner",
        "parts",
        "always_parts",
        "words",
        "numbers",
        "amounts",
        "flags",
        "anything",
        "x_1",
        "extension_attributes",
        "custom_attributes",
        "item",
        "0",
        "name",
        "colour",
        "attribute_code",
        "value",
        "bogus",
        "product",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        "[ +-]?[0-9]{0,3}[.eE]?[0-9]{0,3}".prop_map(Value::from),
    ];
    let key = prop::sample::select(KEYS).prop_map(ToOwned::to_owned);
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}
