//! Installations of the tests, and what they are looked at with.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use db::{Db, FromRow, Options, Param, params};
use serde_json::{Value, json};
use testkit::goldens;
use testkit::magento::{self, ADMIN, Dump, PASSWORD};
use testkit::server::{Installation, Server};
use tokio::runtime::Runtime;

/// The binary under test.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_magnetite");

/// How soon a change by somebody else must be in force.
const SOON: Duration = Duration::from_secs(1);

/// Where the data of a test lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// A new installation on an SQLite file.
    Sqlite,
    /// The stock Magento on MariaDB, attached.
    Attached,
}

/// A running server with its database. Dropped in the order of the fields.
pub(crate) struct Site {
    pub(crate) server: Server,
    pub(crate) sql: Sql,
    pub(crate) installation: Installation,
}

impl Site {
    /// Starts a server of its own, with the administrator that the dumps have too. `None` when something that it
    /// needs is not on this machine.
    pub(crate) fn start(home: Home) -> Result<Option<Self>> {
        Self::start_with(home, &[])
    }

    /// [`Self::start`] with further environment variables.
    pub(crate) fn start_with(home: Home, variables: &[(&str, &str)]) -> Result<Option<Self>> {
        let installation = match home {
            Home::Sqlite => Some(standalone()?),
            Home::Attached => Dump::Fresh.attach(BINARY)?,
        };
        let Some(mut installation) = installation else {
            return Ok(None);
        };
        for (name, value) in variables {
            installation = installation.set(name, value);
        }
        Self::on(installation).map(Some)
    }

    /// A site that many tests share. They keep apart by the names of their users, and change no settings.
    pub(crate) fn shared(home: Home) -> Result<Option<&'static Self>> {
        static SQLITE: OnceLock<Result<Option<Site>, String>> = OnceLock::new();
        static ATTACHED: OnceLock<Result<Option<Site>, String>> = OnceLock::new();
        let cell = match home {
            Home::Sqlite => &SQLITE,
            Home::Attached => &ATTACHED,
        };
        let site = cell.get_or_init(|| Self::start(home).map_err(|error| format!("{error:#}")));
        site.as_ref()
            .map(Option::as_ref)
            .map_err(|error| anyhow!(error.clone()))
    }

    /// Starts a server on an installation.
    pub(crate) fn on(installation: Installation) -> Result<Self> {
        let server = serve(&installation)?;
        let sql = Sql::open(&installation.database_url())?;
        Ok(Self {
            server,
            sql,
            installation,
        })
    }

    /// A token of the administrator with all rights.
    pub(crate) fn admin_token(&self) -> Result<String> {
        self.server.admin_token(ADMIN, PASSWORD)
    }

    /// A token of any user as Magento would sign it, issued now.
    pub(crate) fn mint(&self, user_type: i64, user: i64) -> Result<String> {
        self.mint_at(user_type, user, now()?)
    }

    /// [`Self::mint`], issued at another time.
    pub(crate) fn mint_at(&self, user_type: i64, user: i64, iat: i64) -> Result<String> {
        let spec = json!({"header": {"kid": "1", "alg": "HS256"},
            "claims": {"uid": user, "utypid": user_type, "iat": 0, "exp": 3600}});
        goldens::mint(&key(&self.installation)?, &spec, iat)
    }
}

/// Starts a server whose administrator is known, and waits until the administrator's rights are in force.
pub(crate) fn serve(installation: &Installation) -> Result<Server> {
    let server = installation.serve()?;
    let token = server.admin_token(ADMIN, PASSWORD)?;
    soon("the administrator's rights", || {
        Ok(server.get(PROTECTED, Some(&token))?.status == 200)
    })?;
    Ok(server)
}

/// A second server on the same database, with further environment variables.
pub(crate) fn another(installation: &Installation, variables: &[(&str, &str)]) -> Result<Server> {
    let mut command = installation.command(&["serve"]);
    command.envs(variables.iter().copied());
    Server::start(command, &installation.path(""))
}

/// A route that needs `Magento_Backend::store`.
pub(crate) const PROTECTED: &str = "/rest/V1/store/storeViews";

/// What a caller without that right is told.
pub(crate) const REFUSED: (u16, &str) = (
    401,
    r#"{"message":"The consumer isn't authorized to access %resources.","parameters":{"resources":"Magento_Backend::store"}}"#,
);

/// The answer to wrong credentials of any kind.
pub(crate) const SIGN_IN_FAILED: (u16, &str) = (
    401,
    r#"{"message":"The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."}"#,
);

/// A password, and its hash in the current format (`spec/auth.md §6.3`).
pub(crate) const SECRET: &str = "Passw0rd!";

/// See [`SECRET`].
pub(crate) const SECRET_HASH: &str = "3947ee47a7d5e576f8f43c6b7d7ac6b51823ab989f5609ae7a4e4e87a332223b:\
    abcdefghijklmnopqrstuvwxyz012345:3_32_2_67108864";

/// The role of administrators, which the dumps and new installations have.
pub(crate) const ADMINISTRATORS: i64 = 1;

/// A new installation on SQLite whose administrator is known, with the base URL of the recorded Magento.
pub(crate) fn standalone() -> Result<Installation> {
    let installation = Installation::sqlite(BINARY)?
        .set("MAGNETITE_ADMIN_USER", ADMIN)
        .set("MAGNETITE_ADMIN_PASSWORD", PASSWORD)
        .set("MAGNETITE_BASE_URL", "http://127.0.0.1:8080/");
    Ok(installation)
}

/// The encryption key of an installation.
pub(crate) fn key(installation: &Installation) -> Result<String> {
    let file = installation.path("magnetite.key");
    if file.exists() {
        return Ok(std::fs::read_to_string(file)?.trim().to_owned());
    }
    magento::crypt_key()?.context("no key")
}

/// A database, looked at and changed behind the server's back.
pub(crate) struct Sql {
    db: Option<Db>,
    runtime: Runtime,
}

impl Sql {
    /// Opens a database.
    pub(crate) fn open(url: &str) -> Result<Self> {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).enable_all().build()?;
        let db = runtime.block_on(Db::open(Options::new(url)))?;
        Ok(Self {
            db: Some(db),
            runtime,
        })
    }

    /// The database, for what its own functions do.
    pub(crate) fn with<T>(&self, work: impl AsyncFnOnce(&Db) -> db::Result<T>) -> Result<T> {
        let db = self.db.as_ref().context("closed")?;
        Ok(self.runtime.block_on(work(db))?)
    }

    /// Adds an admin user with the password [`SECRET`] and no role; its id.
    pub(crate) fn add_user(&self, name: &str) -> Result<i64> {
        let sql = "INSERT INTO {admin_user} (firstname, lastname, email, username, password, is_active) \
                   VALUES ('Test', 'User', ?, ?, ?, 1)";
        self.run(sql, params![format!("{name}@example.com"), name, SECRET_HASH])
    }

    /// Adds an admin user with the password [`SECRET`] and all rights; its id.
    pub(crate) fn add_admin(&self, name: &str) -> Result<i64> {
        let user = self.add_user(name)?;
        self.assign(user, "2", ADMINISTRATORS)?;
        Ok(user)
    }

    /// Adds a role with these rights; its id.
    pub(crate) fn add_role(&self, name: &str, resources: &[&str]) -> Result<i64> {
        let sql = "INSERT INTO {authorization_role} \
                   (parent_id, tree_level, sort_order, role_type, user_id, user_type, role_name) \
                   VALUES (0, 1, 0, 'G', 0, '2', ?)";
        let role = self.run(sql, params![name])?;
        for resource in resources {
            self.allow(role, resource)?;
        }
        Ok(role)
    }

    /// Gives a role a right.
    pub(crate) fn allow(&self, role: i64, resource: &str) -> Result<i64> {
        let sql =
            "INSERT INTO {authorization_rule} (role_id, resource_id, permission) VALUES (?, ?, 'allow')";
        self.run(sql, params![role, resource])
    }

    /// Puts a user into a role; the id of the user's own row of `authorization_role`.
    pub(crate) fn assign(&self, user: i64, user_type: &str, role: i64) -> Result<i64> {
        let sql = "INSERT INTO {authorization_role} \
                   (parent_id, tree_level, sort_order, role_type, user_id, user_type, role_name) \
                   VALUES (?, 2, 0, 'U', ?, ?, 'Test')";
        self.run(sql, params![role, user, user_type])
    }

    /// Sets a configuration value of a scope, as Magento writes it.
    pub(crate) fn configure(&self, scope: &str, id: i64, path: &str, value: Option<&str>) -> Result<()> {
        let place = "scope = ? AND scope_id = ? AND path = ?";
        self.run(
            &format!("DELETE FROM {{core_config_data}} WHERE {place}"),
            params![scope, id, path],
        )?;
        if let Some(value) = value {
            let sql = "INSERT INTO {core_config_data} (scope, scope_id, path, value) VALUES (?, ?, ?, ?)";
            self.run(sql, params![scope, id, path, value])?;
        }
        Ok(())
    }

    /// Runs a statement; the id of the row that it inserts.
    pub(crate) fn run(&self, sql: &str, params: &[Param]) -> Result<i64> {
        let done = self.with(async |db| {
            let mut session = db.session();
            let done = session.execute(sql, params).await?;
            session.commit().await?;
            Ok(done)
        });
        Ok(done.with_context(|| sql.to_owned())?.last_id)
    }

    /// The rows of a query.
    pub(crate) fn all<T: FromRow>(&self, sql: &str, params: &[Param]) -> Result<Vec<T>> {
        self.with(async |db| db.session().fetch_all(sql, params).await)
    }

    /// The one row of a query.
    pub(crate) fn one<T: FromRow>(&self, sql: &str, params: &[Param]) -> Result<T> {
        self.with(async |db| db.session().fetch_one(sql, params).await)
    }
}

impl Drop for Sql {
    fn drop(&mut self) {
        if let Some(db) = self.db.take() {
            let _ = self.runtime.block_on(db.close());
        }
    }
}

/// A time as the tables have it, `offset` seconds from now.
pub(crate) fn time(offset: i64) -> Result<String> {
    let time = jiff::Timestamp::from_second(now()? + offset)?;
    Ok(time.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// Whether a time of a table is `offset` seconds from now, give or take half a minute.
pub(crate) fn is_about(time: &str, offset: i64) -> Result<bool> {
    let time: jiff::civil::DateTime = time.parse()?;
    let second = time.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp().as_second();
    Ok((second - now()? - offset).abs() <= 30)
}

/// Seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "the tests' own clock")]
pub(crate) fn now() -> Result<i64> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    Ok(i64::try_from(since.as_secs())?)
}

/// Now, for measuring.
#[expect(clippy::disallowed_methods, reason = "the tests' own clock")]
pub(crate) fn instant() -> Instant {
    Instant::now()
}

/// Waits until something is so, for a second at most: as long as a change may take to be in force.
pub(crate) fn soon(what: &str, mut so: impl FnMut() -> Result<bool>) -> Result<()> {
    let start = instant();
    loop {
        let asked = start.elapsed();
        if so()? {
            return Ok(());
        }
        if asked > SOON {
            bail!("not within a second: {what}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The schema document of all that is built.
pub(crate) fn openapi(installation: &Installation) -> Result<Value> {
    let outcome = installation.run(&["openapi"])?;
    serde_json::from_str(&outcome.stdout).with_context(|| format!("openapi: {}", outcome.stderr))
}

/// Verb and path template of every route that is built, such as `GET` and `/V1/directory/countries/{countryId}`.
pub(crate) fn routes(installation: &Installation) -> Result<Vec<(String, String)>> {
    let document = openapi(installation)?;
    let paths = document["paths"].as_object().context("no paths")?;
    let verbs = paths.iter().flat_map(|(path, verbs)| {
        let verbs = verbs.as_object().into_iter().flatten();
        verbs.map(move |(verb, _)| (verb.to_uppercase(), path.clone()))
    });
    Ok(verbs.collect())
}
