//! `setup:install`.

use std::sync::Arc;

use anyhow::bail;

use super::password;
use crate::cli::AdminFlags;
use crate::home::{Home, State};
use crate::install;
use crate::serve::progress;
use crate::settings::Settings;

const INSTALLED: &str = "there is an installation in this database already";

/// Installs into an empty database.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn install(settings: &Settings, mut admin: AdminFlags) -> anyhow::Result<()> {
    admin.admin_password = password::given(&mut admin)?;
    let home = Home::open(settings).await?;
    if !matches!(home.state().await?, State::Empty) {
        bail!(INSTALLED);
    }
    let keys = Arc::new(home.keys(settings, true)?);
    let bar = progress();
    let done = install::stock(&home.db, &settings.installation_url(), &bar).await?;
    bar.finish_and_clear();
    if !done {
        bail!(INSTALLED);
    }
    let first = install::first_administrator(&home.db, keys, admin).await?;
    home.db.close().await?;
    println!("Magnetite is installed.");
    // A server that started at this moment may have been first.
    let Some(first) = first else { return Ok(()) };
    match first.shown {
        Some(password) => {
            println!(
                "Administrator: {}, password: {password} (shown this once)",
                first.account.username
            );
        }
        None => println!(
            "Administrator: {}, with the password that was given",
            first.account.username
        ),
    }
    Ok(())
}
