//! Puts the process together: every domain is named here, and nowhere else.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use catalog::ProductsOfSet;
use catalog::media::MediaStore;
use catalog::port::Stock;
use contract::port::{Access, Customers, Refresh, Stores};
use contract::{App, AttributeTypes, Clock, Operation, Registry, Services, SystemClock, SystemRandom};
use db::Db;
use eav::port::SetUse;
use eav::source::Sources;
use eav::{Additional, Eav};
use identity::crypt::CryptKeys;
use identity::port::{PasswordAlone, SecondFactor};
use identity::{Identity, Strictness};
use inventory::ProductStock;
use mail::Mail;
use store::Scopes;

use crate::home::Home;
use crate::second_factor::Plan;
use crate::settings::Settings;

/// The operations of all domains, in the order of the schema document.
fn operations(two_factor: bool) -> Vec<&'static [&'static Operation]> {
    let mut domains = vec![
        store::OPERATIONS,
        directory::OPERATIONS,
        identity::OPERATIONS,
        eav::OPERATIONS,
    ];
    domains.extend(catalog::OPERATIONS);
    domains.extend(customer::OPERATIONS);
    domains.extend(inventory::OPERATIONS);
    // Without the module Magento has no such routes.
    if two_factor {
        domains.push(tfa::OPERATIONS);
    }
    domains
}

/// What domains add to attributes.
pub(crate) const ADDITIONAL: &[Additional] = &[catalog::ATTRIBUTES, customer::ATTRIBUTES];

/// A process, and what it keeps in memory of the database.
pub(crate) struct Process {
    pub(crate) app: Arc<App>,
    pub(crate) refreshed: Vec<Arc<dyn Refresh>>,
    pub(crate) mail: Arc<Mail>,
}

/// The registry of this build, with the routes of two-factor authentication or without.
pub(crate) fn registry(two_factor: bool) -> anyhow::Result<Registry> {
    Registry::new(&operations(two_factor)).context("the operations contradict each other")
}

/// Builds the process on an installed database.
pub(crate) async fn process(
    home: Home,
    keys: Arc<CryptKeys>,
    settings: &Settings,
) -> anyhow::Result<Process> {
    let Home {
        db,
        modules,
        static_files,
        media,
        mail,
        downloadable_domains,
        second_factor,
        ..
    } = home;
    let two_factor = second_factor.on;
    let scopes = Arc::new(
        Scopes::load(&db)
            .await
            .map_err(explain)
            .context("cannot read the stores")?,
    );
    let stores: Arc<dyn Stores> = scopes.clone();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let mail = Arc::new(start_mail(stores.clone(), clock.clone(), keys.clone(), mail));
    let identity = identity_of(&db, stores.clone(), keys.clone(), clock.clone(), settings).await?;
    let access: Arc<dyn Access> = identity.clone();
    let eav = Eav::load(&db, ADDITIONAL).await.map_err(explain);
    let eav = Arc::new(eav.context("cannot read attributes")?);
    let services = of_sign_in(of_catalog(eav.clone()), second_factor, keys)
        .with(scopes.clone())
        .with(mail.clone())
        .with::<Arc<dyn Customers>>(Arc::new(customer::Accounts))
        .with(identity.clone())
        .with(modules)
        .with(static_files)
        .with(downloadable_domains)
        .with(Arc::new(MediaStore::new(media)));
    let app = App {
        db,
        clock,
        random: Arc::new(SystemRandom),
        registry: registry(two_factor)?,
        access,
        stores,
        services,
    };
    Ok(Process {
        app: Arc::new(app),
        refreshed: vec![scopes, identity, eav],
        mail,
    })
}

/// Users, roles and tokens.
async fn identity_of(
    db: &Db,
    stores: Arc<dyn Stores>,
    keys: Arc<CryptKeys>,
    clock: Arc<dyn Clock>,
    settings: &Settings,
) -> anyhow::Result<Arc<Identity>> {
    let strictness = Strictness {
        refuse_inactive_admins: settings.refuse_inactive_admins,
        api_lockout: settings.api_lockout,
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let identity = Identity::load(db, stores, keys, clock, cores, strictness).await;
    Ok(Arc::new(
        identity.map_err(explain).context("cannot read users and roles")?,
    ))
}

/// What signing in takes beside the password.
fn of_sign_in(services: Services, plan: Plan, keys: Arc<CryptKeys>) -> Services {
    if !plan.on {
        return services.with::<Arc<dyn SecondFactor>>(Arc::new(PasswordAlone));
    }
    let two_factor = Arc::new(plan.service(keys));
    services
        .with::<Arc<dyn SecondFactor>>(two_factor.clone())
        .with(two_factor)
}

/// Mail by the configuration of the stores, or into files of a folder.
fn start_mail(stores: Arc<dyn Stores>, clock: Arc<dyn Clock>, keys: Arc<CryptKeys>, folder: PathBuf) -> Mail {
    Mail::start(mail::Options {
        stores,
        clock,
        random: Arc::new(SystemRandom),
        folder,
        decrypt: Box::new(move |text| keys.decrypt(text).ok()),
    })
}

/// What the catalog takes from domains above and below it.
fn of_catalog(eav: Arc<Eav>) -> Services {
    let types: Arc<dyn AttributeTypes> = eav.clone();
    let stock: Arc<dyn Stock> = Arc::new(ProductStock);
    let set_use: Arc<dyn SetUse> = Arc::new(ProductsOfSet);
    Services::default()
        .with(eav)
        .with(types)
        .with(stock)
        .with(set_use)
        .with(Sources::new([
            catalog::sources(),
            customer::sources(),
            tax::sources(),
        ]))
}

/// The cause of an internal error: here the operator reads it, not a client.
pub(crate) fn explain(error: contract::Error) -> anyhow::Error {
    match std::error::Error::source(&error) {
        Some(source) => anyhow::anyhow!("{source}"),
        None => error.into(),
    }
}
