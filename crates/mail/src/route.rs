//! Where mail goes, as the configuration of a store view says.

use std::sync::Arc;

use contract::StoreScope;
use contract::port::Stores;
use secrecy::{ExposeSecret as _, SecretString};

/// Reads encrypted values of the configuration; `None` for one that is not encrypted.
pub(crate) type Decrypt = dyn Fn(&str) -> Option<SecretString> + Send + Sync;

/// Where mail goes.
pub(crate) enum Route {
    /// Nowhere: `system/smtp/disable`.
    Off,
    /// To a server.
    Smtp(Server),
    /// Into files.
    Folder,
}

/// How the connection to a server is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Security {
    /// Not at all.
    None,
    /// From the first byte on (`ssl`).
    Wrapped,
    /// From `STARTTLS` on, which the server must offer (`tls`).
    StartTls,
}

/// A mail server.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: Security,
    /// Name, password, and whether it is the `LOGIN` mechanism.
    pub(crate) login: Option<(String, SecretString, bool)>,
    /// Where failures are reported to, if not to the sender.
    pub(crate) return_path: Option<String>,
}

impl Server {
    /// What tells servers apart.
    pub(crate) fn key(&self) -> (String, u16) {
        (self.host.clone(), self.port)
    }
}

/// The route of a store view. Servers are those of Magento's paths `system/smtp/*`: with
/// `system/smtp/transport` `smtp`, or without it when a host is set.
pub(crate) fn of(stores: &dyn Stores, scope: &StoreScope, decrypt: &Decrypt) -> Route {
    let config = |name: &str| -> Option<Arc<str>> {
        let value = stores.config(&format!("system/smtp/{name}"), scope);
        value.filter(|text| !text.trim().is_empty())
    };
    if config("disable").as_deref() == Some("1") {
        return Route::Off;
    }
    let host = config("host");
    let smtp = match config("transport") {
        Some(transport) => &*transport == "smtp",
        None => host.is_some(),
    };
    if !smtp {
        return Route::Folder;
    }
    let text = |name: &str| config(name).map(|value| value.trim().to_owned());
    let login = match text("auth").as_deref() {
        Some(kind @ ("plain" | "login")) => text("username").map(|name| {
            let stored = text("password").unwrap_or_default();
            let password = decrypt(&stored).unwrap_or_else(|| SecretString::from(stored));
            (name, password, kind == "login")
        }),
        _ => None,
    };
    Route::Smtp(Server {
        host: host.map_or_else(|| "localhost".to_owned(), |host| host.trim().to_owned()),
        port: text("port").and_then(|port| port.parse().ok()).unwrap_or(25),
        security: match text("ssl").as_deref() {
            Some("ssl") => Security::Wrapped,
            Some("tls") => Security::StartTls,
            _ => Security::None,
        },
        login: login.filter(|(_, password, _)| !password.expose_secret().is_empty()),
        return_path: match text("set_return_path").as_deref() {
            Some("2") => text("return_path_email"),
            _ => None,
        },
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A store with this configuration.
    pub(crate) struct Config(pub(crate) Vec<(&'static str, String)>);

    impl Stores for Config {
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
            let found = self.0.iter().find(|(known, _)| *known == path);
            found.map(|(_, value)| value.as_str().into())
        }

        fn default_config(&self, path: &str) -> Option<Arc<str>> {
            self.config(path, &scope())
        }
    }

    pub(crate) fn scope() -> StoreScope {
        StoreScope {
            store_id: 1,
            website_id: 1,
            group_id: 1,
            code: Arc::from("default"),
        }
    }

    fn route(pairs: &[(&'static str, &str)]) -> Route {
        let config = pairs.iter().map(|(path, value)| (*path, (*value).to_owned()));
        of(&Config(config.collect()), &scope(), &|text| {
            text.strip_prefix("0:3:")
                .map(|plain| SecretString::from(plain.to_owned()))
        })
    }

    #[test]
    fn without_a_server_mail_goes_into_files() {
        assert!(matches!(route(&[]), Route::Folder));
        assert!(matches!(
            route(&[("system/smtp/transport", "sendmail"), ("system/smtp/host", "x")]),
            Route::Folder
        ));
        let off = [("system/smtp/disable", "1"), ("system/smtp/host", "x")];
        assert!(matches!(route(&off), Route::Off));
    }

    #[test]
    fn a_server_is_read_as_magento_has_it() {
        let Route::Smtp(server) = route(&[
            ("system/smtp/transport", "smtp"),
            ("system/smtp/host", "mail.test"),
            ("system/smtp/port", "587"),
            ("system/smtp/ssl", "tls"),
            ("system/smtp/auth", "login"),
            ("system/smtp/username", "shop"),
            ("system/smtp/password", "0:3:hidden"),
            ("system/smtp/set_return_path", "2"),
            ("system/smtp/return_path_email", "bounce@shop.test"),
        ]) else {
            panic!("a server is configured");
        };
        assert_eq!(server.key(), ("mail.test".to_owned(), 587));
        assert_eq!(server.security, Security::StartTls);
        let (name, password, login) = server.login.unwrap();
        assert_eq!(
            (name.as_str(), password.expose_secret(), login),
            ("shop", "hidden", true)
        );
        assert_eq!(server.return_path.as_deref(), Some("bounce@shop.test"));
        let Route::Smtp(plain) = route(&[("system/smtp/host", "localhost")]) else {
            panic!("a host is enough");
        };
        assert_eq!((plain.port, plain.security), (25, Security::None));
        assert!(plain.login.is_none());
    }
}
