//! `setup:install`.

use std::sync::Arc;

use anyhow::bail;

use crate::cli::AdminFlags;
use crate::home::{Home, State};
use crate::install::{self, FirstAdmin};
use crate::serve::progress;
use crate::settings::Settings;

/// Installs into an empty database.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn install(settings: &Settings, admin: AdminFlags) -> anyhow::Result<()> {
    let home = Home::open(settings).await?;
    if !matches!(home.state().await?, State::Empty) {
        bail!("there is an installation in this database already");
    }
    let keys = Arc::new(home.keys(settings, true)?);
    let bar = progress();
    install::stock(&home.db, &settings.installation_url(), &bar).await?;
    bar.finish_and_clear();
    let first = FirstAdmin::new(admin);
    install::administrator(&home.db, keys, &first.account).await?;
    home.db.close().await?;
    println!("Magnetite is installed.");
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
