//! `serve`: from an opened database to an answered request, and to an orderly end.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use indicatif::ProgressBar;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::cli::AdminFlags;
use crate::commands::sampledata;
use crate::home::{Home, State};
use crate::http::tls::Certificates;
use crate::install::{self, FirstAdmin};
use crate::settings::Settings;
use crate::{compose, http, watch};

/// Bounds of the time histogram's buckets, in seconds: from a cached answer to a log-in that waits.
const SECONDS: &[f64] = &[
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];

/// How long the end waits for mail under way.
const LAST_MAIL: Duration = Duration::from_secs(5);

/// Serves until a signal says stop.
pub(crate) async fn run(settings: Settings, admin: AdminFlags, demo: bool) -> anyhow::Result<()> {
    // Signals are heard from the beginning, and the port is taken before the database is touched.
    let mut signals = Signals::listen()?;
    let listener = TcpListener::bind(settings.bind).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", settings.bind))?;
    let tls = tls(&settings)?;
    let home = Home::open(&settings).await?;
    let state = home.state().await?;
    let keys = Arc::new(home.keys(&settings, matches!(state, State::Empty))?);
    if matches!(state, State::Empty) {
        let bar = progress();
        install::stock(&home.db, &settings.installation_url(), &bar).await?;
        bar.finish_and_clear();
    }
    metrics(&settings)?;
    let options = rest::Options {
        body_limit: settings.body_limit,
        trusted_proxies: settings.trusted_proxies()?,
        cors_origins: settings.cors_origins(),
        x_frame_options: home
            .x_frame_options
            .clone()
            .unwrap_or_else(|| "SAMEORIGIN".to_owned()),
        ..rest::Options::default()
    };
    let db = home.db.clone();
    home.second_factor.prepare(&db).await?;
    let process = compose::process(home, keys.clone(), &settings).await?;
    if demo && matches!(state, State::Empty) {
        sampledata::deploy_into(process.app.clone())
            .await
            .context("the sample catalog")?;
    }
    let router = rest::router(process.app.clone(), options);
    let watcher = tokio::spawn(watch::run(process.refreshed, process.app.clock.clone()));
    let address = listener.local_addr()?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let server = tokio::spawn(http::serve(listener, tls, router, stopped));
    // The administrator's password takes a while to hash: requests are answered meanwhile.
    let first = match state {
        State::Installed => None,
        State::Empty | State::Ownerless => install::first_administrator(&db, keys, admin)
            .await
            .context("the first administrator")?,
    };
    announce(&format!("{}://{address}", settings.scheme()), first.as_ref());
    signals.wait().await;
    tracing::info!("stopping: requests under way are finished");
    stop.send_replace(true);
    server.await.context("the server ended badly")?;
    watcher.abort();
    let unsent = process.mail.finish(LAST_MAIL).await;
    if unsent > 0 {
        tracing::error!(unsent, "mails are lost: their server does not answer");
    }
    drop(process.app);
    db.close().await.context("closing the database")
}

/// A bar that shows itself only when there is a terminal and the work takes a while.
pub(crate) fn progress() -> ProgressBar {
    let bar = ProgressBar::new(0).with_message("installing");
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

fn tls(settings: &Settings) -> anyhow::Result<Option<http::Tls>> {
    let Some(files) = settings.tls()? else {
        return Ok(None);
    };
    let acceptor = Certificates::open(files)
        .and_then(|certificates| certificates.acceptor())
        .context("TLS")?;
    Ok(Some(http::Tls {
        acceptor,
        hsts_max_age: settings.hsts_max_age,
    }))
}

fn metrics(settings: &Settings) -> anyhow::Result<()> {
    let Some(address) = settings.metrics_bind else {
        return Ok(());
    };
    metrics_exporter_prometheus::PrometheusBuilder::new()
        .set_buckets(SECONDS)?
        .with_http_listener(address)
        .install()
        .with_context(|| format!("cannot serve metrics on {address}"))
}

/// Tells a person at the terminal how to go on. Nobody has to listen: a closed output ends no server.
fn announce(base: &str, first: Option<&FirstAdmin>) {
    let mut text = format!("Magnetite is ready: {base}/rest/V1\n");
    if let Some(first) = first {
        let username = &first.account.username;
        text += &match &first.shown {
            Some(password) => format!(
                "Administrator: {username}, password: {password} (shown this once)\nTry it:\n\
                 curl -s -X POST {base}/rest/V1/integration/admin/token -H 'Content-Type: application/json' \
                 -d '{{\"username\":\"{username}\",\"password\":\"{password}\"}}'\n"
            ),
            None => format!("Administrator: {username}, with the password that was given\n"),
        };
    }
    let mut out = std::io::stdout();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        tracing::debug!(%error, "nobody reads the standard output");
    }
}

/// The signals that ask for an orderly end.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn listen() -> anyhow::Result<Self> {
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self {
            interrupt,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
