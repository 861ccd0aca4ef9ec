//! `integration:create`, `integration:list` and `integration:delete`.

use contract::{SystemClock, SystemRandom};
use identity::NewIntegration;

use super::admin_user::installation;
use crate::settings::Settings;

/// Makes an integration and shows what its application signs with.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn create(settings: &Settings, integration: NewIntegration) -> anyhow::Result<()> {
    let home = installation(settings).await?;
    let keys = home.keys(settings, false)?;
    let mut session = home.db.session();
    let made =
        identity::create_integration(&mut session, &integration, &keys, &SystemClock, &SystemRandom).await?;
    session.commit().await?;
    drop(session);
    home.db.close().await?;
    println!("Created the integration {} (shown this once)", integration.name);
    for (name, value) in made.lines() {
        println!("{name}: {value}");
    }
    Ok(())
}

/// Shows all integrations, a line each: id, name, whether it is active, when it was made.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn list(settings: &Settings) -> anyhow::Result<()> {
    let home = installation(settings).await?;
    let mut session = home.db.session();
    let integrations = identity::integrations(&mut session).await?;
    drop(session);
    home.db.close().await?;
    for integration in integrations {
        let state = if integration.is_active {
            "active"
        } else {
            "inactive"
        };
        println!(
            "{}\t{}\t{state}\t{}",
            integration.id, integration.name, integration.created_at
        );
    }
    Ok(())
}

/// Deletes an integration with its tokens and rights.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn delete(settings: &Settings, name: &str) -> anyhow::Result<()> {
    let home = installation(settings).await?;
    let mut session = home.db.session();
    identity::delete_integration(&mut session, name).await?;
    session.commit().await?;
    drop(session);
    home.db.close().await?;
    println!("The integration \"{name}\" has been deleted.");
    Ok(())
}
