//! What the command line does with second factors (`spec/auth.md §4.8`).

use contract::{Clock, Random};
use db::Session;
use identity::KnownAdmin;
use identity::crypt::CryptKeys;
use secrecy::{ExposeSecret as _, SecretString};

use crate::error::Error;
use crate::provider::{self, GOOGLE};
use crate::user_config::UserConfig;
use crate::{recovery, totp};

/// Why a command did nothing.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// There is no such user.
    #[error("Unknown user {0}")]
    UnknownUser(String),
    /// There is no such provider.
    #[error("Unknown provider {0}")]
    UnknownProvider(String),
    /// The secret is not base32.
    #[error("The secret must be base32: letters and the digits 2 to 7")]
    BadSecret,
    /// What is kept of the user cannot be written.
    #[error("{0}")]
    Unusable(String),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        match error {
            Error::Database(error) => Self::Database(error),
            other => Self::Unusable(other.to_string()),
        }
    }
}

/// What the commands work with. They commit.
pub struct Commands<'a> {
    /// Access to the database.
    pub session: &'a mut Session,
    /// The installation's keys.
    pub keys: &'a CryptKeys,
    /// The clock.
    pub clock: &'a dyn Clock,
    /// The random source.
    pub random: &'a dyn Random,
}

impl Commands<'_> {
    /// Forgets what a user has configured of a provider, and voids the tfats from before. With `revoke` the user's
    /// tokens end too, which Magento leaves alone. The provider's name.
    ///
    /// # Errors
    /// Unknown user or provider.
    pub async fn reset(
        &mut self,
        username: &str,
        code: &str,
        revoke: bool,
    ) -> Result<&'static str, CommandError> {
        let (user, mut config) = self.user(username).await?;
        let info = provider::find(code).ok_or_else(|| CommandError::UnknownProvider(code.to_owned()))?;
        let now = self.clock.now().as_second();
        config.forget(code);
        let mut guard = config.guard();
        guard.reset(now);
        config.set_guard(&guard)?;
        if revoke {
            identity::revoke_admin_tokens(self.session, user.id, now).await?;
        }
        self.save(config).await?;
        Ok(info.name)
    }

    /// Sets a user's secret of `google`, which is then configured.
    ///
    /// # Errors
    /// Unknown user, or the secret is not base32.
    pub async fn set_google_secret(
        &mut self,
        username: &str,
        secret: &SecretString,
    ) -> Result<(), CommandError> {
        let (_, mut config) = self.user(username).await?;
        if !totp::is_secret(secret.expose_secret()) {
            return Err(CommandError::BadSecret);
        }
        let nonce = self.nonce();
        config.set_secret(self.keys, GOOGLE, secret, nonce)?;
        config.activate(GOOGLE)?;
        let mut guard = config.guard();
        guard.reset(self.clock.now().as_second());
        config.set_guard(&guard)?;
        self.save(config).await
    }

    /// Makes new recovery codes for a user in place of the old ones.
    ///
    /// # Errors
    /// Unknown user.
    pub async fn new_recovery_codes(&mut self, username: &str) -> Result<Vec<String>, CommandError> {
        let (_, mut config) = self.user(username).await?;
        let mut guard = config.guard();
        let codes = recovery::renew(&mut guard, &mut |bytes| self.random.fill(bytes));
        config.set_guard(&guard)?;
        self.save(config).await?;
        Ok(codes)
    }

    async fn user(&mut self, username: &str) -> Result<(KnownAdmin, UserConfig), CommandError> {
        self.session.begin().await?;
        let user = identity::admin_user_by_name(self.session, username).await?;
        let user = user.ok_or_else(|| CommandError::UnknownUser(username.to_owned()))?;
        identity::hold_admin_user(self.session, user.id).await?;
        let config = UserConfig::load(self.session, self.keys, user.id).await?;
        Ok((user, config))
    }

    async fn save(&mut self, mut config: UserConfig) -> Result<(), CommandError> {
        let nonce = self.nonce();
        config.save(self.session, self.keys, nonce).await?;
        Ok(self.session.commit().await?)
    }

    fn nonce(&self) -> [u8; 12] {
        let mut nonce = [0; 12];
        self.random.fill(&mut nonce);
        nonce
    }
}
