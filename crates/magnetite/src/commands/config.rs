//! `config:set` and `config:show`.

use anyhow::{Context as _, bail};
use store::{ConfigScope, Scopes};

use super::admin_user::installation;
use crate::cli::ScopeFlags;
use crate::settings::Settings;

/// Sets a value.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn set(
    settings: &Settings,
    path: &str,
    value: &str,
    scope: &ScopeFlags,
) -> anyhow::Result<()> {
    let segments = path.split('/').collect::<Vec<_>>();
    if segments.len() < 3 || segments.iter().any(|segment| segment.is_empty()) || path.len() > 255 {
        bail!("The \"{path}\" path is not of the form section/group/field");
    }
    let home = installation(settings).await?;
    let scopes = Scopes::load(&home.db).await?;
    let scope = resolve(&scopes, scope)?;
    let mut session = home.db.session();
    store::set_configuration(&mut session, scope, path, value).await?;
    session.commit().await?;
    println!("Value was saved.");
    Ok(())
}

/// Shows the value in force.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn show(settings: &Settings, path: &str, scope: &ScopeFlags) -> anyhow::Result<()> {
    let home = installation(settings).await?;
    let scopes = Scopes::load(&home.db).await?;
    let scope = resolve(&scopes, scope)?;
    let value = scopes
        .show(path, scope)
        .with_context(|| format!("Configuration for path: \"{path}\" doesn't exist"))?;
    println!("{value}");
    Ok(())
}

fn resolve(scopes: &Scopes, flags: &ScopeFlags) -> anyhow::Result<ConfigScope> {
    let kind = flags.scope.as_str();
    let code = match (kind, &flags.scope_code) {
        ("default", None) => return Ok(ConfigScope::Default),
        ("default", Some(_)) => bail!("The default scope has no code"),
        ("website" | "websites" | "store" | "stores", Some(code)) => code,
        ("website" | "websites" | "store" | "stores", None) => {
            bail!("The scope \"{kind}\" needs a --scope-code")
        }
        _ => bail!("The \"{kind}\" value doesn't exist: use default, websites or stores"),
    };
    let id = scopes
        .scope_id(kind, code)
        .with_context(|| format!("The \"{code}\" value doesn't exist"))?;
    Ok(if kind.starts_with("website") {
        ConfigScope::Website(id)
    } else {
        ConfigScope::Store(id)
    })
}
