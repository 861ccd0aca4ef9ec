//! The databases of a real Magento, and installations attached to them.

use std::fs;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::mariadb::{MariaDb, TestDatabase};
use crate::server::Installation;
use crate::shared;

/// User name of the administrator of all dumps.
pub const ADMIN: &str = "admin";

/// Password of the administrator of all dumps, and of their other users.
pub const PASSWORD: &str = "Admin123pass";

/// A recorded state of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dump {
    /// A stock installation with a few admin users.
    Fresh,
    /// The same after about 1,100 calls.
    Populated,
    /// Two websites, three groups, five store views.
    MultistoreStart,
    /// The same after about 1,380 calls.
    Multistore,
}

impl Dump {
    fn file(self) -> &'static str {
        match self {
            Self::Fresh => "magento/fresh.sql.gz",
            Self::Populated => "magento/populated.sql.gz",
            Self::MultistoreStart => "magento/multistore-start.sql.gz",
            Self::Multistore => "magento/multistore.sql.gz",
        }
    }

    /// Restores it in a database of its own. `None`, with a note for the reader, when there are no dumps here or
    /// there is no MariaDB.
    ///
    /// # Errors
    /// The server does not start, or refuses a statement.
    pub fn restore(self) -> Result<Option<TestDatabase>> {
        let Some(file) = shared(self.file()) else {
            return Ok(None);
        };
        let Some(server) = MariaDb::or_skip()? else {
            return Ok(None);
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let database = server.fresh_database().await?;
            server.load_dump(&database.name, file).await?;
            Ok(Some(database))
        })
    }

    /// An installation attached to the restored database by way of an `env.php`, with the key of that Magento.
    /// `None` as in [`Self::restore`].
    ///
    /// # Errors
    /// As in [`Self::restore`].
    pub fn attach(self, binary: &str) -> Result<Option<Installation>> {
        let (Some(database), Some(key)) = (self.restore()?, crypt_key()?) else {
            return Ok(None);
        };
        let env = env_php(&database, &key);
        let installation = Installation::mysql(binary, database)?
            .unset("MAGNETITE_DATABASE_URL")
            .set("MAGNETITE_MAGENTO_ENV", "app/etc/env.php");
        fs::create_dir_all(installation.path("app/etc"))?;
        fs::write(installation.path("app/etc/env.php"), env)?;
        Ok(Some(installation))
    }
}

/// An empty database. `None`, with a note for the reader, when there is no MariaDB.
///
/// # Errors
/// The server does not start.
pub fn empty_database() -> Result<Option<TestDatabase>> {
    let Some(server) = MariaDb::or_skip()? else {
        return Ok(None);
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(Some(runtime.block_on(server.fresh_database())?))
}

/// The encryption key of the recorded Magento; `None` when the folder with the dumps is not here.
///
/// # Errors
/// `install.json` is not readable.
pub fn crypt_key() -> Result<Option<String>> {
    let Some(file) = shared("magento/install.json") else {
        return Ok(None);
    };
    let install: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let key = install["crypt_key"]
        .as_str()
        .context("install.json has no crypt_key")?;
    Ok(Some(key.to_owned()))
}

/// A configuration file as that Magento has one.
fn env_php(database: &TestDatabase, key: &str) -> String {
    // mysql://root@127.0.0.1:3306/name
    let server = database.url.trim_start_matches("mysql://");
    let (user, rest) = server.split_once('@').unwrap_or(("root", server));
    let (host, name) = rest.split_once('/').unwrap_or((rest, &database.name));
    format!(
        "<?php\nreturn [\n    'crypt' => [\n        'key' => '{key}'\n    ],\n    'db' => [\n        'table_prefix' => '',\n        \
         'connection' => [\n            'default' => [\n                'host' => '{host}',\n                \
         'dbname' => '{name}',\n                'username' => '{user}',\n                'password' => '',\n                \
         'active' => '1'\n            ]\n        ]\n    ],\n    'x-frame-options' => 'SAMEORIGIN'\n];\n"
    )
}
