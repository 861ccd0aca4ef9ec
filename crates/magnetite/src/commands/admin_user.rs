//! `admin:user:create` and `admin:user:unlock`.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;

use anyhow::bail;
use identity::{AdminAccount, Unlocked};

use super::password;
use crate::cli::AdminFlags;
use crate::home::{Home, State};
use crate::install;
use crate::settings::Settings;

/// Opens the installation that the settings name.
pub(super) async fn installation(settings: &Settings) -> anyhow::Result<Home> {
    let home = Home::open(settings).await?;
    match home.state().await? {
        State::Installed | State::Ownerless => Ok(home),
        State::Empty => bail!("the database is empty: run setup:install or serve first"),
    }
}

/// Creates an administrator; asks for what the flags leave out.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn create(settings: &Settings, mut flags: AdminFlags) -> anyhow::Result<()> {
    let password = password::given(&mut flags)?;
    let account = AdminAccount {
        username: ask("Admin user", flags.admin_user)?,
        password: password::ask(password)?,
        email: ask("Admin email", flags.admin_email)?,
        firstname: ask("Admin first name", flags.admin_firstname)?,
        lastname: ask("Admin last name", flags.admin_lastname)?,
    };
    let home = installation(settings).await?;
    let keys = Arc::new(home.keys(settings, false)?);
    install::administrator(&home.db, keys, &account).await?;
    home.db.close().await?;
    println!("Created Magento administrator user named {}", account.username);
    Ok(())
}

/// A value from a flag, else from the terminal.
#[expect(clippy::print_stdout, reason = "a question to the person at the terminal")]
fn ask(question: &str, given: Option<String>) -> anyhow::Result<String> {
    if let Some(value) = given {
        if value.is_empty() {
            bail!("The value cannot be empty");
        }
        return Ok(value);
    }
    if !std::io::stdin().is_terminal() {
        let flag = question
            .to_lowercase()
            .replace("first name", "firstname")
            .replace("last name", "lastname");
        bail!("{question} is missing: give --{}", flag.replace(' ', "-"));
    }
    print!("{question}: ");
    std::io::stdout().flush()?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    ask(question, Some(line.trim().to_owned()))
}

/// Unlocks an administrator.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn unlock(settings: &Settings, username: &str) -> anyhow::Result<()> {
    let home = installation(settings).await?;
    let mut session = home.db.session();
    let unlocked = identity::unlock_admin_user(&mut session, username).await?;
    session.commit().await?;
    drop(session);
    home.db.close().await?;
    match unlocked {
        Unlocked::Opened => println!("The user account \"{username}\" has been unlocked"),
        Unlocked::WasOpen => {
            println!("The user account \"{username}\" was not locked or could not be unlocked");
        }
        Unlocked::Unknown => bail!("Couldn't find the user account \"{username}\""),
    }
    Ok(())
}
