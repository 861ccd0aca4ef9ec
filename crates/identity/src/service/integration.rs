//! Integrations, for the command line (`spec/auth.md §3.1`, `§5.3`).

use contract::{Clock, Random, column_time};
use db::Session;
use secrecy::{ExposeSecret as _, SecretString};

use crate::acl::{ROOT, resource_index, resources};
use crate::crypt::{CipherError, CryptKeys};
use crate::repo::integration;
use crate::token::opaque;

/// Always allowed beside what is chosen (`spec/auth.md §5.3`).
const ADMIN: &str = "Magento_Backend::admin";

/// Longest name and e-mail, as the columns have them.
const LENGTH: usize = 255;

/// Why an integration could not be made or deleted.
#[derive(Debug, thiserror::Error)]
pub enum IntegrationError {
    /// The name is taken.
    #[error("The integration with name \"{0}\" exists.")]
    Exists(String),
    /// No integration has this name.
    #[error("The integration with name \"{0}\" doesn't exist.")]
    Unknown(String),
    /// Name or e-mail is empty or too long.
    #[error("name and e-mail have at most 255 characters, and a name has one at least")]
    Length,
    /// Nothing is known of this ACL resource.
    #[error("there is no resource {0}")]
    UnknownResource(String),
    /// The secrets cannot be encrypted.
    #[error("the secrets cannot be encrypted")]
    Cipher(#[from] CipherError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// An integration to be made.
pub struct NewIntegration {
    /// Its name; no two have the same.
    pub name: String,
    /// E-mail of who looks after it; may be empty.
    pub email: String,
    /// ACL resources that it may use; none means all.
    pub resources: Vec<String>,
}

/// What an application signs its requests with. Shown once: the secrets are stored encrypted.
pub struct IntegrationCredentials {
    /// Consumer key.
    pub consumer_key: String,
    /// Consumer secret.
    pub consumer_secret: SecretString,
    /// Access token.
    pub access_token: SecretString,
    /// Access token secret.
    pub access_token_secret: SecretString,
}

/// An integration that there is.
pub struct Integration {
    /// `integration_id`.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Whether it may call.
    pub is_active: bool,
    /// When it was made: `YYYY-MM-DD HH:MM:SS`, UTC.
    pub created_at: String,
}

/// Makes an active integration with an access token. The caller commits.
///
/// # Errors
/// The name is taken, or a value breaks a rule.
pub async fn create_integration(
    session: &mut Session,
    new: &NewIntegration,
    keys: &CryptKeys,
    clock: &dyn Clock,
    random: &dyn Random,
) -> Result<IntegrationCredentials, IntegrationError> {
    let fits = |text: &str| text.chars().count() <= LENGTH;
    if new.name.trim().is_empty() || !fits(&new.name) || !fits(&new.email) {
        return Err(IntegrationError::Length);
    }
    let rules = rules(&new.resources)?;
    if integration::by_name(session, &new.name).await?.is_some() {
        return Err(IntegrationError::Exists(new.name.clone()));
    }
    let text = || opaque::generate(&mut |bytes| random.fill(bytes));
    let encrypt = |secret: &str| {
        let mut nonce = [0; 12];
        random.fill(&mut nonce);
        keys.encrypt(secret, nonce)
    };
    let [consumer_key, consumer_secret, token, token_secret, verifier] = std::array::from_fn(|_| text());
    let now = column_time(clock.now());
    let id = integration::insert(session, &new.name, &new.email, &now).await?;
    let secret = encrypt(&consumer_secret)?;
    let consumer = integration::insert_consumer(session, id, &consumer_key, &secret, &now).await?;
    let secret = encrypt(&token_secret)?;
    integration::insert_access_token(session, consumer, [&token, &secret, &verifier], &now).await?;
    integration::insert_role(session, id, &rules).await?;
    Ok(IntegrationCredentials {
        consumer_key,
        consumer_secret: consumer_secret.into(),
        access_token: token.into(),
        access_token_secret: token_secret.into(),
    })
}

/// The rules of a role that may use these resources: one for the root, or one for each resource there is.
fn rules(chosen: &[String]) -> Result<Vec<(&'static str, bool)>, IntegrationError> {
    if let Some(unknown) = chosen.iter().find(|resource| resource_index(resource).is_none()) {
        return Err(IntegrationError::UnknownResource(unknown.clone()));
    }
    if chosen.is_empty() || chosen.iter().any(|resource| resource == ROOT) {
        return Ok(vec![(ROOT, true)]);
    }
    let is_chosen = |id: &str| id == ADMIN || chosen.iter().any(|resource| resource == id);
    Ok(resources()
        .iter()
        .map(|resource| (resource.id, is_chosen(resource.id)))
        .collect())
}

/// All integrations.
///
/// # Errors
/// The database cannot be read.
pub async fn integrations(session: &mut Session) -> db::Result<Vec<Integration>> {
    let rows = integration::all(session).await?;
    let rows = rows.into_iter().map(|row| Integration {
        id: row.id,
        name: row.name,
        is_active: row.status == 1,
        created_at: row.created_at,
    });
    Ok(rows.collect())
}

/// Deletes an integration with its tokens and rights. The caller commits.
///
/// # Errors
/// There is none with this name.
pub async fn delete_integration(session: &mut Session, name: &str) -> Result<(), IntegrationError> {
    let Some(found) = integration::by_name(session, name).await? else {
        return Err(IntegrationError::Unknown(name.to_owned()));
    };
    integration::delete(session, &found).await?;
    Ok(())
}

impl IntegrationCredentials {
    /// The four values with their names, in the order in which Magento shows them.
    pub fn lines(&self) -> [(&'static str, &str); 4] {
        [
            ("Consumer Key", &self.consumer_key),
            ("Consumer Secret", self.consumer_secret.expose_secret()),
            ("Access Token", self.access_token.expose_secret()),
            ("Access Token Secret", self.access_token_secret.expose_secret()),
        ]
    }
}
