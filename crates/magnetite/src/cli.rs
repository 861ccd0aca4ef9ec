//! The command line. Commands are named as in `bin/magento`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use serde::Serialize;

/// Magento's web API as one binary.
///
/// Every setting can be given as a flag, as an environment variable (MAGNETITE_ and the flag's name in capitals,
/// for example MAGNETITE_DATABASE_URL) or as a key of magnetite.toml in the working directory (database_url).
/// A flag beats a variable, a variable beats the file.
#[derive(Parser)]
#[command(name = "magnetite", version, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The settings, as flags.
#[derive(Args, Serialize, Default)]
pub(crate) struct SettingFlags {
    /// Where the data lives: sqlite:FILE or mysql://user:password@host:port/database. Other users of this machine
    /// can see arguments: give a URL with a password as MAGNETITE_DATABASE_URL.
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) database_url: Option<String>,
    /// What the names of all tables begin with.
    #[arg(long, global = true, value_name = "PREFIX")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) table_prefix: Option<String>,
    /// Encryption key(s), as `crypt/key` of Magento's env.php has them. Other users of this machine can see
    /// arguments: better give MAGNETITE_CRYPT_KEY or --crypt-key-file.
    #[arg(long, global = true, value_name = "KEY")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) crypt_key: Option<String>,
    /// File with the encryption key; made by the first start of a new installation.
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) crypt_key_file: Option<PathBuf>,
    /// app/etc/env.php of a Magento installation: takes database, prefix and keys from there.
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) magento_env: Option<PathBuf>,
    /// Least severe messages to log: error, warn, info, debug, trace; or a filter such as info,rest=debug.
    #[arg(long, global = true, value_name = "LEVEL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) log_level: Option<String>,
    /// Form of the log: text or json.
    #[arg(long, global = true, value_name = "FORMAT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) log_format: Option<String>,
    /// Address to listen on.
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bind: Option<String>,
    /// Address for Prometheus metrics (GET /metrics); without it there are none.
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) metrics_bind: Option<String>,
    /// A proxy in front does TLS: plain HTTP on any address is fine, X-Forwarded-Proto and X-Forwarded-For are believed.
    #[arg(long, global = true, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) behind_proxy: Option<bool>,
    /// Networks of the proxies that are believed, separated by commas; by default loopback and private networks.
    #[arg(long, global = true, value_name = "NETWORKS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trusted_proxies: Option<String>,
    /// PEM file of the certificate chain: connections are encrypted here. Read again when it changes.
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tls_certificate: Option<PathBuf>,
    /// PEM file of the certificate's private key.
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Base URL that a new installation writes into its configuration.
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) base_url: Option<String>,
    /// Version in the URLs of static files; else pub/static/deployed_version.txt beside the env.php.
    #[arg(long, global = true, value_name = "VERSION")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) static_version: Option<String>,
    /// The media folder; by default pub/media beside the SQLite file, or that of the Magento whose env.php is named.
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) media: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serves the API; installs first when the database is empty.
    #[command(name = "serve")]
    Serve {
        /// Puts the sample catalog into a new installation first.
        #[arg(long)]
        demo: bool,
    },
    /// Makes the tables and stock rows of a new installation, and its first administrator.
    #[command(name = "setup:install")]
    SetupInstall(AdminFlags),
    /// Creates an administrator, or updates the one with this name and e-mail.
    #[command(name = "admin:user:create")]
    AdminUserCreate(AdminFlags),
    /// Unlocks an administrator: the lock of the account and that of token requests.
    #[command(name = "admin:user:unlock")]
    AdminUserUnlock {
        /// User name.
        username: String,
    },
    /// Makes an integration, active at once, and shows the keys that its application signs requests with (OAuth 1.0a).
    #[command(name = "integration:create")]
    IntegrationCreate {
        /// Name; no two integrations have the same.
        name: String,
        /// E-mail of who looks after it.
        #[arg(long, default_value = "")]
        email: String,
        /// ACL resource that it may use, for example Magento_Catalog::products; may be given several times. Without
        /// any it may use all.
        #[arg(long, value_name = "ID")]
        resource: Vec<String>,
    },
    /// Shows all integrations.
    #[command(name = "integration:list")]
    IntegrationList,
    /// Deletes an integration with its tokens and rights.
    #[command(name = "integration:delete")]
    IntegrationDelete {
        /// Its name.
        name: String,
    },
    /// Sets a configuration value. Running servers see it within a second.
    #[command(name = "config:set")]
    ConfigSet {
        /// Path, for example general/locale/code.
        path: String,
        /// Value.
        value: String,
        #[command(flatten)]
        scope: ScopeFlags,
    },
    /// Shows a configuration value as it is in force, or all of them.
    #[command(name = "config:show")]
    ConfigShow {
        /// Path, for example general/locale/code; without one all values are shown.
        path: Option<String>,
        #[command(flatten)]
        scope: ScopeFlags,
    },
    /// Prints everything that is kept about a customer, as JSON. Password hash, tokens and keys are left out.
    #[command(name = "customer:export")]
    CustomerExport(CustomerFlags),
    /// Deletes a customer with everything that is kept about them. Orders stay as they are.
    #[command(name = "customer:erase")]
    CustomerErase(CustomerFlags),
    /// Makes a sample catalog in an installation without products: about 2,000 products of all types.
    #[command(name = "sampledata:deploy")]
    SampledataDeploy,
    /// Lists the providers of a second factor.
    #[command(name = "security:tfa:providers")]
    TfaProviders,
    /// Forgets what an administrator has configured of a provider. Links to configure from before are void, and so are
    /// the administrator's tokens.
    #[command(name = "security:tfa:reset")]
    TfaReset {
        /// User name.
        user: String,
        /// Provider, for example google.
        provider: String,
        /// Leaves the administrator's tokens alone, as Magento does.
        #[arg(long)]
        keep_tokens: bool,
    },
    /// Sets an administrator's secret for time-based codes, and activates them.
    #[command(name = "security:tfa:google:set-secret")]
    TfaGoogleSetSecret {
        /// User name.
        user: String,
        /// Secret in base32; - reads it from standard input, since other users of this machine can see arguments.
        secret: String,
    },
    /// Makes ten new recovery codes for an administrator in place of the old ones, and prints them this once.
    #[command(name = "security:tfa:recovery-codes")]
    TfaRecoveryCodes {
        /// User name.
        user: String,
    },
    /// Makes products and customers for measurements, all plain and alike, in an installation of its own.
    #[command(name = "perf:generate-fixtures")]
    PerfGenerateFixtures {
        /// How many products.
        #[arg(long, value_name = "NUMBER", default_value_t = 1000, value_parser = clap::value_parser!(i64).range(0..=10_000_000))]
        products: i64,
        /// How many customers.
        #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..=10_000_000))]
        customers: i64,
    },
    /// Prints the Swagger document of the API.
    #[command(name = "openapi")]
    OpenApi {
        /// Only these services, for example storeStoreRepositoryV1,directoryCurrencyInformationAcquirerV1.
        #[arg(long, default_value = "all")]
        services: String,
        /// With the routes of two-factor authentication, which are there when it is on.
        #[arg(long)]
        two_factor: bool,
    },
    /// Prints a completion script for a shell.
    #[command(name = "completions")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// A customer.
#[derive(Args)]
pub(crate) struct CustomerFlags {
    /// Id.
    #[arg(
        long,
        value_name = "ID",
        required_unless_present = "email",
        conflicts_with = "email"
    )]
    pub(crate) id: Option<i64>,
    /// E-mail address.
    #[arg(long, value_name = "EMAIL")]
    pub(crate) email: Option<String>,
    /// Code of the website, for an e-mail address that has accounts on several.
    #[arg(long, value_name = "CODE", requires = "email")]
    pub(crate) website: Option<String>,
}

/// An administrator.
#[derive(Args, Default)]
pub(crate) struct AdminFlags {
    /// User name (or MAGNETITE_ADMIN_USER).
    #[arg(long, env = "MAGNETITE_ADMIN_USER", value_name = "NAME")]
    pub(crate) admin_user: Option<String>,
    /// Password: at least 7 characters, letters and digits. Other users of this machine can see arguments: better
    /// give MAGNETITE_ADMIN_PASSWORD or --admin-password-file.
    #[arg(long, value_name = "PASSWORD", conflicts_with = "admin_password_file")]
    pub(crate) admin_password: Option<String>,
    /// File with the password; - for standard input. A newline at its end does not count.
    #[arg(long, value_name = "FILE")]
    pub(crate) admin_password_file: Option<PathBuf>,
    /// E-mail.
    #[arg(long, value_name = "EMAIL")]
    pub(crate) admin_email: Option<String>,
    /// First name.
    #[arg(long, value_name = "NAME")]
    pub(crate) admin_firstname: Option<String>,
    /// Last name.
    #[arg(long, value_name = "NAME")]
    pub(crate) admin_lastname: Option<String>,
}

/// A scope of the configuration.
#[derive(Args)]
pub(crate) struct ScopeFlags {
    /// default, websites or stores.
    #[arg(long, default_value = "default")]
    pub(crate) scope: String,
    /// Code of the website or store view.
    #[arg(long, value_name = "CODE")]
    pub(crate) scope_code: Option<String>,
}
