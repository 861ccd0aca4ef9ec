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
    usable(path, value)?;
    let home = installation(settings).await?;
    let scopes = Scopes::load(&home.db).await?;
    let scope = resolve(&scopes, scope)?;
    let mut session = home.db.session();
    store::set_configuration(&mut session, scope, path, value).await?;
    session.commit().await?;
    println!("Value was saved.");
    Ok(())
}

/// Refuses what the server cannot run with.
fn usable(path: &str, value: &str) -> anyhow::Result<()> {
    let known = ["HS256", "HS384", "HS512"];
    if path == "webapi/jwtauth/jwt_alg" && !known.contains(&value) {
        bail!(
            "The \"{value}\" value of {path} cannot be used: Magnetite signs tokens with HS256, HS384 or HS512"
        );
    }
    let is_provider = |code: &str| tfa::installed().any(|(known, _)| known == code.trim());
    if path == "twofactorauth/general/force_providers" && !value.split(',').all(is_provider) {
        bail!("You have to select at least one Two-Factor Authorization provider");
    }
    Ok(())
}

/// Shows the value in force, or all values.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn show(settings: &Settings, path: Option<&str>, scope: &ScopeFlags) -> anyhow::Result<()> {
    let home = installation(settings).await?;
    let scopes = Scopes::load(&home.db).await?;
    let scope = resolve(&scopes, scope)?;
    match path {
        Some(path) => {
            let value = scopes.show(path, scope);
            println!(
                "{}",
                value.with_context(|| format!("Configuration for path: \"{path}\" doesn't exist"))?
            );
        }
        None => {
            for (path, value) in scopes.show_all(scope) {
                println!("{path} - {value}");
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn algorithms_that_the_server_lacks_are_refused() {
        for value in ["HS256", "HS384", "HS512"] {
            assert!(usable("webapi/jwtauth/jwt_alg", value).is_ok(), "{value}");
            assert!(
                identity::token::jwt::Algorithm::from_name(value).is_some(),
                "{value}"
            );
        }
        for value in ["", "hs256", "HS256 ", "none", "RS256", "A128KW", "dir"] {
            let told = usable("webapi/jwtauth/jwt_alg", value).unwrap_err().to_string();
            assert!(told.contains("HS256, HS384 or HS512"), "{told}");
            assert!(usable("general/locale/code", value).is_ok());
        }
    }
}
