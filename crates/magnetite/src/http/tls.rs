//! TLS with certificate files, which are read again when they change.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use secrecy::zeroize::Zeroizing;
use tokio_rustls::TlsAcceptor;

/// How often the files are looked at: a renewed certificate is in force soon after it is written.
const LOOK: Duration = Duration::from_secs(2);

/// What is negotiated above TLS, best first.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// The files of the certificate chain and of its key, both PEM.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    /// The chain, the server's own certificate first.
    pub(crate) certificate: PathBuf,
    /// The private key.
    pub(crate) key: PathBuf,
}

/// What the files hold.
#[derive(PartialEq)]
struct Pem {
    certificate: Vec<u8>,
    key: Zeroizing<Vec<u8>>,
}

/// The certificate in force.
pub(crate) struct Certificates {
    files: Files,
    provider: Arc<CryptoProvider>,
    in_force: ArcSwap<CertifiedKey>,
}

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificates")
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.in_force.load_full())
    }
}

impl Files {
    fn read(&self) -> anyhow::Result<Pem> {
        let read =
            |file: &PathBuf| std::fs::read(file).with_context(|| format!("cannot read {}", file.display()));
        Ok(Pem {
            certificate: read(&self.certificate)?,
            key: Zeroizing::new(read(&self.key)?),
        })
    }
}

impl Pem {
    fn parse(&self, provider: &CryptoProvider) -> anyhow::Result<CertifiedKey> {
        let chain = CertificateDer::pem_slice_iter(&self.certificate).collect::<Result<Vec<_>, _>>();
        let chain = chain.context("the certificate file is not PEM")?;
        if chain.is_empty() {
            bail!("the certificate file holds no certificate");
        }
        let key =
            PrivateKeyDer::from_pem_slice(&self.key).context("the key file holds no private key in PEM")?;
        CertifiedKey::from_der(chain, key, provider).context("certificate and key cannot be used together")
    }
}

impl Certificates {
    /// Reads the files, and keeps looking after changes as long as the certificates are in use.
    ///
    /// # Errors
    /// The files cannot be read or used.
    pub(crate) fn open(files: Files) -> anyhow::Result<Arc<Self>> {
        let provider = Arc::new(ring::default_provider());
        let pem = files.read()?;
        let certificates = Arc::new(Self {
            in_force: ArcSwap::from_pointee(pem.parse(&provider)?),
            files,
            provider,
        });
        tokio::spawn(follow(Arc::downgrade(&certificates), pem));
        Ok(certificates)
    }

    /// What makes connections encrypted.
    ///
    /// # Errors
    /// The library knows no version of TLS.
    pub(crate) fn acceptor(self: &Arc<Self>) -> anyhow::Result<TlsAcceptor> {
        let mut config = ServerConfig::builder_with_provider(self.provider.clone())
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(self.clone());
        config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// Takes what the files hold when it differs from `last`. While it cannot be used, for example because one of
    /// two files is written and the other is not yet, the old certificate stays in force.
    fn refresh(&self, last: &mut Pem) -> anyhow::Result<bool> {
        let pem = self.files.read()?;
        if pem == *last {
            return Ok(false);
        }
        self.in_force.store(Arc::new(pem.parse(&self.provider)?));
        *last = pem;
        Ok(true)
    }
}

async fn follow(certificates: std::sync::Weak<Certificates>, mut last: Pem) {
    let mut failing = false;
    loop {
        tokio::time::sleep(LOOK).await;
        let Some(certificates) = certificates.upgrade() else {
            return;
        };
        let outcome = certificates.refresh(&mut last);
        match &outcome {
            Ok(true) => tracing::info!("the new certificate is in force"),
            Ok(false) => {}
            Err(error) if !failing => {
                tracing::warn!(error = format!("{error:#}"), "the old certificate stays in force");
            }
            Err(_) => {}
        }
        failing = outcome.is_err();
    }
}
