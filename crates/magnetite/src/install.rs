//! A new installation: tables, stock rows, first administrator.

use std::sync::Arc;

use anyhow::Context as _;
use contract::{Clock as _, Random as _, SystemClock, SystemRandom};
use db::{Db, Session};
use identity::AdminAccount;
use identity::crypt::CryptKeys;
use identity::password::Hasher;
use indicatif::ProgressBar;
use secrecy::SecretString;

use crate::cli::AdminFlags;
use crate::home;

/// Letters and digits that nobody confuses with each other.
const ALPHABET: &[u8] = b"abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRSTUVWXYZ2345679";

/// Makes tables and stock rows; false when another process has done so meanwhile. The bar moves once for each step.
pub(crate) async fn stock(db: &Db, base_url: &str, bar: &ProgressBar) -> anyhow::Result<bool> {
    bar.set_length(5);
    db::schema::install(db, &home::tables())
        .await
        .context("cannot make the tables")?;
    bar.inc(1);
    let mut session = db.session();
    session.begin().await?;
    if store::is_installed(&mut session).await? {
        session.rollback().await?;
        return Ok(false);
    }
    let Err(error) = rows(&mut session, base_url, bar).await else {
        return Ok(true);
    };
    // MySQL lets two processes come as far as this at the same time, and refuses the rows of the second one.
    let elsewhere =
        session.rollback().await.is_ok() && store::is_installed(&mut session).await.unwrap_or_default();
    if elsewhere { Ok(false) } else { Err(error) }
}

/// The stock rows of all domains, in one transaction.
async fn rows(session: &mut Session, base_url: &str, bar: &ProgressBar) -> anyhow::Result<()> {
    store::install(session, base_url)
        .await
        .context("stock rows of the stores")?;
    bar.inc(1);
    directory::install(session)
        .await
        .context("stock rows of countries and regions")?;
    bar.inc(1);
    identity::install(session).await.context("stock role")?;
    bar.inc(1);
    eav::install(session).await.context("stock attributes")?;
    tax::install(session).await.context("stock tax classes")?;
    customer::install(session)
        .await
        .context("stock customer groups")?;
    catalog::install(session)
        .await
        .context("stock rows of the catalog")?;
    inventory::install(session)
        .await
        .context("stock sources and stocks")?;
    session.commit().await?;
    bar.inc(1);
    Ok(())
}

/// The first administrator: as the flags or variables say, else `admin` with a random password.
pub(crate) struct FirstAdmin {
    pub(crate) account: AdminAccount,
    /// The password, when it was made up here and has to be shown.
    pub(crate) shown: Option<String>,
}

impl FirstAdmin {
    /// Decides on name and password.
    pub(crate) fn new(flags: AdminFlags) -> Self {
        let given = flags.admin_password.filter(|password| !password.is_empty());
        let shown = given.is_none().then(password);
        let username = flags
            .admin_user
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "admin".to_owned());
        let account = AdminAccount {
            email: flags
                .admin_email
                .unwrap_or_else(|| format!("{username}@example.com")),
            firstname: flags.admin_firstname.unwrap_or_else(|| "Store".to_owned()),
            lastname: flags.admin_lastname.unwrap_or_else(|| "Administrator".to_owned()),
            password: SecretString::from(given.or_else(|| shown.clone()).unwrap_or_default()),
            username,
        };
        Self { account, shown }
    }
}

/// Creates or updates an administrator.
pub(crate) async fn administrator(
    db: &Db,
    keys: Arc<CryptKeys>,
    account: &AdminAccount,
) -> anyhow::Result<()> {
    let mut session = db.session();
    save(&mut session, keys, account).await
}

/// Creates the first administrator; `None` when there is one already, for example that of another process that
/// started at the same time.
pub(crate) async fn first_administrator(
    db: &Db,
    keys: Arc<CryptKeys>,
    flags: AdminFlags,
) -> anyhow::Result<Option<FirstAdmin>> {
    let first = FirstAdmin::new(flags);
    let mut session = db.session();
    if !identity::begin_first_admin_user(&mut session).await? {
        session.rollback().await?;
        return Ok(None);
    }
    save(&mut session, keys, &first.account).await?;
    Ok(Some(first))
}

async fn save(session: &mut Session, keys: Arc<CryptKeys>, account: &AdminAccount) -> anyhow::Result<()> {
    let hasher = Hasher::new(keys, 1);
    identity::create_admin_user(session, account, &hasher, &SystemClock, &SystemRandom).await?;
    session.commit().await?;
    tracing::info!(user = account.username, at = %SystemClock.now(), "administrator saved");
    Ok(())
}

/// A password of 16 characters, with a letter and a digit at least.
fn password() -> String {
    loop {
        let mut bytes = [0u8; 64];
        SystemRandom.fill(&mut bytes);
        // Bytes beyond the last whole multiple are dropped, so that every character is as likely.
        let fair = 256 / ALPHABET.len() * ALPHABET.len();
        let text: String = bytes
            .iter()
            .map(|byte| usize::from(*byte))
            .filter(|byte| *byte < fair)
            .map(|byte| char::from(ALPHABET[byte % ALPHABET.len()]))
            .take(16)
            .collect();
        let mixed =
            text.contains(|c: char| c.is_ascii_digit()) && text.contains(|c: char| c.is_ascii_alphabetic());
        if text.len() == 16 && mixed {
            return text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_passwords_differ_and_keep_the_rules() {
        let (a, b) = (password(), password());
        assert_ne!(a, b);
        assert!(identity::password::rules::password(&a).is_empty(), "{a}");
    }
}
