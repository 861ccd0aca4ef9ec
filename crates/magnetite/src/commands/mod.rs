//! The commands, one file for each subject.

mod admin_user;
mod config;
mod customer;
mod integration;
mod openapi;
mod password;
mod perf;
pub(crate) mod sampledata;
mod setup;
mod two_factor;

use clap::CommandFactory as _;
use identity::NewIntegration;

use crate::cli::{AdminFlags, Arguments, Command};
use crate::settings::Settings;
use crate::{logging, serve};

/// Runs a command to its end.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.command {
        // These need neither settings nor a database.
        Command::Completions { shell } => {
            let mut out = std::io::stdout();
            clap_complete::generate(shell, &mut Arguments::command(), "magnetite", &mut out);
            return Ok(());
        }
        Command::OpenApi { services, two_factor } => return openapi::print(&services, two_factor),
        _ => {}
    }
    let settings = Settings::load(&arguments.settings)?;
    logging::start(&settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async move {
        match arguments.command {
            Command::Serve { demo } => serve::run(settings, from_environment(), demo).await,
            Command::SetupInstall(admin) => setup::install(&settings, admin).await,
            Command::AdminUserCreate(admin) => admin_user::create(&settings, admin).await,
            Command::AdminUserUnlock { username } => admin_user::unlock(&settings, &username).await,
            Command::IntegrationCreate {
                name,
                email,
                resource,
            } => {
                let integration = NewIntegration {
                    name,
                    email,
                    resources: resource,
                };
                integration::create(&settings, integration).await
            }
            Command::IntegrationList => integration::list(&settings).await,
            Command::IntegrationDelete { name } => integration::delete(&settings, &name).await,
            Command::ConfigSet { path, value, scope } => config::set(&settings, &path, &value, &scope).await,
            Command::ConfigShow { path, scope } => config::show(&settings, path.as_deref(), &scope).await,
            Command::CustomerExport(flags) => customer::export(&settings, flags).await,
            Command::CustomerErase(flags) => customer::erase(&settings, flags).await,
            Command::SampledataDeploy => sampledata::deploy(&settings).await,
            Command::TfaProviders => two_factor::providers(),
            Command::TfaReset {
                user,
                provider,
                keep_tokens,
            } => two_factor::reset(&settings, &user, &provider, !keep_tokens).await,
            Command::TfaGoogleSetSecret { user, secret } => {
                two_factor::set_google_secret(&settings, &user, secret).await
            }
            Command::TfaRecoveryCodes { user } => two_factor::recovery_codes(&settings, &user).await,
            Command::PerfGenerateFixtures { products, customers } => {
                perf::generate(&settings, products, customers).await
            }
            Command::OpenApi { .. } | Command::Completions { .. } => Ok(()),
        }
    })
}

/// The administrator that the environment names, for `serve` on an empty database.
fn from_environment() -> AdminFlags {
    AdminFlags {
        admin_user: std::env::var("MAGNETITE_ADMIN_USER").ok(),
        admin_password: password::variable(),
        ..AdminFlags::default()
    }
}
