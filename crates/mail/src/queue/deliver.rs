//! The two ways out: a server, or a folder.

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use secrecy::ExposeSecret as _;

use super::{Options, Sealed};
use crate::route::{Security, Server};

/// For how long a server may keep us waiting at each step.
const PATIENCE: Duration = Duration::from_secs(10);

/// For how long one delivery may take altogether.
const LIMIT: Duration = Duration::from_secs(60);

/// Replies that are about us, not about the mail: authentication is required, fails, or is too weak.
const ABOUT_US: [u16; 4] = [530, 534, 535, 538];

/// Why a mail was not delivered. The cause names no address: servers repeat them in their replies.
pub(super) enum Failure {
    /// It may work later: at this time, if it is known.
    Later { cause: String, until: Option<i64> },
    /// It never will.
    Never(String),
}

impl Failure {
    fn later(cause: &impl ToString) -> Self {
        Self::Later {
            cause: cause.to_string(),
            until: None,
        }
    }
}

/// Hands a mail to a server.
pub(super) async fn to_server(server: &Server, sealed: &Sealed) -> Result<(), Failure> {
    let tls = match server.security {
        Security::None => Tls::None,
        kind => {
            let parameters =
                TlsParameters::new(server.host.clone()).map_err(|error| Failure::later(&cause(&error)))?;
            if kind == Security::Wrapped {
                Tls::Wrapper(parameters)
            } else {
                Tls::Required(parameters)
            }
        }
    };
    let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
        .port(server.port)
        .timeout(Some(PATIENCE))
        .tls(tls);
    if let Some((name, password, login)) = &server.login {
        let password = password.expose_secret().to_owned();
        let mechanism = if *login {
            Mechanism::Login
        } else {
            Mechanism::Plain
        };
        transport = transport
            .credentials(Credentials::new(name.clone(), password))
            .authentication(vec![mechanism]);
    }
    let envelope = envelope(server, &sealed.envelope);
    let transport = transport.build();
    let sent = transport.send_raw(&envelope, &sealed.bytes);
    match tokio::time::timeout(LIMIT, sent).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(failure(&error)),
        Err(_) => Err(Failure::later(&"the server takes too long")),
    }
}

/// The envelope, with the configured return path.
fn envelope(server: &Server, own: &Envelope) -> Envelope {
    let path: Option<Address> = server.return_path.as_deref().and_then(|path| path.parse().ok());
    match path {
        Some(path) => Envelope::new(Some(path), own.to().to_vec()).unwrap_or_else(|_| own.clone()),
        None => own.clone(),
    }
}

fn failure(error: &SmtpError) -> Failure {
    let code = error.status().map(u16::from);
    match code {
        Some(code) if error.is_permanent() && !ABOUT_US.contains(&code) => {
            Failure::Never(format!("the server answered {code}"))
        }
        _ => Failure::later(&cause(error)),
    }
}

/// What went wrong, without what the server said.
fn cause(error: &SmtpError) -> String {
    match error.status() {
        Some(code) => format!("the server answered {code}"),
        None => match std::error::Error::source(error) {
            Some(source) => source.to_string(),
            None => error.to_string(),
        },
    }
}

/// Writes a mail into a file of its own.
pub(super) async fn to_folder(options: &Options, template: &str, sealed: &Sealed) -> Result<(), Failure> {
    let mut unique = [0; 4];
    options.random.fill(&mut unique);
    let time = options.clock.now().strftime("%Y%m%dT%H%M%S").to_string();
    let name = format!("{time}-{template}-{:08x}.eml", u32::from_le_bytes(unique));
    let (folder, bytes) = (options.folder.clone(), sealed.bytes.clone());
    tokio::task::spawn_blocking(move || write(&folder, &name, &bytes))
        .await
        .map_err(|error| Failure::later(&error))?
        .map_err(|error| Failure::later(&format!("the mail folder cannot be written: {error}")))
}

/// A file that only its owner can read: mails hold names, addresses and keys.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let mut directory = std::fs::DirBuilder::new();
    directory.recursive(true);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
        directory.mode(0o700);
        options.mode(0o600);
    }
    directory.create(folder)?;
    let mut file = options.open(folder.join(name))?;
    file.write_all(bytes)
}
