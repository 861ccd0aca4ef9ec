//! The settings, joined from magnetite.toml, environment and flags.

mod sources;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use ipnet::IpNet;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tfa::Exemptions;

use self::sources::{FILE, Sources};
use crate::cli::SettingFlags;
use crate::http::tls::Files;

/// All settings. An unknown key in the file is an error.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// `sqlite:FILE` or `mysql://…`.
    pub(crate) database_url: SecretString,
    /// Prefix of table names.
    pub(crate) table_prefix: String,
    /// Encryption keys.
    pub(crate) crypt_key: Option<SecretString>,
    /// Where a standalone installation keeps its key.
    pub(crate) crypt_key_file: PathBuf,
    /// `app/etc/env.php` of a Magento.
    pub(crate) magento_env: Option<PathBuf>,
    /// Filter of the log.
    pub(crate) log_level: String,
    /// Form of the log.
    pub(crate) log_format: LogFormat,
    /// Main address.
    pub(crate) bind: SocketAddr,
    /// Address of the metrics.
    pub(crate) metrics_bind: Option<SocketAddr>,
    /// Whether a proxy does TLS.
    pub(crate) behind_proxy: bool,
    /// Networks of the proxies that are believed, separated by commas.
    pub(crate) trusted_proxies: String,
    /// PEM file of the certificate chain.
    pub(crate) tls_certificate: Option<PathBuf>,
    /// PEM file of its key.
    pub(crate) tls_key: Option<PathBuf>,
    /// Seconds of `Strict-Transport-Security`.
    pub(crate) hsts_max_age: u64,
    /// Origins whose pages may call from a browser, separated by commas.
    pub(crate) cors_origins: Option<String>,
    /// Base URL of a new installation; by default the main address.
    pub(crate) base_url: Option<String>,
    /// Version in URLs of static files; empty for none.
    pub(crate) static_version: Option<String>,
    /// The media folder; see [`crate::home`] for where it is by default.
    pub(crate) media: Option<PathBuf>,
    /// The folder for mail that no server takes; see [`crate::home`] for where it is by default.
    pub(crate) mail_folder: Option<PathBuf>,
    /// Hosts that URLs of downloadable products may name, separated by commas.
    pub(crate) downloadable_domains: Option<String>,
    /// Most connections to MySQL.
    pub(crate) database_pool: usize,
    /// Largest request body in bytes.
    pub(crate) body_limit: usize,
    /// Inactive and deleted administrators lose access at once.
    pub(crate) refuse_inactive_admins: bool,
    /// Wrong passwords sent to the API count for the lock-out of the account.
    pub(crate) api_lockout: bool,
    /// Administrators need a second factor; by default as the module of an attached Magento says, else not.
    pub(crate) two_factor: Option<bool>,
    /// Users and networks that need none, separated by commas.
    pub(crate) two_factor_exempt: Option<String>,
}

/// Form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// What the settings are when nobody says anything; the keys of the file and the variables are these.
#[derive(Serialize)]
struct Defaults {
    database_url: &'static str,
    table_prefix: &'static str,
    crypt_key: Option<String>,
    crypt_key_file: &'static str,
    magento_env: Option<PathBuf>,
    log_level: &'static str,
    log_format: LogFormat,
    bind: &'static str,
    metrics_bind: Option<String>,
    behind_proxy: bool,
    trusted_proxies: &'static str,
    tls_certificate: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    hsts_max_age: u64,
    cors_origins: Option<String>,
    base_url: Option<String>,
    static_version: Option<String>,
    media: Option<PathBuf>,
    mail_folder: Option<PathBuf>,
    downloadable_domains: Option<String>,
    database_pool: usize,
    body_limit: usize,
    refuse_inactive_admins: bool,
    api_lockout: bool,
    two_factor: Option<bool>,
    two_factor_exempt: Option<String>,
}

const DEFAULTS: Defaults = Defaults {
    database_url: "sqlite:magnetite.db",
    table_prefix: "",
    crypt_key: None,
    crypt_key_file: "magnetite.key",
    magento_env: None,
    log_level: "info",
    log_format: LogFormat::Text,
    bind: "127.0.0.1:8080",
    metrics_bind: None,
    behind_proxy: false,
    trusted_proxies: "127.0.0.0/8, ::1/128, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7",
    tls_certificate: None,
    tls_key: None,
    hsts_max_age: 31_536_000,
    cors_origins: None,
    base_url: None,
    static_version: None,
    media: None,
    mail_folder: None,
    downloadable_domains: None,
    database_pool: 32,
    body_limit: 64 << 20,
    refuse_inactive_admins: true,
    api_lockout: true,
    two_factor: None,
    two_factor_exempt: None,
};

impl Settings {
    /// Joins the sources.
    pub(crate) fn load(flags: &SettingFlags) -> anyhow::Result<Self> {
        Self::join(&Sources::read(Path::new(FILE), std::env::vars_os())?, flags)
    }

    fn join(sources: &Sources, flags: &SettingFlags) -> anyhow::Result<Self> {
        let settings: Self = sources
            .join(DEFAULTS, flags)
            .extract()
            .map_err(|error| sources.explain(&error, flags))?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> anyhow::Result<()> {
        let tls = self.tls()?.is_some();
        if !self.bind.ip().is_loopback() && !self.behind_proxy && !tls {
            bail!(
                "refusing to serve plain HTTP on {}: passwords and tokens would travel in the clear. Give tls_certificate \
                 and tls_key, bind a loopback address, or put a proxy that does TLS in front and say --behind-proxy",
                self.bind
            );
        }
        self.trusted_proxies()?;
        self.exemptions()?;
        if let Some(url) = &self.base_url {
            let known = url.starts_with("http://") || url.starts_with("https://");
            if !known {
                bail!("base_url must begin with http:// or https://");
            }
        }
        Ok(())
    }

    /// The files of the certificate, when connections are to be encrypted here.
    pub(crate) fn tls(&self) -> anyhow::Result<Option<Files>> {
        match (&self.tls_certificate, &self.tls_key) {
            (None, None) => Ok(None),
            (Some(certificate), Some(key)) => Ok(Some(Files {
                certificate: certificate.clone(),
                key: key.clone(),
            })),
            _ => bail!("tls_certificate and tls_key belong together: give both or none"),
        }
    }

    /// The origins whose pages may call from a browser.
    pub(crate) fn cors_origins(&self) -> Vec<String> {
        let origins = self.cors_origins.as_deref().unwrap_or_default().split(',');
        let origins = origins.map(|origin| origin.trim().trim_end_matches('/'));
        origins
            .filter(|origin| !origin.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The networks whose proxies are believed: none unless a proxy is in front.
    pub(crate) fn trusted_proxies(&self) -> anyhow::Result<Vec<IpNet>> {
        if !self.behind_proxy {
            return Ok(Vec::new());
        }
        let networks = self.trusted_proxies.split(',').map(str::trim);
        networks
            .filter(|network| !network.is_empty())
            .map(|network| {
                let address = || network.parse::<IpAddr>().map(IpNet::from);
                network.parse().or_else(|_| address())
            })
            .collect::<Result<_, _>>()
            .context("trusted_proxies must be networks separated by commas, such as 10.0.0.0/8")
    }

    /// `https` when connections are encrypted here.
    pub(crate) fn scheme(&self) -> &'static str {
        match self.tls_certificate {
            Some(_) => "https",
            None => "http",
        }
    }

    /// Who needs no second factor.
    pub(crate) fn exemptions(&self) -> anyhow::Result<Exemptions> {
        let rules = self.two_factor_exempt.as_deref().unwrap_or_default();
        rules.parse().context("two_factor_exempt")
    }

    /// The base URL of a new installation, with a slash at its end.
    pub(crate) fn installation_url(&self) -> String {
        let url = self
            .base_url
            .clone()
            .unwrap_or_else(|| format!("{}://{}/", self.scheme(), self.bind));
        format!("{}/", url.trim_end_matches('/'))
    }
}

/// Reads a file that the settings name.
pub(crate) fn read_file(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use figment::value::Value;

    use super::*;

    #[test]
    fn every_default_is_a_key_and_the_reverse() {
        let Ok(Value::Dict(_, dict)) = Value::serialize(DEFAULTS) else {
            panic!("defaults are a table")
        };
        let mut keys: Vec<_> = sources::KEYS.iter().map(|key| key.name).collect();
        keys.sort_unstable();
        assert_eq!(dict.keys().map(String::as_str).collect::<Vec<_>>(), keys);
    }

    #[test]
    fn a_public_address_needs_a_proxy() {
        let flags = |behind_proxy| SettingFlags {
            bind: Some("0.0.0.0:8080".to_owned()),
            behind_proxy,
            ..SettingFlags::default()
        };
        let refusal = Settings::load(&flags(None)).unwrap_err().to_string();
        assert!(refusal.contains("--behind-proxy"), "{refusal}");
        assert!(Settings::load(&flags(Some(true))).is_ok());
    }

    #[test]
    fn a_public_address_may_be_encrypted_here() {
        let flags = |certificate: Option<&str>, key: Option<&str>| SettingFlags {
            bind: Some("0.0.0.0:8443".to_owned()),
            tls_certificate: certificate.map(PathBuf::from),
            tls_key: key.map(PathBuf::from),
            ..SettingFlags::default()
        };
        let settings = Settings::load(&flags(Some("c.pem"), Some("k.pem"))).unwrap();
        assert_eq!(settings.installation_url(), "https://0.0.0.0:8443/");
        let refusal = Settings::load(&flags(Some("c.pem"), None))
            .unwrap_err()
            .to_string();
        assert!(refusal.contains("give both or none"), "{refusal}");
    }

    #[test]
    fn proxies_are_believed_only_when_one_is_said_to_be_there() {
        let settings = |behind_proxy, trusted: Option<&str>| {
            let flags = SettingFlags {
                behind_proxy: Some(behind_proxy),
                trusted_proxies: trusted.map(str::to_owned),
                ..SettingFlags::default()
            };
            Settings::load(&flags).and_then(|settings| settings.trusted_proxies())
        };
        assert_eq!(settings(false, None).unwrap(), []);
        assert!(
            settings(true, None)
                .unwrap()
                .contains(&"10.0.0.0/8".parse().unwrap())
        );
        let one = settings(true, Some("203.0.113.7,")).unwrap();
        assert_eq!(one, ["203.0.113.7/32".parse().unwrap()]);
        assert!(settings(true, Some("nginx")).is_err());
    }

    #[test]
    fn secrets_are_not_shown() {
        let flags = SettingFlags {
            database_url: Some("mysql://u:hunter2@h/d".to_owned()),
            crypt_key: Some("0123456789abcdef0123456789abcdef".to_owned()),
            ..SettingFlags::default()
        };
        let shown = format!("{:?}", Settings::load(&flags).unwrap());
        assert!(
            !shown.contains("hunter2") && !shown.contains("0123456789abcdef"),
            "{shown}"
        );
    }
}
