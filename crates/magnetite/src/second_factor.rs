//! Whether administrators need a second factor, and what that takes.

use std::sync::Arc;

use anyhow::Context as _;
use db::Db;
use identity::crypt::CryptKeys;
use tfa::{Exemptions, TwoFactor};

use crate::settings::Settings;

/// Magento's module.
const MODULE: &str = "Magento_TwoFactorAuth";

/// What settings and the attached Magento say.
pub(crate) struct Plan {
    /// Whether a second factor is asked for.
    pub(crate) on: bool,
    exemptions: Exemptions,
    admin_path: String,
}

impl Plan {
    /// The setting decides; without it the module of the attached Magento; without one there is no second factor.
    /// `modules` are those of Magento's `config.php`.
    pub(crate) fn new(
        settings: &Settings,
        modules: Option<&[String]>,
        front_name: Option<String>,
    ) -> anyhow::Result<Self> {
        let module = modules.is_some_and(|modules| modules.iter().any(|module| module == MODULE));
        Ok(Self {
            on: settings.two_factor.unwrap_or(module),
            exemptions: settings.exemptions()?,
            admin_path: front_name.unwrap_or_else(|| "admin".to_owned()),
        })
    }

    /// The modules with that of the second factor, when it is on.
    pub(crate) fn listed(&self, mut modules: Vec<String>) -> Vec<String> {
        if self.on && !modules.iter().any(|module| module == MODULE) {
            modules.push(MODULE.to_owned());
        }
        modules
    }

    /// Makes the tables of the module, which a Magento that had it switched off does not have.
    pub(crate) async fn prepare(&self, db: &Db) -> anyhow::Result<()> {
        if self.on { prepare(db).await } else { Ok(()) }
    }

    /// The service.
    pub(crate) fn service(self, keys: Arc<CryptKeys>) -> TwoFactor {
        TwoFactor::new(keys, self.exemptions, self.admin_path)
    }
}

/// Makes the tables that are missing.
pub(crate) async fn prepare(db: &Db) -> anyhow::Result<()> {
    db::schema::install(db, tfa::schema::TABLES)
        .await
        .context("cannot make the tables of two-factor authentication")
}
