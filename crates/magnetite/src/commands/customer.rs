//! `customer:export` and `customer:erase`.

use anyhow::{Context as _, bail};
use contract::{Clock as _, SystemClock};
use customer::privacy::{self, Whom};
use eav::Eav;
use store::Scopes;

use super::admin_user::installation;
use crate::cli::CustomerFlags;
use crate::compose::{ADDITIONAL, explain};
use crate::home::Home;
use crate::settings::Settings;

/// Who the flags mean.
async fn whom(home: &Home, scopes: &Scopes, flags: CustomerFlags) -> anyhow::Result<Whom> {
    let Some(email) = flags.email else {
        return Ok(Whom::Id(
            flags.id.context("an id or an e-mail address is needed")?,
        ));
    };
    let website = match flags.website {
        Some(code) => Some(
            scopes
                .website_by_code(&code)
                .with_context(|| format!("there is no website {code}"))?,
        ),
        None => None,
    };
    if website.is_none() {
        let mut session = home.db.session();
        let mut found = 0;
        for id in scopes.website_ids() {
            let there = Whom::Email(email.clone(), Some(id));
            found += i32::from(
                privacy::find(&mut session, &there)
                    .await
                    .map_err(explain)?
                    .is_some(),
            );
        }
        if found > 1 {
            bail!("the address has accounts on several websites: name one with --website");
        }
    }
    Ok(Whom::Email(email, website))
}

/// Prints everything that is kept about a customer.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn export(settings: &Settings, flags: CustomerFlags) -> anyhow::Result<()> {
    let home = installation(settings).await?;
    let scopes = Scopes::load(&home.db).await.map_err(explain)?;
    let whom = whom(&home, &scopes, flags).await?;
    let eav = Eav::load(&home.db, ADDITIONAL).await.map_err(explain)?;
    let mut session = home.db.session();
    let data = privacy::export(&mut session, &eav.metadata(), &whom)
        .await
        .map_err(explain)?;
    drop(session);
    home.db.close().await?;
    let data = data.context("there is no such customer")?;
    println!("{}", serde_json::to_string_pretty(&data)?);
    Ok(())
}

/// Deletes a customer with everything that is kept about them.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn erase(settings: &Settings, flags: CustomerFlags) -> anyhow::Result<()> {
    let home = installation(settings).await?;
    let scopes = Scopes::load(&home.db).await.map_err(explain)?;
    let whom = whom(&home, &scopes, flags).await?;
    let mut session = home.db.session();
    let second = SystemClock.now().as_second();
    let erased = privacy::erase(&mut session, &scopes, &whom, second)
        .await
        .map_err(explain)?;
    session.commit().await?;
    drop(session);
    home.db.close().await?;
    let id = erased.context("there is no such customer")?;
    println!("Customer {id} has been erased");
    Ok(())
}
