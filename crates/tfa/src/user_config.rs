//! What is kept of a user's providers, decrypted.
//!
//! `encoded_config` is one encrypted JSON object with a member for each provider (`spec/auth.md §4.1`). A member of
//! ours stands beside them, which Magento carries along without looking at it.

use db::Session;
use identity::crypt::{CipherError, CryptKeys};
use secrecy::{ExposeSecret as _, SecretString};
use wire::Value;

use crate::error::Error;
use crate::guard::Guard;
use crate::repo::user_config::{self, Stored};

/// The member that is ours.
const OURS: &str = "magnetite";

/// Members of a provider.
type Members = serde_json::Map<String, Value>;

/// The configuration of one user.
#[derive(Debug, Default)]
pub(crate) struct UserConfig {
    user_id: i64,
    row: Stored,
    members: Members,
}

impl UserConfig {
    /// Reads it. In a transaction that holds the user nobody changes it meanwhile.
    pub(crate) async fn load(session: &mut Session, keys: &CryptKeys, user_id: i64) -> Result<Self, Error> {
        let row = user_config::find(session, user_id).await?.unwrap_or_default();
        let members = row.config.as_deref().map(|text| decode(keys, text, user_id));
        Ok(Self {
            user_id,
            members: members.unwrap_or_default(),
            row,
        })
    }

    /// Writes it, encrypted with `nonce`, which must be random.
    pub(crate) async fn save(
        &mut self,
        session: &mut Session,
        keys: &CryptKeys,
        nonce: [u8; 12],
    ) -> Result<(), Error> {
        let text = Value::Object(self.members.clone()).to_string();
        self.row.config = Some(keys.encrypt(&text, nonce).map_err(Error::unusable)?);
        if self.row.providers.is_none() {
            self.row.providers = Some("[]".to_owned());
        }
        Ok(user_config::save(session, self.user_id, &self.row).await?)
    }

    /// What is kept of a provider.
    pub(crate) fn provider(&self, code: &str) -> Option<&Members> {
        self.members.get(code)?.as_object()
    }

    /// The same, to be changed.
    pub(crate) fn provider_mut(&mut self, code: &str) -> Result<&mut Members, Error> {
        let member = self.members.entry(code).or_insert_with(|| Members::new().into());
        if !member.is_object() {
            // PHP writes an empty object as a list.
            *member = Members::new().into();
        }
        member
            .as_object_mut()
            .ok_or_else(|| Error::unusable("a provider is no object"))
    }

    /// Whether the user has configured a provider.
    pub(crate) fn is_active(&self, code: &str) -> bool {
        let active = self.provider(code).and_then(|members| members.get("active"));
        active.is_some_and(wire::php::to_bool)
    }

    /// Records that the user has configured a provider.
    pub(crate) fn activate(&mut self, code: &str) -> Result<(), Error> {
        self.provider_mut(code)?.insert("active".to_owned(), true.into());
        Ok(())
    }

    /// Forgets a provider.
    pub(crate) fn forget(&mut self, code: &str) {
        self.members.shift_remove(code);
    }

    /// The secret of `google`.
    pub(crate) fn secret(&self, keys: &CryptKeys, code: &str) -> Option<SecretString> {
        let text = self.provider(code)?.get("secret")?.as_str()?;
        match keys.decrypt(text) {
            Ok(secret) => Some(secret),
            // Old releases kept it as it is.
            Err(CipherError::Malformed) => Some(SecretString::from(text.to_owned())),
            Err(error) => {
                tracing::warn!(%error, user = self.user_id, "a secret of two-factor authentication cannot be read");
                None
            }
        }
    }

    /// Sets the secret of `google`.
    pub(crate) fn set_secret(
        &mut self,
        keys: &CryptKeys,
        code: &str,
        secret: &SecretString,
        nonce: [u8; 12],
    ) -> Result<(), Error> {
        let text = keys
            .encrypt(secret.expose_secret(), nonce)
            .map_err(Error::unusable)?;
        self.provider_mut(code)?.insert("secret".to_owned(), text.into());
        Ok(())
    }

    /// What is ours.
    pub(crate) fn guard(&self) -> Guard {
        let ours = self.members.get(OURS).cloned();
        ours.and_then(|ours| serde_json::from_value(ours).ok())
            .unwrap_or_default()
    }

    /// Sets what is ours.
    pub(crate) fn set_guard(&mut self, guard: &Guard) -> Result<(), Error> {
        let ours = serde_json::to_value(guard).map_err(Error::unusable)?;
        self.members.insert(OURS.to_owned(), ours);
        Ok(())
    }

    /// `default_provider`.
    pub(crate) fn default_provider(&self) -> &str {
        self.row.default_provider.as_deref().unwrap_or_default()
    }

    /// Sets `default_provider`.
    pub(crate) fn set_default_provider(&mut self, code: &str) {
        self.row.default_provider = Some(code.to_owned());
    }

    /// Sets the list of the user's own, which nobody reads: forced providers are everybody's.
    pub(crate) fn set_providers(&mut self, codes: &[&str]) {
        self.row.providers = Some(Value::from(codes).to_string());
    }
}

/// What cannot be read counts as nothing, as in Magento: the user configures anew, by mail.
fn decode(keys: &CryptKeys, text: &str, user_id: i64) -> Members {
    let plain = match keys.decrypt(text) {
        Ok(plain) => plain,
        // Old releases kept it as it is.
        Err(CipherError::Malformed) => SecretString::from(text.to_owned()),
        Err(error) => {
            tracing::warn!(%error, user = user_id, "a configuration of two-factor authentication cannot be read");
            return Members::new();
        }
    };
    match serde_json::from_str(plain.expose_secret()) {
        Ok(Value::Object(members)) => members,
        _ => Members::new(),
    }
}
