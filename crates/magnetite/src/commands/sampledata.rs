//! `sampledata:deploy`, and the catalog of `serve --demo`.

use std::sync::Arc;

use anyhow::bail;
use contract::input::Sources;
use contract::{App, BoxFuture, Call, Caller, Error, Input, Result, Value, Verb};
use indicatif::{ProgressBar, ProgressStyle};
use sampledata::{Client, Progress};
use wire::json::JsonSink;

use super::admin_user::installation;
use crate::compose::{self, explain};
use crate::settings::Settings;

/// Calls of the operations of this process.
struct Local(Arc<App>);

impl Client for Local {
    fn call<'a>(&'a self, verb: Verb, path: &'a str, body: Value) -> BoxFuture<'a, Result<Value>> {
        Box::pin(async move {
            let app = &self.0;
            let Some(found) = app.registry.find(verb, path.trim_start_matches('/')) else {
                return Err(Error::not_found("Request does not match any route."));
            };
            let sources = Sources {
                path: found.variables,
                body,
                ..Sources::default()
            };
            let input = Input::merge(found.operation, verb, sources);
            let Some(scope) = app.stores.by_code("all") else {
                return Err(Error::internal("there is no admin store"));
            };
            // The operator of the command line, who is nobody of the database.
            let caller = Caller::Admin(0);
            let reply = app
                .call(
                    found.operation,
                    found.route,
                    &Call::from_inside(caller, scope),
                    input,
                )
                .await?;
            let mut sink = JsonSink::new();
            reply.write(&mut sink);
            serde_json::from_slice(&sink.into_bytes()).map_err(Error::internal)
        })
    }
}

struct Bar(ProgressBar);

impl Progress for Bar {
    fn total(&self, steps: usize) {
        self.0.set_length(u64::try_from(steps).unwrap_or_default());
    }

    fn step(&self) {
        self.0.inc(1);
    }
}

/// Makes the sample catalog.
pub(crate) async fn deploy_into(app: Arc<App>) -> anyhow::Result<()> {
    let bar = ProgressBar::new(0).with_message("sample catalog");
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {elapsed}") {
        bar.set_style(style);
    }
    let bar = Bar(bar);
    let deployed = sampledata::deploy(&Local(app), &bar).await;
    bar.0.finish_and_clear();
    deployed.map_err(explain)
}

/// Makes the sample catalog in an installation without products.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn deploy(settings: &Settings) -> anyhow::Result<()> {
    let home = installation(settings).await?;
    if home.attached() {
        bail!("sample data is for an installation of its own, not for the database of a Magento");
    }
    let keys = Arc::new(home.keys(settings, false)?);
    let db = home.db.clone();
    if catalog::perf::next(&mut db.session()).await.map_err(explain)? > 1 {
        bail!("there are products already: sample data goes into an empty catalog");
    }
    let process = compose::process(home, keys, settings).await?;
    deploy_into(process.app).await?;
    println!("The sample catalog is deployed.");
    drop(process.refreshed);
    Ok(db.close().await?)
}
