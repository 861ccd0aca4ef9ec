//! Encrypted connections, seen by a client that trusts one certificate only.

use std::path::Path;

use axum::body::Body;
use axum::routing::get;
use axum::{Extension, Router};
use http_body_util::BodyExt as _;
use hyper::client::conn::{http1, http2};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rstest::rstest;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::tls::{Certificates, Files};
use super::*;

/// A certificate for `localhost` in two files.
fn write_certificate(folder: &Path) -> (Files, Vec<u8>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let files = Files {
        certificate: folder.join("certificate.pem"),
        key: folder.join("key.pem"),
    };
    std::fs::write(&files.key, signing_key.serialize_pem()).unwrap();
    std::fs::write(&files.certificate, cert.pem()).unwrap();
    (files, cert.pem().into_bytes())
}

struct Running {
    address: SocketAddr,
    _stop: watch::Sender<bool>,
}

async fn start(files: Files) -> Running {
    let acceptor = Certificates::open(files).unwrap().acceptor().unwrap();
    let tls = Tls {
        acceptor,
        hsts_max_age: 77,
    };
    let origin = |Extension(connection): Extension<Connection>| async move {
        format!("{} {}", connection.peer, connection.encrypted)
    };
    let router = Router::new().route("/", get(origin));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(serve(listener, Some(tls), router, stopped));
    Running { address, _stop: stop }
}

impl Running {
    /// A connection of a client that trusts this certificate and speaks this protocol.
    async fn connect(&self, trusted: &[u8], protocol: &str) -> io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots
            .add(CertificateDer::from_pem_slice(trusted).unwrap())
            .unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
        let name = ServerName::try_from("localhost").unwrap();
        let stream = TcpStream::connect(self.address).await?;
        TlsConnector::from(Arc::new(config)).connect(name, stream).await
    }
}

#[rstest]
#[case::one("http/1.1")]
#[case::two("h2")]
#[tokio::test]
async fn requests_are_answered_over_tls(#[case] protocol: &str) {
    let folder = tempfile::tempdir().unwrap();
    let (files, certificate) = write_certificate(folder.path());
    let server = start(files).await;
    let stream = TokioIo::new(server.connect(&certificate, protocol).await.unwrap());
    let request = Request::get("https://localhost/").header("host", "localhost");
    let request = request.body(Body::empty()).unwrap();
    let response = if protocol == "h2" {
        let (mut sender, connection) = http2::handshake(TokioExecutor::new(), stream).await.unwrap();
        tokio::spawn(connection);
        sender.send_request(request).await.unwrap()
    } else {
        let (mut sender, connection) = http1::handshake(stream).await.unwrap();
        tokio::spawn(connection);
        sender.send_request(request).await.unwrap()
    };
    assert_eq!(response.headers()[STRICT_TRANSPORT_SECURITY], "max-age=77");
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(body, "127.0.0.1 true");
}

#[tokio::test]
async fn a_renewed_certificate_comes_into_force() {
    let folder = tempfile::tempdir().unwrap();
    let (files, old) = write_certificate(folder.path());
    let server = start(files.clone()).await;
    server.connect(&old, "h2").await.unwrap();
    // Half of a renewal cannot be used: the old certificate stays.
    std::fs::write(&files.key, "-----BEGIN").unwrap();
    tokio::time::sleep(Duration::from_millis(2500)).await;
    server.connect(&old, "h2").await.unwrap();
    let (_, new) = write_certificate(folder.path());
    let renewed = async {
        while server.connect(&new, "h2").await.is_err() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), renewed)
        .await
        .unwrap();
    assert!(server.connect(&old, "h2").await.is_err());
}

#[tokio::test]
async fn a_client_that_never_shakes_hands_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (files, certificate) = write_certificate(folder.path());
    let server = start(files).await;
    let mut idle = Vec::new();
    for _ in 0..50 {
        idle.push(TcpStream::connect(server.address).await.unwrap());
    }
    let connected = server.connect(&certificate, "http/1.1");
    tokio::time::timeout(Duration::from_secs(5), connected)
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn a_key_of_another_certificate_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (files, certificate) = write_certificate(folder.path());
    write_certificate(folder.path());
    std::fs::write(&files.certificate, certificate).unwrap();
    let error = format!("{:#}", Certificates::open(files).unwrap_err());
    assert!(error.contains("cannot be used together"), "{error}");
}
