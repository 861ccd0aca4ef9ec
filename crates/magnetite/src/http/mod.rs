//! Accepts connections, plain or encrypted, and ends them in order.

#[cfg(test)]
mod tests;
pub(crate) mod tls;

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::STRICT_TRANSPORT_SECURITY;
use axum::http::{HeaderValue, Request};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use rest::Connection;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tower::Service as _;

/// Longest time for a connection to become encrypted.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Longest time for a request's head to arrive; also how long a connection may stay idle.
const HEAD: Duration = Duration::from_secs(60);

/// Longest head of a request, in bytes. A longer one is answered with 431.
const HEAD_SIZE: usize = 64 << 10;

/// How long requests under way may take after the signal to stop.
const DRAIN: Duration = Duration::from_secs(30);

/// Pause after an error of `accept`, for example because there are no more file descriptors.
const PAUSE: Duration = Duration::from_millis(50);

/// How connections become encrypted, and what browsers are told about it.
pub(crate) struct Tls {
    /// Does the handshakes.
    pub(crate) acceptor: TlsAcceptor,
    /// For how many seconds browsers come back encrypted only (`Strict-Transport-Security`); 0 says nothing.
    pub(crate) hsts_max_age: u64,
}

/// Answers requests until `stop` is true, then finishes those under way.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<Tls>,
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let connections = GracefulShutdown::new();
    let server = Arc::new(Server {
        builder: builder(),
        hsts: tls.as_ref().and_then(|tls| hsts(tls.hsts_max_age)),
        acceptor: tls.map(|tls| tls.acceptor),
        router,
    });
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let Some((stream, peer)) = usable(accepted).await else {
            continue;
        };
        let connection = server.clone().converse(stream, peer, connections.watcher());
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(error, "a connection ended badly");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, connections.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

/// What all connections share.
struct Server {
    builder: Builder<TokioExecutor>,
    acceptor: Option<TlsAcceptor>,
    hsts: Option<HeaderValue>,
    router: Router,
}

impl Server {
    /// Answers the requests of one connection until it ends.
    async fn converse(
        self: Arc<Self>,
        stream: TcpStream,
        peer: IpAddr,
        watcher: Watcher,
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        match &self.acceptor {
            None => self.answer(stream, peer, watcher).await,
            Some(acceptor) => {
                let stream = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await??;
                self.answer(stream, peer, watcher).await
            }
        }
    }

    async fn answer(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        peer: IpAddr,
        watcher: Watcher,
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        let connection = Connection {
            peer,
            encrypted: self.acceptor.is_some(),
        };
        let (router, hsts) = (self.router.clone(), self.hsts.clone());
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(connection);
            let answer = router.clone().call(request);
            let hsts = hsts.clone();
            async move {
                let mut response = answer.await?;
                if let Some(hsts) = hsts {
                    response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, hsts);
                }
                Ok::<_, Infallible>(response)
            }
        });
        let connection = self.builder.serve_connection(TokioIo::new(stream), service);
        watcher.watch(connection).await
    }
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_SIZE);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(HEAD_SIZE as u32);
    builder
}

fn hsts(max_age: u64) -> Option<HeaderValue> {
    let value = HeaderValue::from_str(&format!("max-age={max_age}")).ok()?;
    (max_age > 0).then_some(value)
}

async fn usable(accepted: io::Result<(TcpStream, SocketAddr)>) -> Option<(TcpStream, IpAddr)> {
    match accepted {
        Ok((stream, peer)) => {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "cannot set TCP_NODELAY");
            }
            Some((stream, peer.ip()))
        }
        Err(error) => {
            tracing::warn!(%error, "cannot accept a connection");
            tokio::time::sleep(PAUSE).await;
            None
        }
    }
}
