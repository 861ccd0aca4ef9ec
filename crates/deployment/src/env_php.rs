//! `app/etc/env.php`: where the database is, and the encryption key.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};

use crate::php::{self, ParseError, Value};

/// MySQL's port.
const PORT: u16 = 3306;

/// What stays readable in a part of a URL.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// What is used of `env.php`. A setting that is absent, or of another kind than expected, is `None`.
#[derive(Clone)]
pub struct EnvPhp {
    /// `crypt/key`, as written: one or several keys.
    pub crypt_key: Option<SecretString>,
    /// `db/connection/default`.
    pub database: Option<Database>,
    /// `db/table_prefix`; empty when absent.
    pub table_prefix: String,
    /// `x-frame-options`.
    pub x_frame_options: Option<String>,
    /// `MAGE_MODE`: `default`, `developer` or `production`.
    pub mage_mode: Option<String>,
    /// `backend/frontName`.
    pub front_name: Option<String>,
    /// `downloadable_domains`: hosts that URLs of downloadable products may name.
    pub downloadable_domains: Vec<String>,
    all: Value,
}

/// A database connection.
#[derive(Clone)]
pub struct Database {
    /// Name or address; `localhost` when absent.
    pub host: String,
    /// Port, 3306 when absent.
    pub port: u16,
    /// Path of a Unix socket, which is used instead of host and port.
    pub socket: Option<String>,
    /// Name of the database.
    pub name: String,
    /// User; may be empty.
    pub username: String,
    /// Password; may be empty.
    pub password: SecretString,
}

/// Reads the text of the file.
///
/// # Errors
/// [`ParseError`] when it is not a program that returns one array of literals.
pub fn parse(text: &str) -> Result<EnvPhp, ParseError> {
    let all = php::parse(text)?;
    let text = |path: &[&str]| all.at(path).and_then(Value::text);
    Ok(EnvPhp {
        crypt_key: text(&["crypt", "key"]).map(SecretString::from),
        database: all.at(&["db", "connection", "default"]).and_then(Database::read),
        table_prefix: text(&["db", "table_prefix"]).unwrap_or_default(),
        x_frame_options: text(&["x-frame-options"]),
        mage_mode: text(&["MAGE_MODE"]),
        front_name: text(&["backend", "frontName"]),
        downloadable_domains: all
            .at(&["downloadable_domains"])
            .map(Value::texts)
            .unwrap_or_default(),
        all,
    })
}

impl EnvPhp {
    /// Any other setting, by its keys from the outside in.
    #[must_use]
    pub fn value(&self, path: &[&str]) -> Option<&Value> {
        self.all.at(path)
    }

    /// The database as a URL, see [`Database::url`].
    #[must_use]
    pub fn database_url(&self) -> Option<SecretString> {
        self.database.as_ref().map(Database::url)
    }
}

/// Leaves out everything secret.
impl fmt::Debug for EnvPhp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnvPhp")
            .field("database", &self.database)
            .field("table_prefix", &self.table_prefix)
            .field("mage_mode", &self.mage_mode)
            .finish_non_exhaustive()
    }
}

impl Database {
    /// `None` without a database name.
    fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| {
            value
                .at(&[key])
                .and_then(Value::text)
                .filter(|text| !text.is_empty())
        };
        let mut database = Self {
            host: "localhost".to_owned(),
            port: PORT,
            socket: text("unix_socket"),
            name: text("dbname")?,
            username: text("username").unwrap_or_default(),
            password: SecretString::from(text("password").unwrap_or_default()),
        };
        if let Some(host) = text("host") {
            database.set_host(&host);
        }
        if let Some(port) = text("port").and_then(|port| port.parse().ok()) {
            database.port = port;
        }
        Some(database)
    }

    /// The `host` setting holds a name, `name:port` or the path of a socket.
    fn set_host(&mut self, host: &str) {
        if host.contains('/') {
            self.socket.get_or_insert_with(|| host.to_owned());
            return;
        }
        let port = |text: &str| text.parse().unwrap_or(PORT);
        let (name, number) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((address, rest)) => (address, rest.strip_prefix(':').map(port)),
            // More than one colon without brackets is an IPv6 address.
            None if host.matches(':').count() > 1 => (host, None),
            None => host
                .split_once(':')
                .map_or((host, None), |(name, number)| (name, Some(port(number)))),
        };
        name.clone_into(&mut self.host);
        self.port = number.unwrap_or(PORT);
    }

    /// `mysql://user:password@host:port/name`, with `?socket=…` for a Unix socket; all parts percent-encoded.
    #[must_use]
    pub fn url(&self) -> SecretString {
        let encode = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
        let mut url = String::from("mysql://");
        let password = self.password.expose_secret();
        if !self.username.is_empty() || !password.is_empty() {
            url += &encode(&self.username);
            if !password.is_empty() {
                url += ":";
                url += &encode(password);
            }
            url += "@";
        }
        let host = if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            encode(&self.host)
        };
        url += &format!("{host}:{}/{}", self.port, encode(&self.name));
        if let Some(socket) = &self.socket {
            url += &format!("?socket={}", encode(socket));
        }
        SecretString::from(url)
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("socket", &self.socket)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const FILE: &str = r"<?php
return [
    'backend' => ['frontName' => 'admin_x1'],
    'crypt' => ['key' => 'base64AAAA
0123456789abcdef0123456789abcdef'],
    'db' => [
        'table_prefix' => 'm_',
        'connection' => [
            'default' => [
                'host' => 'db.example:3307',
                'dbname' => 'shop',
                'username' => 'mage@x',
                'password' => 'p:w/d#\'1',
                'model' => 'mysql4',
                'active' => '1',
                'driver_options' => [1014 => false],
            ],
        ],
    ],
    'x-frame-options' => 'SAMEORIGIN',
    'MAGE_MODE' => 'production',
    'cache_types' => ['config' => 1],
    'downloadable_domains' => ['files.example', 'cdn.example'],
];
";

    fn with_host(line: &str) -> Database {
        let text =
            format!("<?php return ['db' => ['connection' => ['default' => ['dbname' => 'd', {line}]]]];");
        parse(&text).unwrap().database.unwrap()
    }

    #[test]
    fn a_whole_file_is_read() {
        let env = parse(FILE).unwrap();
        assert_eq!(env.front_name.as_deref(), Some("admin_x1"));
        assert_eq!(env.table_prefix, "m_");
        assert_eq!(env.x_frame_options.as_deref(), Some("SAMEORIGIN"));
        assert_eq!(env.mage_mode.as_deref(), Some("production"));
        let key = env.crypt_key.as_ref().unwrap().expose_secret();
        assert_eq!(key, "base64AAAA\n0123456789abcdef0123456789abcdef");
        assert_eq!(
            env.database_url().unwrap().expose_secret(),
            "mysql://mage%40x:p%3Aw%2Fd%23%271@db.example:3307/shop"
        );
        assert!(env.value(&["cache_types", "config"]).is_some_and(Value::is_true));
        assert_eq!(env.downloadable_domains, ["files.example", "cdn.example"]);
    }

    #[test]
    fn a_file_without_settings_has_none() {
        let env = parse("<?php return [];").unwrap();
        assert!(env.crypt_key.is_none() && env.database.is_none() && env.database_url().is_none());
        assert!(env.downloadable_domains.is_empty());
        assert_eq!(env.table_prefix, "");
    }

    #[rstest]
    #[case("'host' => 'localhost'", "mysql://localhost:3306/d")]
    #[case("'host' => '127.0.0.1:33'", "mysql://127.0.0.1:33/d")]
    #[case("'host' => 'db', 'port' => 3310", "mysql://db:3310/d")]
    #[case("'host' => '::1'", "mysql://[::1]:3306/d")]
    #[case("'host' => '[::1]:3307'", "mysql://[::1]:3307/d")]
    #[case(
        "'host' => '/run/my.sock'",
        "mysql://localhost:3306/d?socket=%2Frun%2Fmy.sock"
    )]
    #[case("'unix_socket' => '/a'", "mysql://localhost:3306/d?socket=%2Fa")]
    #[case("'username' => 'u', 'password' => ''", "mysql://u@localhost:3306/d")]
    #[case("'username' => 'u', 'password' => 12", "mysql://u:12@localhost:3306/d")]
    fn every_form_of_the_host_becomes_a_url(#[case] line: &str, #[case] url: &str) {
        assert_eq!(with_host(line).url().expose_secret(), url);
    }

    #[test]
    fn debug_output_shows_no_secrets() {
        let shown = format!("{:?}", parse(FILE).unwrap());
        assert!(shown.contains("db.example"));
        assert!(!shown.contains("p:w") && !shown.contains("0123456789abcdef") && !shown.contains("mage@x"));
    }
}
