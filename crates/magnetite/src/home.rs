//! Where the data lives: a database of our own, or that of a Magento.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use catalog::DownloadableDomains;
use db::schema::Table;
use db::{Db, Options};
use deployment::{config_php, env_php};
use identity::crypt::{self, CryptKeys};
use secrecy::{ExposeSecret as _, SecretString};
use store::{ModuleList, StaticFiles};

use crate::second_factor::Plan;
use crate::settings::{Settings, read_file};

/// Version in URLs of static files when nobody knows the deployed one: Magento writes one in its production
/// mode, and its web server rules accept any. This one is that of the installation which the behaviour of
/// Magnetite is compared with.
const STATIC_VERSION: &str = "1795282945";

/// Time between two looks at a database that is not as it should be.
const AGAIN: Duration = Duration::from_millis(400);

/// The opened database with what is known about it.
pub(crate) struct Home {
    pub(crate) db: Db,
    /// Whether it is that of a Magento, which nothing may be installed into.
    attached: bool,
    keys: Option<SecretString>,
    pub(crate) modules: ModuleList,
    pub(crate) static_files: StaticFiles,
    /// The media folder.
    pub(crate) media: PathBuf,
    /// The folder for mail that no server takes.
    pub(crate) mail: PathBuf,
    /// From where files may be offered.
    pub(crate) downloadable_domains: DownloadableDomains,
    pub(crate) x_frame_options: Option<String>,
    pub(crate) second_factor: Plan,
}

/// What the database holds.
pub(crate) enum State {
    /// Nothing, or an installation that was not finished.
    Empty,
    /// An installation without a single administrator.
    Ownerless,
    /// An installation.
    Installed,
}

impl Home {
    /// Opens the database that the settings name.
    pub(crate) async fn open(settings: &Settings) -> anyhow::Result<Self> {
        let magento = settings.magento_env.as_deref().map(Magento::read).transpose()?;
        let url = match &magento {
            Some(magento) => magento.database_url.clone(),
            None => settings.database_url.clone(),
        };
        let root = root_folder(settings, url.expose_secret());
        let media = settings.media.clone().unwrap_or_else(|| root.join("pub/media"));
        let mail = settings
            .mail_folder
            .clone()
            .unwrap_or_else(|| root.join("var/mail"));
        let own = settings.downloadable_domains.as_deref();
        let own = own.map(|text| text.split(',').map(|host| host.trim().to_owned()).collect());
        let domains = own.or_else(|| magento.as_ref().map(|m| m.env.downloadable_domains.clone()));
        let mut options = Options::new(url.expose_secret());
        options.pool = settings.database_pool;
        options.prefix = match &magento {
            Some(magento) => magento.env.table_prefix.clone(),
            None => settings.table_prefix.clone(),
        };
        let db = Db::open(options).await.context("cannot open the database")?;
        let own = settings.crypt_key.clone();
        let modules = magento.as_ref().and_then(|m| m.modules.clone());
        let front_name = magento.as_ref().and_then(|m| m.env.front_name.clone());
        let second_factor = Plan::new(settings, modules.as_deref(), front_name)?;
        let version = settings.static_version.clone();
        let version = version.or_else(|| magento.as_ref().and_then(|m| m.static_version.clone()));
        let version = Some(version.unwrap_or_else(|| STATIC_VERSION.to_owned())).filter(|v| !v.is_empty());
        Ok(Self {
            db,
            attached: magento.is_some(),
            x_frame_options: magento.as_ref().and_then(|m| m.env.x_frame_options.clone()),
            keys: own.or_else(|| magento.and_then(|m| m.env.crypt_key)),
            modules: ModuleList(Arc::new(
                second_factor.listed(modules.unwrap_or_else(stock_modules)),
            )),
            second_factor,
            static_files: StaticFiles { version },
            media,
            mail,
            downloadable_domains: DownloadableDomains(domains.unwrap_or_default()),
        })
    }

    /// Whether the database is that of a Magento.
    pub(crate) fn attached(&self) -> bool {
        self.attached
    }

    /// What the database holds. Everything but an installation, the beginning of one, and nothing at all is refused.
    pub(crate) async fn state(&self) -> anyhow::Result<State> {
        let mut refused = None;
        loop {
            match self.examine().await.context("cannot read the database")? {
                Ok(state) => return Ok(state),
                Err(lacking) if refused.as_ref() == Some(&lacking) => {
                    bail!("this is not the database of a Magento 2.4.7, nor an empty one: {lacking}")
                }
                Err(lacking) => refused = Some(lacking),
            }
            // Another process may be installing: what is lacking counts when it is lacking twice.
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn examine(&self) -> db::Result<Result<State, String>> {
        let tables = tables();
        let missing = db::schema::missing(&self.db, &tables).await?;
        for table in &tables {
            let there = !missing.iter().any(|other| other.name() == table.name());
            if there && !db::schema::fits(&self.db, table).await? {
                return Ok(Err(format!("its table {} has other columns", table.name())));
            }
        }
        let mut session = self.db.session();
        let store_is_missing = missing.iter().any(|table| table.name() == "store");
        if missing.is_empty() && store::is_installed(&mut session).await? {
            let owned = self.attached || identity::has_admin_user(&mut session).await?;
            return Ok(Ok(if owned { State::Installed } else { State::Ownerless }));
        }
        if self.attached || !(store_is_missing || missing.is_empty()) {
            let names = missing
                .iter()
                .map(|table| table.name())
                .collect::<Vec<_>>()
                .join(", ");
            return Ok(Err(format!("it lacks {names}")));
        }
        if missing.len() == tables.len() && !db::schema::is_empty(&self.db).await? {
            return Ok(Err("it holds tables of something else".to_owned()));
        }
        Ok(Ok(State::Empty))
    }

    /// The encryption keys; a new installation gets one, in a file that only its owner can read.
    pub(crate) fn keys(&self, settings: &Settings, new: bool) -> anyhow::Result<CryptKeys> {
        let file = &settings.crypt_key_file;
        let text = match &self.keys {
            Some(keys) => keys.clone(),
            None if new => make_key(file)?,
            None if file.exists() => read_file(file)?.into(),
            None => bail!(
                "no encryption key: set MAGNETITE_CRYPT_KEY to the installation's key (crypt/key in app/etc/env.php), \
                 or put it into {}",
                file.display()
            ),
        };
        CryptKeys::parse(text.expose_secret()).context("crypt_key")
    }
}

/// All tables of all domains.
pub(crate) fn tables() -> Vec<&'static Table> {
    [
        store::schema::TABLES,
        directory::schema::TABLES,
        identity::schema::TABLES,
        eav::schema::TABLES,
        tax::schema::TABLES,
        customer::schema::TABLES,
        catalog::schema::TABLES,
        inventory::schema::TABLES,
    ]
    .concat()
}

fn stock_modules() -> Vec<String> {
    store::modules::stock().map(ToOwned::to_owned).collect()
}

/// What folders are below of by default: the Magento that the settings name, else the SQLite file's folder, else the
/// working directory.
fn root_folder(settings: &Settings, database_url: &str) -> PathBuf {
    let beside = |file: &Path| file.parent().map(Path::to_owned);
    let root = match (&settings.magento_env, database_url.strip_prefix("sqlite:")) {
        (Some(env), _) => env.ancestors().nth(3).map(Path::to_owned),
        (None, Some(file)) => beside(Path::new(file)),
        (None, None) => None,
    };
    root.unwrap_or_default()
}

/// What is read from the folders of a Magento.
struct Magento {
    env: env_php::EnvPhp,
    database_url: SecretString,
    modules: Option<Vec<String>>,
    static_version: Option<String>,
}

impl Magento {
    fn read(env: &Path) -> anyhow::Result<Self> {
        let parsed = env_php::parse(&read_file(env)?).with_context(|| format!("{}", env.display()))?;
        let database_url = parsed
            .database_url()
            .context("env.php names no database (db/connection/default)")?;
        // config.php lies beside env.php, static files three folders up.
        let config = env.with_file_name("config.php");
        let modules = match std::fs::read_to_string(&config) {
            Ok(text) => Some(config_php::modules(&text).with_context(|| format!("{}", config.display()))?),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            // Which modules are on decides on more than a list: whether a password is enough, for one.
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", config.display())),
        };
        let version = env
            .ancestors()
            .nth(3)
            .map(|root| root.join("pub/static/deployed_version.txt"));
        let static_version = version.and_then(|file| std::fs::read_to_string(file).ok());
        Ok(Self {
            env: parsed,
            database_url,
            modules,
            static_version: static_version.map(|text| text.trim().to_owned()),
        })
    }
}

/// Makes the file of the key, unless it is there: then its key, which another process may be writing just now.
fn make_key(file: &Path) -> anyhow::Result<SecretString> {
    use contract::Random as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut handle = match options.open(file) {
        Ok(handle) => handle,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return written_key(file),
        Err(error) => return Err(error).with_context(|| format!("cannot write {}", file.display())),
    };
    let key = crypt::generate(&mut |bytes| contract::SystemRandom.fill(bytes));
    std::io::Write::write_all(&mut handle, format!("{key}\n").as_bytes())?;
    handle.sync_all()?;
    Ok(key.into())
}

fn written_key(file: &Path) -> anyhow::Result<SecretString> {
    for _ in 0..20 {
        let text = read_file(file)?;
        if !text.is_empty() {
            return Ok(text.into());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    bail!("{} is empty: remove it", file.display())
}
