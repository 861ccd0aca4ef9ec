//! A new installation: first start, restart, settings, logs, metrics and the orderly end.

use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use rstest::rstest;
use serde_json::Value;
use testkit::client::Client;
use testkit::magento::{ADMIN, PASSWORD, empty_database};
use testkit::server::{Installation, Server};

use crate::support::{BINARY, PROTECTED, SIGN_IN_FAILED, Sql, another, serve, soon, standalone};

/// The engine of a new installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Engine {
    Sqlite,
    MariaDb,
}

/// An installation on an empty database; `None` when there is no MariaDB.
fn empty(engine: Engine) -> Result<Option<Installation>> {
    if engine == Engine::Sqlite {
        return Installation::sqlite(BINARY).map(Some);
    }
    let database = empty_database()?;
    database
        .map(|database| Installation::mysql(BINARY, database))
        .transpose()
}

/// The line of the first start that can be run.
fn curl_line(server: &Server) -> Option<String> {
    let stdout = server.stdout();
    stdout
        .lines()
        .find(|line| line.starts_with("curl "))
        .map(ToOwned::to_owned)
}

fn opens(server: &Server, token: &str) -> Result<bool> {
    Ok(server.get(PROTECTED, Some(token))?.status == 200)
}

#[rstest]
fn the_first_start_shows_a_command_that_works(
    #[values(Engine::Sqlite, Engine::MariaDb)] engine: Engine,
) -> Result<()> {
    let Some(installation) = empty(engine)? else {
        return Ok(());
    };
    let server = installation.serve()?;
    // The lines after the first one come at the same time, but one after another.
    soon("the command", || Ok(curl_line(&server).is_some()))?;
    let line = curl_line(&server).context("no command")?;
    let output = Command::new("sh").args(["-c", &line]).output()?;
    let token: Value = serde_json::from_slice(&output.stdout)
        .with_context(|| format!("{line}: {}", String::from_utf8_lossy(&output.stdout)))?;
    let token = token.as_str().context("no token")?.to_owned();
    soon("the administrator's rights", || opens(&server, &token))
}

#[rstest]
fn a_restart_keeps_data_and_key(#[values(Engine::Sqlite, Engine::MariaDb)] engine: Engine) -> Result<()> {
    let Some(installation) = empty(engine)? else {
        return Ok(());
    };
    let installation = installation
        .set("MAGNETITE_ADMIN_USER", "owner")
        .set("MAGNETITE_ADMIN_PASSWORD", PASSWORD);
    let server = installation.serve()?;
    soon("the last line", || {
        Ok(server
            .stdout()
            .contains("Administrator: owner, with the password that was given"))
    })?;
    let told = server.stdout() + &server.stderr();
    assert!(!told.contains(PASSWORD), "a given password is repeated: {told}");
    let token = server.admin_token("owner", PASSWORD)?;
    soon("the administrator's rights", || opens(&server, &token))?;
    let outcome = installation.run(&["config:set", "general/store_information/name", "Kept"])?;
    assert!(outcome.status.success(), "{outcome:?}");
    server.stop()?;

    let file = installation.path("magnetite.key");
    assert_eq!(fs::metadata(&file)?.permissions().mode() & 0o777, 0o600);
    let key = fs::read_to_string(&file)?;
    assert!(
        key.starts_with("base64") && key.trim().len() == 50,
        "{} bytes of key",
        key.len()
    );

    // The variables of the first start mean nothing later on.
    let installation = installation
        .set("MAGNETITE_ADMIN_USER", "other")
        .set("MAGNETITE_ADMIN_PASSWORD", "Other123pass");
    let server = installation.serve()?;
    assert!(opens(&server, &token)?, "the token of before");
    server.admin_token("owner", PASSWORD)?;
    assert_eq!(server.sign_in("other", "Other123pass")?.parts(), SIGN_IN_FAILED);
    assert_eq!(fs::read_to_string(&file)?, key);
    sleep(Duration::from_millis(200));
    let told = server.stdout();
    assert!(
        !told.to_lowercase().contains("password") && !told.contains("curl"),
        "{told}"
    );
    let outcome = installation.run(&["config:show", "general/store_information/name"])?;
    assert_eq!(outcome.stdout, "Kept\n", "{outcome:?}");
    server.stop()
}

#[test]
fn a_lost_key_is_told_clearly() -> Result<()> {
    let installation = standalone()?;
    serve(&installation)?.stop()?;
    let file = installation.path("magnetite.key");
    let key = fs::read_to_string(&file)?;
    fs::remove_file(&file)?;
    let outcome = installation.run(&["serve"])?;
    assert!(!outcome.status.success());
    assert!(
        outcome.stderr.contains("MAGNETITE_CRYPT_KEY"),
        "{}",
        outcome.stderr
    );
    assert!(outcome.stderr.contains("magnetite.key"), "{}", outcome.stderr);
    assert!(
        !file.exists(),
        "a new key would make all that is encrypted unreadable"
    );
    let installation = installation.set("MAGNETITE_CRYPT_KEY", key.trim());
    installation.serve()?.admin_token(ADMIN, PASSWORD)?;
    Ok(())
}

#[test]
fn a_password_that_breaks_the_rules_can_be_mended() -> Result<()> {
    let installation = standalone()?.set("MAGNETITE_ADMIN_PASSWORD", "short");
    let outcome = installation.run(&["serve"])?;
    assert!(!outcome.status.success());
    let told = "Your password must be at least 7 characters.";
    assert!(outcome.stderr.contains(told), "{}", outcome.stderr);
    let installation = installation.set("MAGNETITE_ADMIN_PASSWORD", PASSWORD);
    installation.serve()?.admin_token(ADMIN, PASSWORD)?;
    Ok(())
}

#[test]
fn other_computers_are_served_behind_a_proxy_only() -> Result<()> {
    let installation = standalone()?;
    let outcome = installation.run(&["serve", "--bind", "0.0.0.0:0"])?;
    assert!(!outcome.status.success());
    assert!(outcome.stderr.contains("--behind-proxy"), "{}", outcome.stderr);
    assert!(
        !installation.path("magnetite.db").exists(),
        "nothing is installed by a refused start"
    );
    let server = installation.serve_with(&["--bind", "0.0.0.0:0", "--behind-proxy"])?;
    assert!(server.address().ip().is_unspecified());
    server.admin_token(ADMIN, PASSWORD)?;
    server.stop()
}

#[test]
fn a_taken_port_is_told_before_anything_is_done() -> Result<()> {
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let address = taken.local_addr()?.to_string();
    let installation = standalone()?.set("MAGNETITE_BIND", &address);
    let outcome = installation.run(&["serve"])?;
    assert!(!outcome.status.success());
    assert!(outcome.stderr.contains(&address), "{}", outcome.stderr);
    assert!(!installation.path("magnetite.db").exists());
    Ok(())
}

#[rstest]
#[case("bnid = \"127.0.0.1:0\"\n", "bnid")]
#[case("body_limit = \"many\"\n", "body_limit")]
#[case(
    "log_format = \"hunter2secret\"\n",
    "log_format in magnetite.toml must be text or json"
)]
#[case("bind = \n", "magnetite.toml is not valid TOML: line 1, column 8")]
#[case("crypt_key = \"hunter2secret\n", "magnetite.toml is not valid TOML: line 1")]
#[case(
    "table_prefix = \"\"\ncrypt_key = hunter2secret\n",
    "magnetite.toml is not valid TOML: line 2"
)]
#[case(
    "api_lockout = \"hunter2secret\"\n",
    "api_lockout in magnetite.toml must be true or false"
)]
fn a_mistake_in_the_file_is_named(#[case] text: &str, #[case] named: &str) -> Result<()> {
    let installation = standalone()?;
    fs::write(installation.path("magnetite.toml"), text)?;
    let outcome = installation.run(&["serve"])?;
    assert!(!outcome.status.success());
    assert!(outcome.stderr.contains(named), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("hunter2secret"), "{}", outcome.stderr);
    Ok(())
}

#[test]
fn variables_of_others_need_not_be_text() -> Result<()> {
    let installation = standalone()?;
    let strange = OsStr::from_bytes(b"\xff\xfe");
    let mut command = installation.command(&["setup:install"]);
    let output = command.env("STRANGE", strange).output()?;
    assert!(output.status.success(), "{output:?}");
    for name in ["MAGNETITE_CRYPT_KEY", "MAGNETITE_ADMIN_PASSWORD"] {
        let output = installation.command(&["serve"]).env(name, strange).output()?;
        let stderr = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(1), "{stderr}");
        assert_eq!(stderr, format!("settings: {name} is not valid UTF-8\n"));
    }
    Ok(())
}

#[rstest]
fn two_first_starts_make_one_installation(
    #[values(Engine::Sqlite, Engine::MariaDb)] engine: Engine,
) -> Result<()> {
    for _ in 0..3 {
        let Some(installation) = empty(engine)? else {
            return Ok(());
        };
        let start = || another(&installation, &[]);
        let servers = std::thread::scope(|scope| -> Result<Vec<Server>> {
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(start)).collect();
            let joined = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
            joined
                .map(|server| server.map_err(|_| anyhow!("a thread panicked"))?)
                .collect()
        })?;
        let shown = || {
            let told = servers.iter().map(Server::stdout);
            told.filter(|told| told.contains("password: ")).count()
        };
        soon("the administrator's password", || Ok(shown() > 0))?;
        sleep(Duration::from_millis(100));
        assert_eq!(shown(), 1, "only one has an administrator to announce");
        let sql = Sql::open(&installation.database_url())?;
        assert_eq!(sql.one::<i64>("SELECT COUNT(*) FROM {admin_user}", &[])?, 1);
        assert_eq!(sql.one::<i64>("SELECT COUNT(*) FROM {store}", &[])?, 2);
        for server in &servers {
            assert_eq!(server.get("/rest/V1/store/websites", None)?.status, 401);
        }
    }
    Ok(())
}

#[test]
fn a_flag_beats_a_variable_beats_the_file() -> Result<()> {
    let installation = standalone()?;
    let made = |file: &str| installation.path(file).exists();
    fs::write(
        installation.path("magnetite.toml"),
        "database_url = \"sqlite:file.db\"\n",
    )?;
    let outcome = installation.run(&["setup:install"])?;
    assert!(
        outcome.status.success() && made("file.db") && !made("magnetite.db"),
        "{outcome:?}"
    );
    let mut command = installation.command(&["setup:install"]);
    assert!(
        command
            .env("MAGNETITE_DATABASE_URL", "sqlite:variable.db")
            .output()?
            .status
            .success()
    );
    assert!(made("variable.db"));
    let mut command = installation.command(&["setup:install", "--database-url", "sqlite:flag.db"]);
    assert!(
        command
            .env("MAGNETITE_DATABASE_URL", "sqlite:nobody.db")
            .output()?
            .status
            .success()
    );
    assert!(made("flag.db") && !made("nobody.db"));
    Ok(())
}

#[test]
fn a_log_in_json_is_json() -> Result<()> {
    let installation = standalone()?
        .set("MAGNETITE_LOG_FORMAT", "json")
        .set("MAGNETITE_LOG_LEVEL", "debug");
    let mut server = installation.serve()?;
    server.sign_in("nobody", "wrong")?;
    server.terminate()?;
    assert!(server.wait(Duration::from_secs(30))?.success());
    let log = server.stderr();
    assert!(log.lines().count() >= 2, "{log}");
    for line in log.lines() {
        let entry: Value = serde_json::from_str(line).with_context(|| line.to_owned())?;
        for member in ["timestamp", "level", "message", "target"] {
            assert!(entry[member].is_string(), "{member}: {line}");
        }
    }
    Ok(())
}

#[test]
fn metrics_have_an_address_of_their_own() -> Result<()> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let installation = standalone()?.set("MAGNETITE_METRICS_BIND", &address.to_string());
    let server = installation.serve()?;
    server.sign_in(ADMIN, PASSWORD)?;
    server.get(PROTECTED, None)?;
    let reply = Client::new(address).send("GET", "/metrics", &[], None)?;
    assert_eq!(reply.status, 200);
    for line in [
        r#"magnetite_responses_total{status="2xx"}"#,
        r#"magnetite_responses_total{status="401"}"#,
    ] {
        assert!(reply.body.contains(line), "{line} is not in {}", reply.body);
    }
    soon("the age of what is in memory", || {
        let reply = Client::new(address).send("GET", "/metrics", &[], None)?;
        let ages = reply.body.lines();
        let ages = ages.filter(|line| line.starts_with("magnetite_snapshot_age_seconds{part="));
        Ok(ages
            .filter(|line| line.ends_with(" 0") || line.ends_with(" 1"))
            .count()
            == 3)
    })?;
    assert_eq!(server.get("/metrics", None)?.status, 404, "not among the API");
    Ok(())
}

#[rstest]
fn a_signal_lets_requests_end(#[values(Engine::Sqlite, Engine::MariaDb)] engine: Engine) -> Result<()> {
    let Some(installation) = empty(engine)? else {
        return Ok(());
    };
    let installation = installation
        .set("MAGNETITE_ADMIN_USER", ADMIN)
        .set("MAGNETITE_ADMIN_PASSWORD", PASSWORD);
    let mut server = installation.serve()?;
    let address = server.address();
    // Several at a time, so that the last ones are still waiting for their turn.
    let replies = std::thread::scope(|scope| -> Result<Vec<u16>> {
        let ask = || server.sign_in(ADMIN, PASSWORD).map(|reply| reply.status);
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(ask)).collect();
        sleep(Duration::from_millis(60));
        server.terminate()?;
        let joined = threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| anyhow!("a thread panicked"))?);
        joined.collect()
    });
    assert_eq!(replies?, [200; 6]);
    assert!(
        server.wait(Duration::from_secs(30))?.success(),
        "{}",
        server.stderr()
    );
    assert!(
        Client::new(address).send("GET", "/healthz", &[], None).is_err(),
        "nobody listens any more"
    );
    let sql = Sql::open(&installation.database_url())?;
    let number = "SELECT lognum FROM {admin_user} WHERE username = 'admin'";
    assert_eq!(sql.one::<i64>(number, &[])?, 6, "what was answered is saved");
    Ok(())
}

#[test]
fn a_signal_right_after_the_start_is_heard() -> Result<()> {
    let installation = standalone()?;
    for _ in 0..10 {
        installation.serve()?.stop()?;
    }
    Ok(())
}

#[rstest]
#[case::another_shop(&[
    "CREATE TABLE admin_user (id INT PRIMARY KEY)",
    "CREATE TABLE store (store_id INT PRIMARY KEY, code VARCHAR(32), website_id INT, group_id INT, name VARCHAR(9), \
     sort_order INT, is_active INT)",
    "INSERT INTO store VALUES (0, 'admin', 0, 0, 'a', 0, 1), (1, 'default', 1, 1, 'b', 0, 1)",
])]
#[case::a_store_of_another_kind(&[
    "CREATE TABLE store (id INT PRIMARY KEY, town VARCHAR(32))",
    "INSERT INTO store VALUES (1, 'Oslo')",
])]
#[case::users_of_another_kind(&["CREATE TABLE admin_user (id INT PRIMARY KEY, login VARCHAR(9))"])]
#[case::no_table_of_ours(&["CREATE TABLE wp_posts (id INT PRIMARY KEY)"])]
fn a_database_of_something_else_is_left_alone(#[case] statements: &[&str]) -> Result<()> {
    let Some(database) = empty_database()? else {
        return Ok(());
    };
    let sql = Sql::open(&database.url)?;
    for statement in statements {
        sql.run(statement, &[])?;
    }
    let before: Vec<String> = sql.all("SHOW TABLES", &[])?;
    let installation = Installation::mysql(BINARY, database)?;
    let outcome = installation.run(&["setup:install"])?;
    assert!(!outcome.status.success(), "{outcome:?}");
    assert!(
        outcome.stderr.contains("not the database of a Magento"),
        "{}",
        outcome.stderr
    );
    assert_eq!(sql.all::<String>("SHOW TABLES", &[])?, before);
    Ok(())
}

#[test]
fn an_unreachable_database_is_told_without_its_password() -> Result<()> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let url = format!("mysql://user:hunter2secret@127.0.0.1:{port}/shop");
    let outcome = standalone()?
        .set("MAGNETITE_DATABASE_URL", &url)
        .run(&["serve"])?;
    assert!(!outcome.status.success());
    assert!(outcome.stderr.contains("database"), "{}", outcome.stderr);
    let told = outcome.stdout + &outcome.stderr;
    assert!(!told.contains("hunter2secret"), "{told}");
    Ok(())
}

#[test]
fn an_env_php_of_magento_is_enough() -> Result<()> {
    let Some(installation) = testkit::magento::Dump::Fresh.attach(BINARY)? else {
        return Ok(());
    };
    fs::write(
        installation.path("app/etc/config.php"),
        "<?php\nreturn ['modules' => ['Magento_Store' => 1, 'Vendor_Shipping' => 1, 'Magento_Gone' => 0]];\n",
    )?;
    let server = installation.serve()?;
    let token = server.admin_token(ADMIN, PASSWORD)?;
    let modules = server.get("/rest/V1/modules", Some(&token))?;
    assert_eq!(modules.parts(), (200, r#"["Magento_Store","Vendor_Shipping"]"#));
    assert!(
        !installation.path("magnetite.key").exists(),
        "an attached installation needs no key of its own"
    );
    Ok(())
}

#[test]
fn a_closed_output_does_not_end_the_server() -> Result<()> {
    let installation = standalone()?;
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut child = installation
        .command(&["serve", "--bind", &address.to_string()])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()?;
    drop(child.stdout.take());
    let answered = soon("an answer", || {
        Ok(Client::new(address)
            .send("GET", "/readyz", &[], None)
            .is_ok_and(|reply| reply.status == 200))
    });
    sleep(Duration::from_secs(1));
    let running = child.try_wait()?.is_none();
    child.kill()?;
    child.wait()?;
    answered?;
    assert!(running);
    Ok(())
}
