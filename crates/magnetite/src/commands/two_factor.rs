//! `security:tfa:…`.

use std::io::Read as _;

use anyhow::Context as _;
use contract::{SystemClock, SystemRandom};
use db::Session;
use identity::crypt::CryptKeys;
use secrecy::SecretString;
use tfa::Commands;

use super::admin_user::installation;
use crate::second_factor;
use crate::settings::Settings;

/// Lists the providers.
#[expect(
    clippy::print_stdout,
    clippy::unnecessary_wraps,
    reason = "the answer of the command"
)]
pub(super) fn providers() -> anyhow::Result<()> {
    for (code, name) in tfa::installed() {
        println!("{code:>16}: {name}");
    }
    Ok(())
}

/// Forgets a provider of a user.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn reset(
    settings: &Settings,
    user: &str,
    provider: &str,
    revoke: bool,
) -> anyhow::Result<()> {
    let mut place = Place::open(settings).await?;
    let name = place.commands().reset(user, provider, revoke).await?;
    println!("Provider {name} has been reset for user {user}");
    Ok(())
}

/// Sets the secret of a user.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn set_google_secret(
    settings: &Settings,
    user: &str,
    mut secret: String,
) -> anyhow::Result<()> {
    if secret == "-" {
        secret.clear();
        std::io::stdin()
            .read_to_string(&mut secret)
            .context("cannot read the secret from standard input")?;
    }
    let secret = SecretString::from(secret.trim().to_owned());
    let mut place = Place::open(settings).await?;
    place.commands().set_google_secret(user, &secret).await?;
    println!("Google OTP secret has been set");
    Ok(())
}

/// Makes recovery codes.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn recovery_codes(settings: &Settings, user: &str) -> anyhow::Result<()> {
    let mut place = Place::open(settings).await?;
    for code in place.commands().new_recovery_codes(user).await? {
        println!("{code}");
    }
    Ok(())
}

/// What the commands work on.
struct Place {
    session: Session,
    keys: CryptKeys,
}

impl Place {
    async fn open(settings: &Settings) -> anyhow::Result<Self> {
        let home = installation(settings).await?;
        second_factor::prepare(&home.db).await?;
        Ok(Self {
            keys: home.keys(settings, false)?,
            session: home.db.session(),
        })
    }

    fn commands(&mut self) -> Commands<'_> {
        Commands {
            session: &mut self.session,
            keys: &self.keys,
            clock: &SystemClock,
            random: &SystemRandom,
        }
    }
}
